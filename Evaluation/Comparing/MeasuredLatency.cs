using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>What was measured of a memory's actions in an environment.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Profile">The latencies themselves, back to back and by position in the episode, for replay.</param>
internal sealed record MeasuredLatency(LatencyResult Result, RecordedLatency Profile);
