namespace RLSeq.Evaluation;

/// <summary>How a training process ended.</summary>
/// <param name="Error">What went wrong, or null.</param>
/// <param name="ExitCode">What it exited with; 128 and the signal's number where a signal ended it.</param>
/// <param name="PeakMemoryBytes">The most memory that it held resident, as it said itself; 0 if it did not say.</param>
public sealed record TrainingEnd(string? Error, int ExitCode = 0, long PeakMemoryBytes = 0);
