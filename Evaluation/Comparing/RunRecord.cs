namespace RLSeq.Evaluation;

/// <summary>What the journal keeps of a run that ended.</summary>
/// <param name="Attempts">How often it was tried, interruptions not counted.</param>
/// <param name="Error">Why the last attempt failed, or null.</param>
/// <param name="FirstError">Why the first attempt failed, where there was another.</param>
/// <param name="PeakMemoryBytes">The most memory that its process held; 0 if it did not say.</param>
internal sealed record RunRecord(int Attempts, string? Error, string? FirstError, long PeakMemoryBytes);
