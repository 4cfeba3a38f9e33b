using TorchSharp;

namespace RLSeq.LibTorch;

/// <summary>One argument of an <see cref="Operator"/>. Everything that an operator takes converts to it implicitly.</summary>
public readonly struct Argument
{
    internal readonly object? Owner;
    internal readonly long Bits;
    internal readonly ValueTag Tag;

    private Argument(ValueTag tag, long bits = 0, object? owner = null)
    {
        Tag = tag;
        Bits = bits;
        Owner = owner;
    }

    /// <summary>No value: the schema's <c>None</c>.</summary>
    public static Argument None => default;

    /// <summary>The value that the operator's schema gives as the default.</summary>
    public static Argument Default => new(ValueTag.Default);

    /// <summary>A tensor, or None.</summary>
    /// <param name="value">The tensor.</param>
    public static implicit operator Argument(torch.Tensor? value) => value is null ? default : new(ValueTag.Tensor, 0, value);

    /// <summary>A number or a bool, or None.</summary>
    /// <param name="value">The scalar.</param>
    public static implicit operator Argument(Scalar? value) => value is null ? default : value.ToArgument();

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Argument(int value) => new(ValueTag.Int, value);

    /// <summary>An integer, or a list of one where the operator takes a list.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Argument(long value) => new(ValueTag.Int, value);

    /// <summary>An integer, or None.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Argument(long? value) => value is { } number ? new(ValueTag.Int, number) : default;

    /// <summary>A number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Argument(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A number, or None.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Argument(double? value) => value is { } number ? number : default(Argument);

    /// <summary>True or false.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Argument(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    /// <summary>A list of integers, or None.</summary>
    /// <param name="value">The numbers; not to be changed during the call.</param>
    public static implicit operator Argument(long[]? value) => value is null ? default : new(ValueTag.IntList, 0, value);

    /// <summary>A list of numbers, or None.</summary>
    /// <param name="value">The numbers; not to be changed during the call.</param>
    public static implicit operator Argument(double[]? value) => value is null ? default : new(ValueTag.DoubleList, 0, value);

    /// <summary>A list of tensors, or None. Null elements are None, which only indices allow.</summary>
    /// <param name="value">The tensors; not to be changed during the call.</param>
    public static implicit operator Argument(torch.Tensor?[]? value) => value is null ? default : new(ValueTag.TensorList, 0, value);

    /// <summary>A string, or None.</summary>
    /// <param name="value">The string.</param>
    public static implicit operator Argument(string? value) => value is null ? default : new(ValueTag.String, 0, value);

    /// <summary>A device, or None.</summary>
    /// <param name="value">The device.</param>
    public static implicit operator Argument(torch.Device? value) => value is null ? default : new(ValueTag.Device, value.Packed);

    /// <summary>The type of elements.</summary>
    /// <param name="value">The type.</param>
    public static implicit operator Argument(torch.ScalarType value) => new(ValueTag.Int, (long)value);

    /// <summary>The type of elements, or None.</summary>
    /// <param name="value">The type.</param>
    public static implicit operator Argument(torch.ScalarType? value) => value is { } type ? new(ValueTag.Int, (long)type) : default;

    /// <summary>A random generator, or None.</summary>
    /// <param name="value">The generator.</param>
    public static implicit operator Argument(torch.Generator? value) => value is null ? default : new(ValueTag.Generator, 0, value);
}
