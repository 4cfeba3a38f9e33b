namespace RLSeq.Evaluation;

/// <summary>
/// Percentile intervals that decide something need to be wider than their name with few runs: resampling 5 runs cannot show how far a sixth
/// may lie. The <b>expanded</b> percentile interval (Hesterberg 2015, "What teachers should know about the bootstrap", section 4.1) takes quantiles
/// further outside, so that for normal data it is as wide as Student's interval: the nominal confidence becomes 1 - 2 Φ(-t √(n / (n - 1))),
/// with the 97.5 % quantile t of Student's distribution with n - 1 degrees of freedom.
/// <para>
/// By simulation (normal differences, one level, 1,500 trials of 1,000 replicates), an interval that excludes 0 although there is no difference
/// occurs in 17 % of the trials with 5 runs and 10 % with 10 at nominally 95 %, and in 9 % and 5 % when expanded.
/// </para>
/// </summary>
internal static class SmallSample
{
    /// <summary>The nominal confidence from so many runs on, computed from the formula above with Student's quantiles to four digits.</summary>
    private static readonly (int Runs, double Confidence)[] Table =
    [
        (2, 0.99999), (3, 0.99999), (4, 0.99976), (5, 0.99809), (6, 0.99514), (7, 0.99178), (8, 0.98852), (9, 0.98555), (10, 0.98290),
        (12, 0.97849), (15, 0.97359), (20, 0.96824), (30, 0.96249), (50, 0.95764), (100, 0.95387),
    ];

    /// <summary>The options for an interval that decides, for 95 % in truth.</summary>
    /// <param name="options">Replicates and seed.</param>
    /// <param name="runs">How many runs, or pairs of runs, are resampled.</param>
    public static BootstrapOptions Expanded(this BootstrapOptions options, int runs) =>
        options with { Confidence = Table.LastOrDefault(entry => entry.Runs <= runs, Table[0]).Confidence };
}
