namespace RLSeq.Evaluation;

/// <summary>The choices that no other choice beats in one respect without losing in the other.</summary>
public static class ParetoFront
{
    /// <summary>
    /// Marks the points that no other dominates. A point is dominated if another costs no more and is worth no less, and differs in at
    /// least one of the two; equal points are both on the front. Points with a number that is not finite are not.
    /// </summary>
    /// <param name="points">Cost (lower is better) and value (higher is better) of every choice.</param>
    public static bool[] Of(IReadOnlyList<(double Cost, double Value)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return [.. points.Select(point => IsFinite(point) && !points.Any(other => IsFinite(other) && Dominates(other, point)))];
    }

    private static bool Dominates((double Cost, double Value) a, (double Cost, double Value) b) => a.Cost <= b.Cost && a.Value >= b.Value && a != b;

    private static bool IsFinite((double Cost, double Value) point) => double.IsFinite(point.Cost) && double.IsFinite(point.Value);
}
