namespace RLSeq.Evaluation;

/// <summary>The curves of return against deadline of one memory in one environment.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Memory">The memory's name.</param>
/// <param name="Curves">One per slow-down.</param>
internal sealed record MemoryDeadlines(string Environment, string Memory, IReadOnlyList<DeadlineCurve> Curves);
