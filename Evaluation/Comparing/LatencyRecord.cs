namespace RLSeq.Evaluation;

/// <summary>What the journal keeps of the latency phase: a whole phase or none, since its policies took turns.</summary>
/// <param name="Runs">The runs whose policies were timed, by name; a phase of other runs is no part of the comparison.</param>
/// <param name="Results">What was measured of each, in their order.</param>
internal sealed record LatencyRecord(IReadOnlyList<string> Runs, IReadOnlyList<LatencyResult> Results);
