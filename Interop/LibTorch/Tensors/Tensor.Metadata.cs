using System.Text;
using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The number of dimensions.</summary>
        public long Dimensions
        {
            get
            {
                int dimensions = Native.rlt_dim(Handle);
                GC.KeepAlive(this);
                return dimensions;
            }
        }

        /// <summary>The number of dimensions.</summary>
        public long ndim => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements
        {
            get
            {
                long count = Native.rlt_numel(Handle);
                GC.KeepAlive(this);
                return count;
            }
        }

        /// <summary>The bytes of one element.</summary>
        public long ElementSize
        {
            get
            {
                long size = Native.rlt_element_size(Handle);
                GC.KeepAlive(this);
                return size;
            }
        }

        /// <summary>The length of every dimension.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Native.rlt_dim(Handle)];
                fixed (long* pointer = sizes)
                    _ = Native.rlt_sizes(Handle, pointer, sizes.Length);
                GC.KeepAlive(this);
                return sizes;
            }
        }

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype
        {
            get
            {
                int type = Native.rlt_dtype(Handle);
                GC.KeepAlive(this);
                return (ScalarType)type;
            }
        }

        /// <summary>Where the elements live.</summary>
        public Device device
        {
            get
            {
                long packed = Native.rlt_device(Handle);
                GC.KeepAlive(this);
                return Device.FromPacked(packed);
            }
        }

        /// <summary>The kind of device on which the elements live.</summary>
        public DeviceType device_type
        {
            get
            {
                long packed = Native.rlt_device(Handle);
                GC.KeepAlive(this);
                return (DeviceType)(packed >> 32);
            }
        }

        /// <summary>The number of the device on which the elements live; −1 for the CPU.</summary>
        public int device_index
        {
            get
            {
                long packed = Native.rlt_device(Handle);
                GC.KeepAlive(this);
                return (int)packed;
            }
        }

        /// <summary>Whether the elements live on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>The number of dimensions.</summary>
        public long dim() => Dimensions;

        /// <summary>The number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>The bytes of one element.</summary>
        public long element_size() => ElementSize;

        /// <summary>The length of every dimension.</summary>
        public long[] size() => shape;

        /// <summary>The length of one dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public unsafe long size(int dim)
        {
            const int Few = 8;
            long* few = stackalloc long[Few];
            int dimensions = Native.rlt_sizes(Handle, few, Few);
            GC.KeepAlive(this);
            int index = dim < 0 ? dim + dimensions : dim;
            if ((uint)index >= (uint)dimensions)
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor {ToString()} has {dimensions} dimensions.");
            return index < Few ? few[index] : shape[index];
        }

        /// <summary>How many elements lie between neighbours along every dimension.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Native.rlt_dim(Handle)];
            fixed (long* pointer = strides)
                TorchException.Check(Native.rlt_strides(Handle, pointer, strides.Length), nameof(stride));
            GC.KeepAlive(this);
            return strides;
        }

        /// <summary>How many elements lie between neighbours along one dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        public long stride(int dim)
        {
            long[] strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        /// <summary>Whether the elements lie in memory in the order of their indices, without gaps.</summary>
        public bool is_contiguous()
        {
            bool contiguous = Native.rlt_is_contiguous(Handle) != 0;
            GC.KeepAlive(this);
            return contiguous;
        }

        /// <summary>Whether the elements live in the processor's memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the elements are integers or bools.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are real floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether a tensor of one element is not zero.</summary>
        public bool is_nonzero() => Aten.IsNonzero.CallBool(this);

        /// <summary>The type, shape and device, as in "Float32[2, 3] on cuda:0".</summary>
        public override string ToString()
        {
            if (IsInvalid)
                return "a disposed tensor";
            var text = new StringBuilder();
            text.Append(dtype).Append('[').AppendJoin(", ", shape).Append(']');
            if (device_type != DeviceType.CPU)
                text.Append(" on ").Append(device);
            return text.ToString();
        }
    }
}
