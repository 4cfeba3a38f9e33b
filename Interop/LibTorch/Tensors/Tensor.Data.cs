using RLSeq.LibTorch;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// The memory of a contiguous tensor on the CPU, valid while the tensor lives. Setting copies the bytes in, wherever
        /// the tensor lives.
        /// </summary>
        /// <exception cref="InvalidOperationException">Read from a tensor that is not contiguous, or not on the CPU.</exception>
        /// <exception cref="ArgumentException">Set from another number of bytes.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_cpu())
                    throw new InvalidOperationException($"The bytes of {this} are not in the processor's memory; call cpu() first.");
                if (!is_contiguous())
                    throw new InvalidOperationException($"The bytes of {this} are not in one piece; call contiguous() first.");
                int length = checked((int)(NumberOfElements * ElementSize));
                return new Span<byte>(Data(), length);
            }

            set
            {
                long expected = NumberOfElements * ElementSize;
                if (value.Length != expected)
                    throw new ArgumentException($"{this} has {expected} bytes; {value.Length} were given.", nameof(value));
                if (is_cpu() && is_contiguous())
                {
                    value.CopyTo(new Span<byte>(Data(), value.Length));
                    return;
                }

                using Tensor staging = torch.empty(shape, dtype);
                value.CopyTo(staging.bytes);
                using IDisposable frozen = no_grad();
                copy_(staging);
            }
        }

        /// <summary>A view of the elements in the processor's memory. A tensor elsewhere is copied first.</summary>
        /// <typeparam name="T">The elements' type, which must match <see cref="dtype"/>.</typeparam>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> does not match.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ElementTypes.Require<T>(dtype);
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element.</summary>
        /// <typeparam name="T">The element's type, which must match <see cref="dtype"/>.</typeparam>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> does not match, or there is not one element.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"item needs a tensor of one element; this one is {this}.");
            ElementTypes.Require<T>(dtype);
            if (is_cpu())
                return ReadFirst<T>();
            using Tensor here = detach().cpu();
            return here.ReadFirst<T>();
        }

        /// <summary>The only element, as a scalar.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
        public unsafe Scalar ToScalar()
        {
            Value value;
            if (Native.rlt_item(Handle, &value) < 0)
                throw TorchException.Last($"item(self: {this})");
            GC.KeepAlive(this);
            return Scalar.FromValue(value);
        }

        internal unsafe void* Data()
        {
            nint pointer = Native.rlt_data(Handle);
            if (pointer == 0 && NumberOfElements > 0)
                throw TorchException.Last($"data_ptr(self: {this})");
            GC.KeepAlive(this);
            return (void*)pointer;
        }

        private unsafe T ReadFirst<T>()
            where T : unmanaged
        {
            T value = *(T*)Data();
            GC.KeepAlive(this);
            return value;
        }
    }
}
