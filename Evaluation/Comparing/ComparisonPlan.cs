using System.Text.Json.Serialization;
using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>What a comparison trains and how it is judged: every environment with every memory and every seed.</summary>
public sealed record ComparisonPlan
{
    /// <summary>More seeds than any study has.</summary>
    public const int MostSeeds = 10_000;

    /// <summary>Five seconds at 60 Hz.</summary>
    public const int DefaultPacedActions = 300;

    /// <summary>The environments' names.</summary>
    public required IReadOnlyList<string> Environments { get; init; }

    /// <summary>The memories' names.</summary>
    public required IReadOnlyList<string> Memories { get; init; }

    /// <summary>The seeds, the same for every memory.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>What all runs share; environment, memory and seed are set for each.</summary>
    public required TrainingConfiguration Training { get; init; }

    /// <summary>The folder of the comparison, new or empty.</summary>
    public required string Folder { get; init; }

    /// <summary>Runs at the same time, each a process of its own.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Episodes that every trained policy is evaluated on.</summary>
    public int EvaluationEpisodes { get; init; } = 100;

    /// <summary>Actions timed per memory, back to back; 0 where no latency is measured, and so no deadline is swept.</summary>
    public int TimedActions { get; init; } = 20_000;

    /// <summary>Actions timed per memory at 60 Hz, which takes 1/60 s each for up to 8 memories together; 0 where that is not measured.</summary>
    public int PacedActions { get; init; } = DefaultPacedActions;

    /// <summary>What is played under deadlines.</summary>
    public DeadlineSettings Deadlines { get; init; } = new();

    /// <summary>The clock to train under; null to train in worlds that wait, and only evaluate under deadlines.</summary>
    public ClockTraining? ClockTraining { get; init; }

    /// <summary>How thoroughly it is looked at whether memories are used.</summary>
    public MemoryUseSettings MemoryUse { get; init; } = MemoryUseSettings.Quick;

    /// <summary>What all memories are to have equally much of; null for the configured sizes.</summary>
    public EqualSizes? Equal { get; init; }

    /// <summary>The sizes that <see cref="Equalized"/> found; empty for the configured ones.</summary>
    public IReadOnlyList<PlannedSizes> Sizes { get; init; } = [];

    /// <summary>The report's heading.</summary>
    public string Title { get; init; } = "Memories compared";

    /// <summary>The command that repeats the comparison, for the report.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>All runs, in the order in which they are started.</summary>
    /// <remarks>Seeds vary slowest, so that an interrupted comparison has tried every memory.</remarks>
    [JsonIgnore]
    public IEnumerable<PlannedRun> Runs =>
        from seed in Seeds
        from environment in Environments
        from memory in Memories
        select new PlannedRun(environment, memory, seed, Path.Combine(Folder, "runs", $"{environment}-{memory}-{seed}"));

    /// <summary>The configuration of one run.</summary>
    /// <param name="run">The run.</param>
    public TrainingConfiguration Configuration(PlannedRun run) =>
        Configuration(run, Path.GetFullPath(LatencyFiles.PathOf(Folder, run.Environment, run.Memory, untrained: true)));

    /// <summary>The sizes that a memory has for equality's sake, or null where it has the configured ones.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="memory">The memory.</param>
    public MemorySizes? SizesOf(string environment, string memory) => Sizes.FirstOrDefault(sizes => sizes.Environment == environment && sizes.Memory == memory)?.Sizes;

    /// <summary>The plan with the sizes that make its memories equal, where <see cref="Equal"/> asks for it and they are not found yet.</summary>
    /// <exception cref="UserInputException">They cannot be made equal.</exception>
    public ComparisonPlan Equalized() => Equal is null || Sizes.Count > 0 ? this : this with { Sizes = SizeSearch.Find(this) };

    /// <summary>Refuses what cannot be run, before anything is.</summary>
    /// <exception cref="UserInputException">A name is unknown, or a size does not fit.</exception>
    public void Validate()
    {
        if (Environments.Count == 0 || Memories.Count == 0 || Seeds.Count == 0)
            throw new UserInputException("A comparison needs at least one environment, one memory and one seed.");
        if (Seeds.Count > MostSeeds)
            throw new UserInputException($"A comparison takes at most {MostSeeds} seeds; given: {Seeds.Count}.");
        RefuseTwice("environment", Environments);
        RefuseTwice("memory", Memories);
        RefuseTwice("seed", Seeds);
        if (TimedActions < 0 || PacedActions < 0)
            throw new UserInputException($"Actions to time are 0 or more; given: {TimedActions} back to back and {PacedActions} at 60 Hz.");
        if (ClockTraining is not null && TimedActions == 0)
            throw new UserInputException("Training under the clock needs recorded latencies, but no action is to be timed.");
        Deadlines.Validate();
        MemoryUse.Validate();
        _ = TorchDevice.Resolve(Training.Device);
        foreach (PlannedRun run in Runs.DistinctBy(run => (run.Environment, run.Memory)))
        {
            TrainingConfiguration configuration = Configuration(run, ClockTraining.NoLatency); // nothing is recorded yet
            configuration.Validate();
            using IEnvironment environment = NamedEnvironment.Of(configuration).Create();
            MemoryBudget.Check(configuration, environment.ObservationSpace, environment.ActionSpace);
            _ = ActionDistribution.For(environment.ActionSpace);
            using Memory memory = MemoryRegistry.Create(configuration.MemorySettings);
        }
    }

    /// <summary>The configuration of one run in a world that waits.</summary>
    internal TrainingConfiguration Waiting(PlannedRun run)
    {
        TrainingConfiguration configuration = Training with { Environment = run.Environment, Seed = run.Seed, Memory = Training.Memory with { Name = run.Memory } };
        return SizesOf(run.Environment, run.Memory) is not { } sizes ? configuration : configuration with
        {
            Network = configuration.Network with { Hidden = sizes.Hidden },
            Memory = configuration.Memory with { Context = sizes.Context },
        };
    }

    private TrainingConfiguration Configuration(PlannedRun run, string latency) => ClockTraining?.Apply(Waiting(run), Deadlines, latency) ?? Waiting(run);

    /// <summary>Runs of the same name would share a folder.</summary>
    private static void RefuseTwice<T>(string kind, IReadOnlyList<T> given)
    {
        var twice = given.GroupBy(name => $"{name}", StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new UserInputException($"The {kind} {twice.Key} is named {twice.Count()} times; once is enough.");
    }
}
