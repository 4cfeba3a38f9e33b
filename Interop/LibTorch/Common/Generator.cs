using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with its own state, for operators that take one.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A generator.</summary>
        /// <param name="seed">Where it starts.</param>
        /// <param name="device">The device that it serves; the CPU when not given.</param>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch refused.</exception>
        public Generator(ulong seed = 0, Device? device = null)
            : this(Create(seed, device ?? CPU), device ?? CPU)
        {
        }

        private Generator(nint handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        /// <summary>Frees the native generator, as a last safety net.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The generator that CPU operators use when none is given.</summary>
        public static Generator Default { get; } = new(Native.rlt_default_generator(), CPU);

        /// <summary>The device that it serves.</summary>
        public Device device { get; }

        internal nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(_handle == 0, this);
                return _handle;
            }
        }

        /// <summary>Starts again from a seed.</summary>
        /// <param name="seed">The seed.</param>
        public Generator manual_seed(long seed)
        {
            TorchException.Check(Native.rlt_generator_set_seed(Handle, unchecked((ulong)seed)), nameof(manual_seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>The seed that it started from.</summary>
        public unsafe long initial_seed()
        {
            ulong seed;
            TorchException.Check(Native.rlt_generator_seed(Handle, &seed), nameof(initial_seed));
            GC.KeepAlive(this);
            return unchecked((long)seed);
        }

        /// <summary>The whole state, as a tensor of bytes.</summary>
        public Tensor get_state()
        {
            nint state = Native.rlt_generator_state(Handle);
            GC.KeepAlive(this);
            return state != 0 ? new Tensor(state) : throw TorchException.Last(nameof(get_state));
        }

        /// <summary>Continues from a state that <see cref="get_state"/> returned.</summary>
        /// <param name="value">The state.</param>
        public void set_state(Tensor value)
        {
            TorchException.Check(Native.rlt_generator_set_state(Handle, value.Handle), nameof(set_state));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        /// <summary>Frees the native generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Frees the native generator.</summary>
        /// <param name="disposing">False from the finaliser.</param>
        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
                Native.rlt_free_generator(handle);
        }

        private static nint Create(ulong seed, Device device)
        {
            nint handle = Native.rlt_new_generator(seed, device.type == DeviceType.CPU ? -1 : Math.Max(device.index, 0));
            return handle != 0 ? handle : throw TorchException.Last("Generator");
        }
    }
}
