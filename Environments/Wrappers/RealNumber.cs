namespace RLSeq.Environments;

/// <summary>An element of an observation that is a real number, in a box of floats: not a choice, and not a byte.</summary>
/// <param name="Element">Its place, as the floats lie.</param>
/// <param name="Low">The lower bound of its box.</param>
/// <param name="High">The upper bound of its box.</param>
internal readonly record struct RealNumber(int Element, float Low, float High)
{
    /// <summary>All real numbers of a space.</summary>
    /// <param name="space">The space.</param>
    public static IEnumerable<RealNumber> Of(Space space)
    {
        int offset = 0;
        foreach (Space part in space.Parts)
        {
            if (part is BoxSpace { Element: BoxElement.Float32 } box)
                for (int i = 0; i < box.Size; i++) yield return new RealNumber(offset + i, box.Low, box.High);
            offset += part.Size;
        }
    }
}
