using System.Globalization;

namespace RLSeq.Evaluation.Html;

/// <summary>The sentences that the HTML and the Markdown report share.</summary>
internal static class ReportText
{
    public const string ReadReturns =
        "A return is the mean over training seeds of each seed's mean over its evaluation episodes. The 95 % interval resamples seeds and, inside each, episodes. "
        + "With fewer than 5 seeds an interval is too narrow in what it says about other seeds.";

    public const string ReadDifferences =
        "One memory is said to earn more than another if the interval of the difference lies above 0: taken seed by seed and episode by episode, since both were trained with the same seeds and evaluated on the same episodes, "
        + "and widened for few seeds so that it errs in about 1 of 11 comparisons with 5 seeds and 1 of 20 with 10. With fewer than 5 seeds the sentence speaks of these runs only, and says so where the two intervals do not overlap. An interval that holds 0 leaves the question open and does not show that two memories are equal. "
        + "The probability beside it is that of improvement: how likely a run of the one earns more than a run of the other, ties as half.";

    public const string ReadDeadline =
        "Under a deadline the world does not wait: it ticks every period, here equal to the deadline, and an action that is not there in time is a miss. The physics are per tick, so that a shorter deadline asks for a faster agent, not for a faster world. "
        + "Latencies are recorded ones, replayed. An order of two memories is said to hold down to a deadline if the interval of their difference lies above 0 there and at every longer deadline that was played. "
        + "A memory is said to keep 95 % of its return at a deadline if the whole interval of the shortest deadline that keeps it lies at or below that, and to lose more if the whole interval lies above.";

    public const string ReadSlowDown =
        "On a device that is k times slower every latency is k times as long, and what a curve shows at a deadline d happens there at k times d: "
        + "read the curve at d / k, or move it to the right by k on the logarithmic axis. The scale above the frame does that for k = 10.";

    public const string ReadMemoryUse =
        "A memory is said to be used if tampering with its state certainly costs return: the interval of what is lost lies above 0. Whether it costs nothing can never be shown, only that no loss was found.";

    public const string ReadLatency =
        "Latency is the time from an observation to its action. p50 is the median; 1 action in 100 is slower than p99, and 1 in 1000 slower than p99.9, which is what a real-time loop "
        + "meets every few seconds. The figures hold for the machine and the conditions named here; another machine gives others.";

    public const string ReadFront =
        "A memory is on the Pareto front if no other earns at least as much and acts at least as fast; the front is drawn through the point estimates, so look at the whiskers before ruling a memory out.";

    /// <summary>The paragraphs that explain the report, the rules of its sentences among them.</summary>
    public static readonly string[] HowToRead = [ReadReturns, ReadDifferences, ReadDeadline, ReadSlowDown, ReadLatency, ReadFront, ReadMemoryUse];

    public const string ReadBenchmark =
        "Scores: random actions 0, reference 1. IQM: interquartile mean over all seeds of all environments. Optimality gap: how far scores stay below 1, lower is better. The last column is the probability that a run of the best memory scores more than one of this.";

    public const string CaptionDeadline =
        "Bands and whiskers: 95 % interval. The marks at the right: a world that waits for every action. A device k times slower has the same curve moved to the right by k; the scale above is for k = 10. 60 Hz is 16.7 ms, 1 kHz is 1 ms. Below: the share of decisions that came after the deadline, the mean over seeds.";

    public const string CaptionLearning = "Thick line: mean over seeds. Thin lines: single seeds. Band: lowest to highest seed.";

    public const string CaptionSeconds = "The same against the seconds that training took on this machine, with as many runs side by side as the command says.";

    public const string CaptionFront =
        "Up and to the left is better. Vertical whiskers: 95 % interval of the return; horizontal: from p50 to p99. Filled markers and the dotted line: the Pareto front.";

    public const string CaptionLatency = "How slow an action is that the given share of all actions does not exceed. Every further nine has the same room.";

    public const string CaptionPosition = "Thick line: median; thin line: p99. A memory that looks back at what it has stored takes longer the more that is.";

    public const string CaptionMemoryUse = "Filled: the intact state. Hollow: the state tampered with before every action. Where a hollow mark stays where the filled one is, what was tampered with was not used. The dashed line: random actions.";

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
