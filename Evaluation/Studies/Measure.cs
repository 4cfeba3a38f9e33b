namespace RLSeq.Evaluation;

/// <summary>A quantity that a study estimates: one number for every seed, or for every round of a timing.</summary>
/// <param name="Text">What it is, for a sentence: <c>score of lstm minus score of none</c>.</param>
/// <param name="Values">The numbers; null where a run failed or is missing.</param>
public sealed record Measure(string Text, Func<StudyData, IReadOnlyList<ulong>, IReadOnlyList<double?>> Values)
{
    /// <summary>The runs that it is made of.</summary>
    public IReadOnlyList<Arm> Arms { get; init; } = [];

    /// <summary>The timings that it is made of.</summary>
    public IReadOnlyList<CostProbe> Probes { get; init; } = [];

    /// <summary>Whether it is a ratio, averaged in logarithms.</summary>
    public bool IsRatio { get; init; }

    /// <summary>Its unit, such as <c>µs</c>; empty for a score or a ratio.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What this build lacks to measure it; empty where nothing is missing.</summary>
    public IReadOnlyList<string> Missing => [.. Arms.Select(arm => arm.Missing).Concat(Probes.Select(probe => probe.Missing)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Makes the estimate.</summary>
    /// <param name="data">What was measured.</param>
    /// <param name="seeds">The seeds that were planned.</param>
    /// <param name="confidence">The coverage of the interval.</param>
    public Measured Of(StudyData data, IReadOnlyList<ulong> seeds, double confidence)
    {
        IReadOnlyList<double?> all = Values(data, seeds);
        double[] values = [.. all.OfType<double>().Where(double.IsFinite)];
        Estimate? estimate = values.Length < 2 ? null : IsRatio ? StudentInterval.GeometricMean(values, confidence) : StudentInterval.Mean(values, confidence);
        return new Measured(estimate, values.Length, all.Count);
    }
}
