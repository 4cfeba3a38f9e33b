using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>All that a study measured, for its claims to be judged by.</summary>
public sealed class StudyData
{
    private readonly Dictionary<string, RunResult> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<CostProbe, CostSamples> _costs = [];

    /// <summary>Adds what became of a run.</summary>
    /// <param name="configuration">All that decided it.</param>
    /// <param name="result">Its result, or its failure.</param>
    public void Add(TrainingConfiguration configuration, RunResult result) => _runs[StudyRun.IdOf(configuration)] = result;

    /// <summary>Adds what a probe measured.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="samples">What it measured.</param>
    public void Add(CostProbe probe, CostSamples samples) => _costs[probe] = samples;

    /// <summary>A run; null where it was never made.</summary>
    /// <param name="arm">What was trained.</param>
    /// <param name="seed">Its seed.</param>
    public RunResult? Run(Arm arm, ulong seed) => _runs.GetValueOrDefault(StudyRun.IdOf(arm.Run(seed)));

    /// <summary>What a probe measured; null where it did not.</summary>
    /// <param name="probe">The probe.</param>
    public CostSamples? Costs(CostProbe probe) => _costs.GetValueOrDefault(probe);

    /// <summary>The mean return of a run's evaluation; null where the run failed or is missing.</summary>
    /// <param name="arm">What was trained.</param>
    /// <param name="seed">Its seed.</param>
    public double? MeanReturn(Arm arm, ulong seed) => Run(arm, seed) is { IsUsable: true } run ? Statistic.Mean(run.EpisodeReturns.ToArray()) : null;

    /// <summary>The score of a run (<see cref="Arm.Score"/>); null where the run failed or is missing.</summary>
    /// <param name="arm">What was trained.</param>
    /// <param name="seed">Its seed.</param>
    public double? Score(Arm arm, ulong seed) => MeanReturn(arm, seed) is { } value ? arm.Score(value) : null;
}
