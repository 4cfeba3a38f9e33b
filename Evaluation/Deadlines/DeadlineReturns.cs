namespace RLSeq.Evaluation;

/// <summary>
/// The returns of a curve as <c>[seed][episode · columns + column]</c>: the first column is the undelayed return, then come the deadlines, and
/// last the one-step delay if it was played. Seeds that lack a deadline, or whose returns are not finite, are left out.
/// </summary>
internal sealed class DeadlineReturns
{
    private DeadlineReturns(double[][] seeds, ulong[] numbers, int columns) => (Seeds, Numbers, Columns) = (seeds, numbers, columns);

    public double[][] Seeds { get; }

    /// <summary>The training seeds that are used.</summary>
    public ulong[] Numbers { get; }

    public int Columns { get; }

    /// <summary>Null where no seed is usable.</summary>
    public static DeadlineReturns? Of(DeadlineCurve curve)
    {
        DeadlinePoint[] points = [curve.Undelayed, .. curve.Points, .. curve.OneStepDelay is { } delayed ? [delayed] : Array.Empty<DeadlinePoint>()];
        var usable = curve.Undelayed.Runs.Select(run => (run.Seed, Table: Table(points, run.Seed))).Where(seed => seed.Table is not null).ToList();
        return usable.Count == 0 ? null : new DeadlineReturns([.. usable.Select(seed => seed.Table!)], [.. usable.Select(seed => seed.Seed)], points.Length);
    }

    private static double[]? Table(DeadlinePoint[] points, ulong seed)
    {
        IReadOnlyList<double>?[] columns = [.. points.Select(point => point.Runs.FirstOrDefault(run => run.Seed == seed)?.Returns)];
        int episodes = columns[0]!.Count;
        if (episodes == 0 || columns.Any(column => column is null || column.Count != episodes || !column.All(double.IsFinite))) return null;
        var table = new double[episodes * columns.Length];
        for (int i = 0; i < table.Length; i++) table[i] = columns[i % columns.Length]![i / columns.Length];
        return table;
    }
}
