namespace RLSeq.Evaluation;

/// <summary>The latency in one part of the episode, since attention costs more as its cache fills.</summary>
/// <param name="From">The first position, 0 for an episode's first action.</param>
/// <param name="To">The position after the last.</param>
/// <param name="Count">Actions timed there.</param>
/// <param name="P50Us">Their median, in microseconds.</param>
/// <param name="P99Us">What 99 % of them stay within, in microseconds.</param>
public readonly record struct LatencyAtPosition(int From, int To, long Count, double P50Us, double P99Us);
