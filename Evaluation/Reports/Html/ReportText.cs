using System.Globalization;

namespace RLSeq.Evaluation.Html;

/// <summary>The sentences that the HTML and the Markdown report share.</summary>
internal static class ReportText
{
    public const string ReadReturns =
        "A return is the mean over training seeds of each seed's mean over its evaluation episodes. The 95 % interval resamples seeds and, inside each, episodes: "
        + "memories whose intervals do not overlap are taken to differ, while overlapping intervals leave the question open and do not show that two memories are equal. "
        + "With fewer than 5 seeds an interval is too narrow in what it says about other seeds.";

    public const string ReadLatency =
        "Latency is the time from an observation to its action. p50 is the median; 1 action in 100 is slower than p99, and 1 in 1000 slower than p99.9, which is what a real-time loop "
        + "meets every few seconds. The figures hold for the machine and the conditions named here; another machine gives others.";

    public const string ReadFront =
        "A memory is on the Pareto front if no other earns at least as much and acts at least as fast; the front is drawn through the point estimates, so look at the whiskers before ruling a memory out.";

    /// <summary>What was compared, on what, in one line.</summary>
    public static string Context(ComparisonResult result)
    {
        string environments = ComparisonSummary.Join([.. result.Environments.Select(environment => environment.Name)]);
        RunResult[] runs = [.. result.Results.SelectMany(memory => memory.Runs)];
        var parts = new List<string>();
        if (environments.Length > 0) parts.Add(environments);
        if (runs.Length > 0) parts.Add($"{Figures.Count(runs.Max(run => run.Steps))} steps");
        if (Seeds(result) is { } seeds) parts.Add(seeds);
        parts.Add($"{result.Machine.Cpu}, {Cores(result.Machine)}, {result.Machine.Device}");
        parts.Add($"{Started(result)}, took {Figures.Duration(result.Duration)}");
        return string.Join(" · ", parts);
    }

    public static string Started(ComparisonResult result) => result.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string LatencyConditions(ComparisonBlock block)
    {
        string[] conditions = [.. block.Rows.Select(row => row.Latency?.Conditions).OfType<string>().Distinct(StringComparer.Ordinal)];
        return conditions.Length == 0 ? "Latency was not measured." : $"Latency: {string.Join("; ", conditions)}.";
    }

    public static IEnumerable<(string Name, string Value)> Machine(MachineInfo machine)
    {
        yield return ("processor", machine.Cpu);
        yield return ("cores", machine.Cores.ToString(CultureInfo.InvariantCulture));
        yield return ("operating system", machine.OperatingSystem);
        yield return ("runtime", machine.Runtime);
        if (machine.LibTorch is { } libtorch) yield return ("libtorch", libtorch);
        yield return ("trained on", machine.Device);
    }

    public static IEnumerable<string[]> SeedRows(ComparisonResult result) =>
        result.Results.SelectMany(memory => memory.Runs, (memory, run) => new[]
        {
            memory.Memory,
            memory.Environment,
            run.Seed.ToString(CultureInfo.InvariantCulture),
            run.IsUsable ? Figures.Return(Statistic.Mean(run.EpisodeReturns.ToArray())) : "-",
            run.EpisodeReturns.Count.ToString(CultureInfo.InvariantCulture),
            run.EpisodeLengths.Count > 0 ? Figures.Count(run.EpisodeLengths.Average()) : "-",
            Figures.Count(run.Steps),
            Figures.Count(run.StepsPerSecond),
            Outcome(run),
        });

    public static readonly string[] SeedHeader = ["memory", "environment", "seed", "mean return", "episodes", "mean length", "steps", "steps/s", "outcome"];

    private static string Outcome(RunResult run) => run switch
    {
        { Status: RunStatus.Failed } => "failed: " + (run.Error ?? "no reason was recorded"),
        { EpisodeReturns.Count: 0 } => "left out: no evaluation episode",
        { IsUsable: false } => "left out: returns that are not numbers",
        _ => "ok",
    };

    private static string? Seeds(ComparisonResult result)
    {
        int[] counts = [.. result.Results.Select(memory => memory.Runs.Count).Where(count => count > 0).Distinct().Order()];
        return counts switch
        {
            [] => null,
            [1] => "1 seed",
            [int count] => $"{count} seeds each",
            _ => $"{counts[0]} to {counts[^1]} seeds",
        };
    }

    private static string Cores(MachineInfo machine) => machine.Cores == 1 ? "1 core" : $"{machine.Cores} cores";
}
