using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>This tensor with elements of another type; itself anew where nothing changes.</summary>
        /// <param name="type">The new type.</param>
        /// <param name="copy">Whether to copy even where nothing changes.</param>
        /// <param name="disposeAfter">Whether to dispose this tensor.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor result = Aten.ToDtype.Call(this, type, non_blocking, copy);
            return Finish(result, disposeAfter);
        }

        /// <summary>This tensor with elements of another type.</summary>
        /// <param name="type">The new type.</param>
        /// <param name="copy">Whether to copy even where nothing changes.</param>
        /// <param name="disposeAfter">Whether to dispose this tensor.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>This tensor on another device.</summary>
        /// <param name="device">The device.</param>
        /// <param name="copy">Whether to copy even where nothing changes.</param>
        /// <param name="disposeAfter">Whether to dispose this tensor.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        /// <summary>This tensor on another device.</summary>
        /// <param name="deviceType">The kind of device.</param>
        /// <param name="deviceIndex">Its number; −1 is the current one.</param>
        /// <param name="copy">Whether to copy even where nothing changes.</param>
        /// <param name="disposeAfter">Whether to dispose this tensor.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>This tensor on another device.</summary>
        /// <param name="device">The device as "cpu", "cuda" or "cuda:1".</param>
        /// <param name="copy">Whether to copy even where nothing changes.</param>
        /// <param name="disposeAfter">Whether to dispose this tensor.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>This tensor on another device with elements of another type.</summary>
        /// <param name="type">The new type.</param>
        /// <param name="device">The device.</param>
        /// <param name="copy">Whether to copy even where nothing changes.</param>
        /// <param name="disposeAfter">Whether to dispose this tensor.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor result = Aten.ToDevice.Call(this, device, type, non_blocking, copy);
            return Finish(result, disposeAfter);
        }

        /// <summary>This tensor with the type and on the device of another.</summary>
        /// <param name="other">The other tensor.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <summary>This tensor with elements of another type.</summary>
        /// <param name="dtype">The new type.</param>
        public Tensor type(ScalarType dtype) => to_type(dtype);

        /// <summary>This tensor with elements of the type of another's.</summary>
        /// <param name="tensor">The other tensor.</param>
        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        /// <summary>This tensor in the processor's memory.</summary>
        public Tensor cpu() => to(torch.CPU);

        /// <summary>This tensor on a CUDA device.</summary>
        /// <param name="device">The device; the current one when not given.</param>
        /// <param name="non_blocking">Whether the copy may still be under way on return.</param>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? torch.CUDA, non_blocking: non_blocking);

        /// <summary>As bools.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        /// <summary>As unsigned 8-bit integers.</summary>
        public Tensor @byte() => to_type(ScalarType.Byte);

        /// <summary>As 32-bit integers.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>As 64-bit integers.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>In half precision.</summary>
        public Tensor half() => to_type(ScalarType.Float16);

        /// <summary>In the upper half of single precision.</summary>
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        /// <summary>In single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>In double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>A copy that takes part in gradients.</summary>
        public Tensor clone() => Aten.Clone.Call(this);

        /// <summary>This tensor laid out in the order of its indices, copied where it is not.</summary>
        public Tensor contiguous() => Aten.Contiguous.Call(this);

        /// <summary>Copies another tensor's elements into this one, across types and devices, broadcast to this shape.</summary>
        /// <param name="source">The other tensor.</param>
        /// <param name="nonBlocking">Whether the copy may still be under way on return.</param>
        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Aten.Copy_.Run(this, source, nonBlocking);
            return this;
        }

        /// <summary>Sets all elements.</summary>
        /// <param name="value">To what.</param>
        public Tensor fill_(Scalar value)
        {
            Aten.FillScalar_.Run(this, value);
            return this;
        }

        /// <summary>Sets all elements to 0.</summary>
        public Tensor zero_()
        {
            Aten.Zero_.Run(this);
            return this;
        }

        /// <summary>A copy in page-locked memory, from which a GPU copies without waiting.</summary>
        public Tensor pin_memory() => Aten.PinMemory.Call(this);

        private Tensor Finish(Tensor result, bool disposeThis)
        {
            if (disposeThis)
                Dispose();
            return result;
        }
    }
}
