using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// What a study will take, from rates known before it runs: environment steps per second of one training on one thread of a two-core machine with
/// another training beside it (docs/results.md). It serves to plan, not to promise.
/// </summary>
public static class StudyBudget
{
    /// <summary>Seconds to start a training and to evaluate what it left.</summary>
    private const double SecondsAround = 2.5;

    /// <summary>Seconds that a probe takes over all of its rounds.</summary>
    private const double ActingSeconds = 5, TrainingSeconds = 25;

    /// <summary>Steps per second of a Transformer over 64 steps; over more it is slower, by half for four times as many.</summary>
    private const double TransformerRate = 12_000, TransformerContext = 64;

    /// <summary>The seconds of one run.</summary>
    /// <param name="configuration">All that decides it.</param>
    public static double Seconds(TrainingConfiguration configuration) => SecondsAround + (configuration.Updates * configuration.StepsPerUpdate / Rate(configuration));

    /// <summary>The seconds of training of one claim by itself, all runs one after the other.</summary>
    /// <param name="claim">The claim, as if all that it needs were there.</param>
    /// <param name="scale">The study's size.</param>
    public static double RunSeconds(Claim claim, StudyScale scale) =>
        claim.SeedsAt(scale).Count * claim.Arms(scale).DistinctBy(arm => StudyRun.IdOf(arm.Configuration)).Sum(arm => Seconds(arm.Configuration));

    /// <summary>The seconds of timing of one claim by itself.</summary>
    /// <param name="claim">The claim, as if all that it needs were there.</param>
    /// <param name="scale">The study's size.</param>
    public static double ProbeSeconds(Claim claim, StudyScale scale) => ProbeSeconds(claim.Probes(scale));

    /// <summary>How long some runs side by side, and some timings after them, take on a clock.</summary>
    /// <param name="runs">The runs, each once.</param>
    /// <param name="probes">The timings, each once.</param>
    /// <param name="jobs">Runs at the same time.</param>
    public static TimeSpan Wall(IReadOnlyList<StudyRun> runs, IReadOnlyList<CostProbe> probes, int jobs) =>
        TimeSpan.FromSeconds((runs.Sum(run => Seconds(run.Configuration)) / jobs) + ProbeSeconds(probes));

    private static double ProbeSeconds(IEnumerable<CostProbe> probes) => probes.Sum(probe => probe is TrainingProbe ? TrainingSeconds : ActingSeconds);

    private static double Rate(TrainingConfiguration configuration) => configuration.Memory.Name switch
    {
        "none" => 90_000,
        "gru" or "min-gru" => 40_000,
        "lstm" => 30_000,
        "gated-delta-net" or "delta-net" or "linear-attention" => 20_000,
        _ => TransformerRate * Math.Min(1, Math.Sqrt(TransformerContext / Math.Max(1, configuration.Memory.Context))), // a Transformer, or something newer that costs as much
    };
}
