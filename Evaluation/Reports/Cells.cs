namespace RLSeq.Evaluation;

/// <summary>The columns of the comparison table as text: the terminal, Markdown and HTML show the same ones.</summary>
internal static class Cells
{
    public static readonly string[] Header = ["memory", "return [95 %]", "seeds", "p50", "p99", "p99.9", "params", "state", "steps/s"];

    public static readonly string[] BenchmarkHeader = ["memory", "score, IQM [95 %]", "optimality gap [95 %]", "best beats it [95 %]"];

    private const string None = "-";

    public static string[] Of(ComparisonRow row) =>
    [
        row.Memory,
        row.Return is { } estimate ? Figures.Interval(estimate) : "no finished run",
        row.FailedRuns > 0 ? $"{row.Seeds}/{row.Seeds + row.FailedRuns}" : $"{row.Seeds}",
        row.Latency is { } p50 ? Figures.Latency(p50.P50Us) : None,
        row.Latency is { } p99 ? Figures.Latency(p99.P99Us) : None,
        row.Latency is { } p999 ? Figures.Latency(p999.P999Us) : None,
        row.Parameters is { } parameters ? Figures.Count(parameters) : None,
        row.StateBytes is { } bytes ? Figures.Bytes(bytes) : None,
        row.StepsPerSecond is { } rate ? Figures.Count(rate) : None,
    ];

    public static string[] Of(BenchmarkScore score) =>
    [
        score.Memory,
        Figures.Interval(score.InterquartileMean),
        Figures.Interval(score.OptimalityGap),
        score.BestBeatsThis is { } probability ? Figures.Interval(probability) : "(the best)",
    ];
}
