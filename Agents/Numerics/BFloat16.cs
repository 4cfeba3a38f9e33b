namespace RLSeq.Agents;

/// <summary>Numbers in bfloat16: sign, 8 bits of exponent and 7 of mantissa, the upper half of a 32-bit float.</summary>
internal static class BFloat16
{
    /// <summary>Rounds to the nearest, of two equally near ones to the even one. The number must be finite; rounding may reach infinity.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The bits.</returns>
    public static ushort Round(float value)
    {
        uint bits = (uint)BitConverter.SingleToInt32Bits(value);
        return (ushort)((bits + 0x7FFFu + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The number that bits stand for, as a 32-bit float.</summary>
    /// <param name="bits">The bits.</param>
    public static float ToSingle(ushort bits) => BitConverter.Int32BitsToSingle(bits << 16);
}
