using TorchSharp.Modules;

namespace TorchSharp;

/// <summary>Conversions from tensors to numbers, and from arrays to tensors.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The tensor as a parameter, which takes over its memory.</summary>
    /// <param name="tensor">The tensor, which becomes invalid.</param>
    public static Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    /// <summary>The bytes of one element.</summary>
    /// <param name="type">The type of the elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is unknown.</exception>
    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool or torch.ScalarType.QInt8 or torch.ScalarType.QUInt8 => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 or torch.ScalarType.QInt32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };

    /// <summary>The only element, in single precision.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The only element, in double precision.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The only element, as an integer.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static byte ToByte(this torch.Tensor value) => value.ToScalar().ToByte();

    /// <summary>The only element, as an integer.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static sbyte ToSByte(this torch.Tensor value) => value.ToScalar().ToSByte();

    /// <summary>The only element, as an integer.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static short ToInt16(this torch.Tensor value) => value.ToScalar().ToInt16();

    /// <summary>The only element, as an integer.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The only element, as an integer.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    /// <summary>The only element, as a bool.</summary>
    /// <param name="value">A tensor of one element.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not one element.</exception>
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>A tensor with the elements of an array.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="rawArray">The elements in order.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="doCopy">Has no effect: the elements are always copied.</param>
    /// <param name="requires_grad">Whether operators on the tensor are recorded.</param>
    /// <exception cref="ArgumentException">No tensor has elements of this type, or the shape does not fit.</exception>
    public static torch.Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
        where T : unmanaged => torch.FromSpan<T>(rawArray, dimensions, null, null, requires_grad);
}
