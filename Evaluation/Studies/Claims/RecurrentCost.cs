using RLSeq.Policies;
using RLSeq.Training;
using static RLSeq.Evaluation.CostMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 8.</summary>
internal sealed class RecurrentCost : Claim
{
    /// <summary>About those of an LSTM that is 64 wide.</summary>
    private const long Parameters = 33_000;

    /// <summary>Ten per cent more.</summary>
    private const double More = 1.1;

    public override int Number => 8;

    public override string Sentence => "Recurrent training cannot be parallelised and costs more to train and to run than attention.";

    public override string Experiment =>
        "At equal parameters (33,000; the width of each memory is chosen so), one thread: steps per second of training with 16 environments and rollouts of 128 steps, and the median of an action. "
        + "Costs more: ten per cent more than a Transformer over 64 steps. Linear recurrences (min-gru), which can be parallelised over time, are shown beside.";

    public override string CannotShow => "What a GPU or hundreds of cores would make of the parallelism over time; on one thread of a CPU it brings nothing, so only the cost is judged, not the words \"cannot be parallelised\".";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(TrainingSpeed(Training("transformer", scale), Training("lstm", scale)), Side.Above, More),
        new(ActingTime(Acting("lstm"), Acting("transformer")), Side.Above, More),
    ];

    public override IReadOnlyList<Measure> Observations(StudyScale scale) =>
    [
        TrainingSpeed(Training("transformer", scale), Training("gru", scale)),
        TrainingSpeed(Training("transformer", scale), Training("min-gru", scale)),
        TrainingSpeed(Training("min-gru", scale), Training("lstm", scale)),
        ActingTime(Acting("gru"), Acting("transformer")),
        ActingTime(Acting("min-gru"), Acting("transformer")),
        ActingTime(Acting("min-gru"), Acting("lstm")),
    ];

    private static MemorySettings Settings(string memory) => new(memory, Hidden: 64, Layers: 2, Heads: 4, Context: 64, FeedForward: 0);

    private static ActingProbe Acting(string memory) => new(memory, Settings(memory)) { Parameters = Parameters };

    private static TrainingProbe Training(string memory, StudyScale scale) => new(memory, Settings(memory), new TrainingConfiguration
    {
        Environment = "RepeatPreviousEasy",
        Memory = new MemoryOptions { Name = memory },
        Steps = scale.StepsOf(20_000, 100_000),
        Device = "cpu",
        Ppo = new PpoSettings { Environments = 16, Rollout = 128 },
    })
    {
        Parameters = Parameters,
    };
}
