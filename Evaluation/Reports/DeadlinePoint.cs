namespace RLSeq.Evaluation;

/// <summary>One deadline of a curve.</summary>
/// <param name="DeadlineUs">The deadline, which is also the period, in microseconds; 0 stands for a world that waits.</param>
/// <param name="Runs">The policies of all seeds, in the order of the seeds.</param>
public sealed record DeadlinePoint(double DeadlineUs, IReadOnlyList<DeadlineRun> Runs);
