namespace TorchSharp;

/// <summary>Conversions between numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a scalar.</summary>
    /// <param name="value">The number.</param>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>The number as a scalar.</summary>
    /// <param name="value">The number.</param>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>The number as a scalar.</summary>
    /// <param name="value">The number.</param>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>The number as a scalar.</summary>
    /// <param name="value">The number.</param>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>The bool as a scalar.</summary>
    /// <param name="value">The bool.</param>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The scalar in single precision.</summary>
    /// <param name="value">The scalar.</param>
    public static float ToSingle(this Scalar value) => (float)value.Double;

    /// <summary>The scalar in double precision.</summary>
    /// <param name="value">The scalar.</param>
    public static double ToDouble(this Scalar value) => value.Double;

    /// <summary>The scalar as an integer; a fraction is cut off.</summary>
    /// <param name="value">The scalar.</param>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static byte ToByte(this Scalar value) => checked((byte)value.Int64);

    /// <summary>The scalar as an integer; a fraction is cut off.</summary>
    /// <param name="value">The scalar.</param>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.Int64);

    /// <summary>The scalar as an integer; a fraction is cut off.</summary>
    /// <param name="value">The scalar.</param>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static short ToInt16(this Scalar value) => checked((short)value.Int64);

    /// <summary>The scalar as an integer; a fraction is cut off.</summary>
    /// <param name="value">The scalar.</param>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static int ToInt32(this Scalar value) => checked((int)value.Int64);

    /// <summary>The scalar as an integer; a fraction is cut off.</summary>
    /// <param name="value">The scalar.</param>
    public static long ToInt64(this Scalar value) => value.Int64;

    /// <summary>Whether the scalar is not zero.</summary>
    /// <param name="value">The scalar.</param>
    public static bool ToBoolean(this Scalar value) => value.Double != 0;
}
