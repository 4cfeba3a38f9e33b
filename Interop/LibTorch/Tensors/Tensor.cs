using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A multi-dimensional array of libtorch. Methods whose names end in an underscore change the tensor itself and return
    /// it; the others return a new tensor, which may share memory with this one where PyTorch's does (views).
    /// </summary>
    /// <remarks>
    /// Whoever makes a tensor disposes it, or opens a <see cref="DisposeScope"/> that does. The finaliser is only the last
    /// safety net: the collector does not see how much native memory a tensor holds.
    /// </remarks>
    public partial class Tensor : IDisposable
    {
        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            DisposeScopeManager.ThreadSingleton.Register(this);
        }

        private protected Tensor((nint Handle, DisposeScope? Owner) released)
        {
            _handle = released.Handle;
            released.Owner?.Add(this);
        }

        /// <summary>Frees the native tensor of a wrapper that was never disposed.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>How many native tensors are held by this process.</summary>
        public static long TotalCount => Native.rlt_live_tensors();

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed, or became a parameter.</exception>
        public nint Handle
        {
            get
            {
                nint handle = _handle;
                if (handle == 0)
                    ThrowDisposed();
                return handle;
            }
        }

        /// <summary>Whether the tensor was disposed, or became a parameter.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>A name of your own.</summary>
        public string? name { get; set; }

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal int ScopeSlot { get; set; }

        /// <summary>Frees this reference to the native tensor. Doing it twice is harmless.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Moves the tensor to the scope around the one that owns it, or out of all scopes.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of all scopes: from here on, whoever holds it must dispose it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            DisposeScope.Move(this, null);
            return this;
        }

        /// <summary>Moves the tensor to the scope that owns another tensor.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Moves the tensor to a scope.</summary>
        /// <param name="other">The scope; null for none.</param>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            DisposeScope.Move(this, other);
            return this;
        }

        /// <summary>Another wrapper of the same native tensor, with its own lifetime.</summary>
        public Tensor alias()
        {
            nint shared = Native.rlt_share(Handle);
            GC.KeepAlive(this);
            return new Tensor(shared);
        }

        /// <summary>Frees this reference to the native tensor.</summary>
        /// <param name="disposing">False from the finaliser.</param>
        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
                return;
            if (disposing)
            {
                DisposeScope? scope = OwningDisposeScope;
                scope?.Forget(this);
                DisposeScopeManager.ThreadSingleton.Disposing(scope is not null);
            }

            Native.rlt_free(handle);
        }

        /// <summary>Gives the native tensor away; this wrapper becomes invalid and leaves its scope, which is returned.</summary>
        internal (nint Handle, DisposeScope? Owner) Release()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
                ThrowDisposed();
            DisposeScope? owner = OwningDisposeScope;
            owner?.Forget(this);
            GC.SuppressFinalize(this);
            return (handle, owner);
        }

        /// <summary>Takes over another wrapper's native tensor in place of its own, which is freed.</summary>
        internal void Replace(Tensor replacement)
        {
            (nint handle, _) = replacement.Release();
            nint old = Interlocked.Exchange(ref _handle, handle);
            if (old != 0)
                Native.rlt_free(old);
        }

        private static void ThrowDisposed() =>
            throw new ObjectDisposedException(nameof(Tensor), "The tensor was disposed, by hand or by its dispose scope, or was turned into a parameter.");
    }
}
