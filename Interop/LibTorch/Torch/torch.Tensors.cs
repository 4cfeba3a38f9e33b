namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) => FromSpan<float>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<float>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<float>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<float>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<float>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="dtype">The type of the element; as given when null.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<double>([scalar], [], dtype, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<double>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<double>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<double>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<double>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<double>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="dtype">The type of the element; as given when null.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<long>([scalar], [], dtype, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<long>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(long[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<long>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<long>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<long>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<long>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) => FromSpan<int>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<int>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<int>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<int>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<int>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(short scalar, Device? device = null, bool requires_grad = false) => FromSpan<short>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<short>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(short[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<short>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<short>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(short[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<short>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(short[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<short>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) => FromSpan<byte>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<byte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<byte>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<byte>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(byte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<byte>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(sbyte scalar, Device? device = null, bool requires_grad = false) => FromSpan<sbyte>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(sbyte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<sbyte>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(sbyte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<sbyte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<sbyte>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(sbyte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<sbyte>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(sbyte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<sbyte>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="dtype">The type of the element; as given when null.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<bool>([scalar], [], dtype, device, requires_grad);

    /// <summary>A vector with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor with the elements of an array in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<bool>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A tensor with the elements of a list in order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<bool>([.. rawArray], dimensions, dtype, device, requires_grad);

    /// <summary>A matrix with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<bool>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor of three dimensions with the elements of an array.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dtype">The type of the elements; as in the array when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromArray<bool>(rawArray, dtype, device, requires_grad);
}
