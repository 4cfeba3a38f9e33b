using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests;

/// <summary>Made-up measurements of time, as a model: what is kept of the return falls from 1 to 0 around a deadline of one latency.</summary>
internal static class MadeUpClock
{
    public static readonly double[] Deadlines = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 1e6 / 60, 30_000, 100_000];

    /// <summary>A memory with everything that a comparison can hold.</summary>
    /// <param name="environment">The environment, with a random return.</param>
    /// <param name="memory">Its name.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="level">The return where the world waits.</param>
    /// <param name="p50">The median latency in microseconds.</param>
    /// <param name="growth">By what the latency is multiplied at the end of an episode.</param>
    public static MemoryResult Full(EnvironmentInfo environment, string memory, int seeds, double level, double p50, double growth = 1)
    {
        MemoryResult result = MadeUp.Memory(environment.Name, memory, seeds, level, p50, (long)(5000 * p50), (long)(300 * p50));
        return result with
        {
            Runs = [.. result.Runs.Select(run => run with { PeakMemoryBytes = 300_000_000 + (long)(1e7 * p50) })],
            Latency = result.Latency! with { ByPosition = Positions(p50, growth), Paced = MadeUp.Latency(p50 * 3.1) with { Conditions = "managed engine, batch 1, 1 thread, paced at 60 Hz" } },
            Deadlines = [Curve(environment.RandomReturn!.Value, memory, seeds, level, p50)],
            MemoryUse = memory == "none" ? [] : Use(environment.RandomReturn!.Value, memory, seeds, level),
        };
    }

    public static DeadlineCurve Curve(double random, string memory, int seeds, double level, double p50, double slowDown = 1) => new()
    {
        SlowDown = slowDown,
        OnMiss = "repeat-last",
        ActionDelay = 0,
        Profile = "recorded, 20,000 actions, back to back",
        Undelayed = new DeadlinePoint(0, [.. Enumerable.Range(0, seeds).Select(seed => Run(memory, (ulong)seed, level, 0))]),
        Points =
        [
            .. Deadlines.Select(us =>
            {
                double kept = 1 / (1 + Math.Pow(1.5 * p50 * slowDown / us, 3));
                return new DeadlinePoint(us, [.. Enumerable.Range(0, seeds).Select(seed => Run(memory, (ulong)seed, random + (kept * (level - random)), 1 - kept))]);
            }),
        ],
    };

    /// <summary>A curve of one constant return per deadline, the same for all seeds, so that intervals are exact.</summary>
    public static DeadlineCurve Exact(double[] deadlines, double undelayed, double[] returns, int seeds = 5) => new()
    {
        SlowDown = 1,
        OnMiss = "repeat-last",
        ActionDelay = 0,
        Profile = "made up",
        Undelayed = Constant(0, undelayed, seeds),
        Points = [.. deadlines.Select((us, i) => Constant(us, returns[i], seeds))],
    };

    /// <summary>One constant return for all seeds under an intervention.</summary>
    public static MemoryUse ExactUse(MemoryIntervention intervention, int? steps, double value, int seeds = 5) =>
        new(intervention, steps, [.. Enumerable.Range(0, seeds).Select(seed => new MemoryUseRun((ulong)seed, [value, value]))]);

    public static IReadOnlyList<MemoryUse> Use(double random, string memory, int seeds, double level)
    {
        return
        [
            Tampered(MemoryIntervention.Intact, null, 1), Tampered(MemoryIntervention.Zeroed, null, 0), Tampered(MemoryIntervention.Shuffled, null, 0.1),
            Tampered(MemoryIntervention.Truncated, 4, 0.3), Tampered(MemoryIntervention.Truncated, 16, 0.7), Tampered(MemoryIntervention.Truncated, 64, 1),
        ];

        MemoryUse Tampered(MemoryIntervention intervention, int? steps, double kept) => new(intervention, steps,
            [.. Enumerable.Range(0, seeds).Select(seed => new MemoryUseRun((ulong)seed, Run(memory, (ulong)seed, random + (kept * (level - random)), 0).Returns))]);
    }

    private static DeadlinePoint Constant(double us, double value, int seeds) =>
        new(us, [.. Enumerable.Range(0, seeds).Select(seed => new DeadlineRun((ulong)seed, [value, value], 0, 0))]);

    private static LatencyAtPosition[] Positions(double p50, double growth) =>
    [
        .. Enumerable.Range(0, 8).Select(i => new LatencyAtPosition(i == 0 ? 0 : 1 << i, 2 << i, 1000, p50 * (1 + ((growth - 1) * i / 7)), 1.6 * p50 * (1 + ((growth - 1) * i / 7)))),
    ];

    /// <summary>A seed's own level is off by 0.01, the same at every deadline; episodes by 0.05.</summary>
    private static DeadlineRun Run(string memory, ulong seed, double level, double missRate)
    {
        var random = new RandomSource(RandomSource.Derive(seed, (ulong)(memory.Length * 31) + memory[0]));
        double own = level + (0.01 * random.NextGaussian());
        return new DeadlineRun(seed, [.. Enumerable.Range(0, 40).Select(_ => own + (0.05 * random.NextGaussian()))], missRate, missRate / 2);
    }
}
