namespace RLSeq.Agents;

/// <summary>A number in bfloat16: sign, 8 bits of exponent and 7 of mantissa, the upper half of a 32-bit float.</summary>
/// <param name="bits">The bits.</param>
internal readonly struct BFloat16(ushort bits)
{
    /// <summary>The bits.</summary>
    public ushort Bits { get; } = bits;

    /// <summary>Rounds to the nearest, of two equally near ones to the even one. The number must be finite; rounding may reach infinity.</summary>
    /// <param name="value">The number.</param>
    public static BFloat16 Round(float value)
    {
        uint bits = (uint)BitConverter.SingleToInt32Bits(value);
        return new BFloat16((ushort)((bits + 0x7FFFu + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>The same number as a 32-bit float.</summary>
    public float ToSingle() => BitConverter.Int32BitsToSingle(Bits << 16);
}
