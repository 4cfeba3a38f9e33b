using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>What training costs on one thread: collecting and learning.</summary>
/// <param name="Label">A short name.</param>
/// <param name="Memory">The memory and its sizes.</param>
/// <param name="Training">Everything else.</param>
public sealed record TrainingProbe(string Label, MemorySettings Memory, TrainingConfiguration Training) : CostProbe(Label, Memory);
