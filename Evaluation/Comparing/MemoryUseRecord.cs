namespace RLSeq.Evaluation;

/// <summary>What the journal keeps of the look at a policy's use of its memory.</summary>
/// <param name="Uses">What was found.</param>
internal sealed record MemoryUseRecord(IReadOnlyList<PolicyMemoryUse> Uses);
