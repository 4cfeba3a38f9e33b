using RLSeq.LibTorch;

namespace TorchSharp;

/// <summary>One number or bool, as operators take it. Numbers and bools convert to it implicitly.</summary>
public sealed class Scalar : IDisposable
{
    private readonly ValueTag _tag;
    private readonly long _bits;

    private Scalar(double value)
    {
        _tag = ValueTag.Double;
        _bits = BitConverter.DoubleToInt64Bits(value);
    }

    private Scalar(ValueTag tag, long value)
    {
        _tag = tag;
        _bits = value;
    }

    /// <summary>Float64, Int64 or Bool: what the number is on its way to libtorch.</summary>
    public torch.ScalarType Type => _tag switch
    {
        ValueTag.Double => torch.ScalarType.Float64,
        ValueTag.Bool => torch.ScalarType.Bool,
        _ => torch.ScalarType.Int64,
    };

    internal double Double => _tag == ValueTag.Double ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    internal long Int64 => _tag == ValueTag.Double ? (long)BitConverter.Int64BitsToDouble(_bits) : _bits;

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(byte value) => new(ValueTag.Int, value);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(sbyte value) => new(ValueTag.Int, value);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(short value) => new(ValueTag.Int, value);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(int value) => new(ValueTag.Int, value);

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(long value) => new(ValueTag.Int, value);

    /// <summary>A real number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(Half value) => new((double)value);

    /// <summary>A real number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(float value) => new(value);

    /// <summary>A real number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(double value) => new(value);

    /// <summary>True or false.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Scalar(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    /// <summary>Does nothing: a scalar holds no native resources here. It is there because TorchSharp's has it.</summary>
    public void Dispose()
    {
    }

    internal Argument ToArgument() => _tag switch
    {
        ValueTag.Double => BitConverter.Int64BitsToDouble(_bits),
        ValueTag.Bool => _bits != 0,
        _ => _bits,
    };

    internal static Scalar FromValue(Value value) =>
        value.Tag == ValueTag.Double ? new Scalar(value.Real) : new Scalar(value.Tag, value.Integer);
}
