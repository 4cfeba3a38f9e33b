namespace RLSeq.Agents;

/// <summary>Rounding to integers by addition, alike in every width.</summary>
internal static class Rounding
{
    /// <summary>1.5 · 2²³: added to a number below 2²², it leaves the nearest integer (of two, the even one) in the lowest bits.</summary>
    public const float Number = 12582912f;
}
