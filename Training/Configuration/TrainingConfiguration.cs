using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>
/// Everything that decides a training run. The initial values written in this record and its parts are the only defaults there are;
/// <see cref="ConfigurationSchema"/> gives every value its key, its range and its description.
/// </summary>
public sealed record TrainingConfiguration
{
    /// <summary>The environment's name in the registry.</summary>
    public string Environment { get; init; } = "RepeatPreviousEasy";

    /// <summary>How the environment is made and watched, beside its name.</summary>
    public EnvironmentOptions EnvironmentOptions { get; init; } = new();

    /// <summary>The clock that the world goes by, if it does not wait.</summary>
    public ClockOptions Clock { get; init; } = new();

    /// <summary>Decides all that is random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Environment steps in all, which are decisions under a clock; rounded up to whole rollouts.</summary>
    public long Steps { get; init; } = 500_000;

    /// <summary>Where the network learns: auto, cpu or cuda.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Which engine acts while collecting: auto, managed or torch; see <see cref="ActingChoice"/>.</summary>
    public string Acting { get; init; } = ActingChoice.Auto;

    /// <summary>Threads that learn, each from its part of a minibatch, and those of libtorch where it acts. The result depends on their number by rounding.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Threads that collect, each with its own environments; the result does not depend on their number. Where torch acts there is one.</summary>
    public int CollectThreads { get; init; } = 1;

    /// <summary>
    /// Whether the next rollout is collected while the last one is learned from, by the weights from before: meant for environments
    /// that wait, and for learning on a GPU. The result is as reproducible, but it is another one; a run that is stopped and resumed goes on a little differently
    /// from one that was not.
    /// </summary>
    public bool Overlap { get; init; }

    /// <summary>Updates between checkpoints; 0 for one at the end only.</summary>
    public int CheckpointEvery { get; init; } = 20;

    /// <summary>The shared parts of the network.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>The memory.</summary>
    public MemoryOptions Memory { get; init; } = new();

    /// <summary>The algorithm.</summary>
    public PpoSettings Ppo { get; init; } = new();

    /// <summary>The length of the sequences that gradients flow through, K.</summary>
    public int SequenceLength => Ppo.Bptt > 0 ? Ppo.Bptt : Ppo.Rollout;

    /// <summary>Steps that one update learns from, N·T.</summary>
    public long StepsPerUpdate => (long)Ppo.Environments * Ppo.Rollout;

    /// <summary>Updates in the whole run.</summary>
    public long Updates => (Steps + StepsPerUpdate - 1) / StepsPerUpdate;

    /// <summary>The memory's sizes as the policies take them.</summary>
    public MemorySettings MemorySettings => new(Memory.Name, Network.Hidden, Memory.Layers, Memory.Heads, Memory.Context, Memory.FeedForward);

    /// <summary>Checks what the ranges of single values cannot: names, and values that must fit each other.</summary>
    /// <exception cref="UserInputException">Something does not fit; the message says what and how to mend it.</exception>
    public void Validate()
    {
        // A configuration made in code meets the same ranges as one that was read: every value is read back through its setting.
        foreach (Setting setting in ConfigurationSchema.Settings) _ = setting.Write(this, setting.Read(this));
        EnvironmentOptions.LoadLibrary(); // the memory may be the library's
        _ = MemoryRegistry.Find(Memory.Name);
        Clock.Validate();
        ActingChoice.CheckOverlap(this);
        if (Ppo.Rollout % SequenceLength != 0)
            throw new UserInputException($"ppo.bptt must divide ppo.rollout: {Ppo.Bptt} does not divide {Ppo.Rollout}.");
        long sequences = (long)Ppo.Environments * (Ppo.Rollout / SequenceLength);
        if (Ppo.Minibatches > sequences)
            throw new UserInputException($"ppo.minibatches is {Ppo.Minibatches}, but a rollout has only {sequences} sequences ({Ppo.Environments} environments × {Ppo.Rollout / SequenceLength} of {SequenceLength} steps).");
        if (Ppo.BurnIn > 0 && SequenceLength == Ppo.Rollout)
            throw new UserInputException("ppo.burn_in needs sequences that are shorter than the rollout; set ppo.bptt as well.");
        if (Ppo.BurnIn >= SequenceLength)
            throw new UserInputException($"ppo.burn_in ({Ppo.BurnIn}) must be shorter than a sequence ({SequenceLength} steps).");
    }
}
