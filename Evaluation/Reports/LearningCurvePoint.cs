namespace RLSeq.Evaluation;

/// <summary>One point of a learning curve.</summary>
/// <param name="Step">Environment steps taken so far.</param>
/// <param name="Seconds">Seconds since training began.</param>
/// <param name="MeanReturn">The mean return of the training episodes that ended since the previous point.</param>
public readonly record struct LearningCurvePoint(long Step, double Seconds, double MeanReturn);
