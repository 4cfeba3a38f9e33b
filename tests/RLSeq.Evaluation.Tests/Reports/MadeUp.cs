using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests;

/// <summary>Comparisons with made-up figures, seeded.</summary>
internal static class MadeUp
{
    public static readonly MachineInfo Machine = new()
    {
        Cpu = "AMD EPYC 9R14",
        Cores = 2,
        OperatingSystem = "Debian GNU/Linux 12",
        Runtime = ".NET 10.0.1",
        LibTorch = "1.13.1",
        Device = "cpu",
    };

    public static ComparisonResult Comparison(IReadOnlyList<EnvironmentInfo> environments, IReadOnlyList<MemoryResult> results) => new()
    {
        Title = "Which memory for a T-maze?",
        CommandLine = "rlseq compare --env t-maze --memory none,lstm,transformer --steps 200000 --seeds 3 --out runs/t-maze",
        Started = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
        Duration = TimeSpan.FromMinutes(14),
        Machine = Machine,
        Configuration = "environment: t-maze\nmemories: [none, lstm, transformer]\nppo:\n  epochs: 4\n  clip: 0.2\n",
        Environments = environments,
        Results = results,
    };

    public static EnvironmentInfo TMaze => new()
    {
        Name = "t-maze",
        Description = "The first observation shows which way to turn; the junction is 20 steps later.",
        RandomReturn = -0.5,
        ReferenceReturn = 1.0,
    };

    /// <summary>Three memories on a T-maze, three seeds, curves, latencies: what a usual comparison holds.</summary>
    public static ComparisonResult Usual(int seeds = 3) => Comparison(
        [TMaze],
        [
            Memory("t-maze", "none", seeds, level: -0.49, p50: 1.6, parameters: 4_610, stateBytes: 0),
            Memory("t-maze", "lstm", seeds, level: 0.97, p50: 5.8, parameters: 35_100, stateBytes: 1024),
            Memory("t-maze", "transformer", seeds, level: 0.96, p50: 12.4, parameters: 51_300, stateBytes: 65_536),
        ]);

    public static MemoryResult Memory(string environment, string memory, int seeds, double level, double p50, long parameters = 1000, long stateBytes = 256) => new()
    {
        Environment = environment,
        Memory = memory,
        Runs = [.. Enumerable.Range(0, seeds).Select(seed => Run(environment, memory, (ulong)seed, level, parameters, stateBytes))],
        Latency = Latency(p50),
    };

    /// <summary>Returns around a level, differing more between seeds (sd 0.01) than their means' sampling error.</summary>
    public static RunResult Run(string environment, string memory, ulong seed, double level, long parameters = 1000, long stateBytes = 256)
    {
        var random = new RandomSource(RandomSource.Derive(seed, (ulong)(memory.Length * 31) + memory[0]));
        double own = level + (0.01 * random.NextGaussian()), speed = 12 + (4 * random.NextDouble());
        double start = Math.Min(level, -0.5);
        return new RunResult
        {
            Environment = environment,
            Memory = memory,
            Seed = seed,
            Status = RunStatus.Ok,
            Steps = 200_000,
            Seconds = 61,
            StepsPerSecond = 3_279 + (100 * random.NextDouble()),
            LearningCurve =
            [
                .. Enumerable.Range(1, 60).Select(i => new LearningCurvePoint(
                    200_000L * i / 60,
                    i,
                    start + ((own - start) / (1 + Math.Exp(speed * (0.4 - (i / 60.0))))) + (0.03 * random.NextGaussian()))),
            ],
            EpisodeReturns = [.. Enumerable.Range(0, 100).Select(_ => own + (0.05 * random.NextGaussian()))],
            EpisodeLengths = [.. Enumerable.Repeat(21, 100)],
            Parameters = parameters,
            StateBytes = stateBytes,
        };
    }

    public static RunResult FailedRun(string environment, string memory, ulong seed, string error) => new()
    {
        Environment = environment,
        Memory = memory,
        Seed = seed,
        Status = RunStatus.Failed,
        Error = error,
    };

    public static LatencyResult Latency(double p50) => new()
    {
        P50Us = p50,
        P90Us = p50 * 1.1,
        P99Us = p50 * 1.6,
        P999Us = p50 * 3,
        MaxUs = p50 * 40,
        MeanUs = p50 * 1.08,
        Count = 100_000,
        Conditions = "managed engine, batch 1, 1 thread, back to back",
        Histogram =
        [
            new LatencyBucket(p50 * 0.9, 10_000), new LatencyBucket(p50 * 0.95, 20_000), new LatencyBucket(p50, 35_000), new LatencyBucket(p50 * 1.1, 25_000),
            new LatencyBucket(p50 * 1.3, 7_000), new LatencyBucket(p50 * 1.6, 2_000), new LatencyBucket(p50 * 2.2, 800), new LatencyBucket(p50 * 3, 150),
            new LatencyBucket(p50 * 9, 49), new LatencyBucket(p50 * 40, 1),
        ],
    };

    /// <summary>A run whose evaluation returned exactly the given returns.</summary>
    public static RunResult ExactRun(string memory, ulong seed, params double[] returns) => new()
    {
        Environment = "t-maze",
        Memory = memory,
        Seed = seed,
        Status = RunStatus.Ok,
        Steps = 1000,
        StepsPerSecond = 100,
        EpisodeReturns = returns,
    };

    /// <summary>A memory with one constant return per seed, and no latency.</summary>
    public static MemoryResult Exact(string memory, params double[] returnPerSeed) => new()
    {
        Environment = "t-maze",
        Memory = memory,
        Runs = [.. returnPerSeed.Select((value, seed) => ExactRun(memory, (ulong)seed, value, value))],
    };
}
