using RLSeq.Policies;

namespace RLSeq.Evaluation;

/// <summary>What an action costs at batch 1 on one thread, by an agent whose weights are random and whose memory is full.</summary>
/// <param name="Label">A short name.</param>
/// <param name="Memory">The memory and its sizes.</param>
public sealed record ActingProbe(string Label, MemorySettings Memory) : CostProbe(Label, Memory);
