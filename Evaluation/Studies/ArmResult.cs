namespace RLSeq.Evaluation;

/// <summary>What the seeds of an arm earned.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Seeds">The seeds whose runs can be used.</param>
/// <param name="Returns">The mean return of each.</param>
/// <param name="Scores">The score of each.</param>
/// <param name="StepsPerSecond">The mean speed of training, beside other runs; null without any.</param>
internal sealed record ArmResult(Arm Arm, ulong[] Seeds, double[] Returns, double[] Scores, double? StepsPerSecond)
{
    /// <summary>The arms of a claim that were trained.</summary>
    public static IEnumerable<ArmResult> Of(StudyResult study, ClaimResult claim)
    {
        foreach (Arm arm in claim.Claim.ArmsToTrain(study.Plan.Scale).DistinctBy(arm => (arm.Label, StudyRun.IdOf(arm.Configuration))))
        {
            ulong[] seeds = [.. claim.Claim.SeedsAt(study.Plan.Scale).Where(seed => study.Data.MeanReturn(arm, seed) is not null)];
            double[] returns = [.. seeds.Select(seed => study.Data.MeanReturn(arm, seed)!.Value)];
            double[] rates = [.. seeds.Select(seed => study.Data.Run(arm, seed)!.StepsPerSecond).Where(double.IsFinite)];
            yield return new ArmResult(arm, seeds, returns, [.. returns.Select(arm.Score)], rates.Length == 0 ? null : Statistic.Mean(rates));
        }
    }
}
