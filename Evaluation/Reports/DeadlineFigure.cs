namespace RLSeq.Evaluation;

/// <summary>One deadline of a curve, over all seeds.</summary>
/// <param name="DeadlineUs">The deadline, which is also the period, in microseconds.</param>
/// <param name="Return">The return with its two-level interval.</param>
/// <param name="Kept">The share of the undelayed return that is kept, by the means: 1 all, 0 nothing; null where there is nothing to lose.</param>
/// <param name="MissRate">The share of decisions that came after the deadline, 0 to 1, the mean over seeds.</param>
/// <param name="DroppedRate">The share of ticks whose observation a busy agent did not see, 0 to 1, the mean over seeds.</param>
public readonly record struct DeadlineFigure(double DeadlineUs, Estimate Return, double? Kept, double MissRate, double DroppedRate);
