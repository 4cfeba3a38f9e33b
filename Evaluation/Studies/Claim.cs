namespace RLSeq.Evaluation;

/// <summary>
/// An argument of the debate on memories, made an experiment: what is trained and timed, and the rule of its verdict, all written down before
/// anything is run. Supported if every condition holds, refuted if one fails, else inconclusive; and inconclusive if a control is not met.
/// </summary>
public abstract class Claim
{
    /// <summary>Its number in the study.</summary>
    public abstract int Number { get; }

    /// <summary>The claim in one sentence, as those who hold it put it.</summary>
    public abstract string Sentence { get; }

    /// <summary>How the sentence became an experiment: what stands for its words, and why.</summary>
    public abstract string Experiment { get; }

    /// <summary>What the experiment cannot show.</summary>
    public abstract string CannotShow { get; }

    /// <summary>Seeds of each arm in the default study, and in the full one.</summary>
    public virtual (int Default, int Full) Seeds => (5, 10);

    /// <summary>The conditions, all of which the claim asserts.</summary>
    /// <param name="scale">How large the study is.</param>
    public abstract IReadOnlyList<Condition> Conditions(StudyScale scale);

    /// <summary>What must be true for the conditions to mean anything.</summary>
    /// <param name="scale">How large the study is.</param>
    public virtual IReadOnlyList<Control> Controls(StudyScale scale) => [];

    /// <summary>What is measured and shown beside, without a say in the verdict.</summary>
    /// <param name="scale">How large the study is.</param>
    public virtual IReadOnlyList<Measure> Observations(StudyScale scale) => [];

    /// <summary>The coverage of each condition's interval: the claim's k conditions share 5 % of error between them.</summary>
    /// <param name="scale">How large the study is.</param>
    public double Confidence(StudyScale scale) => 1 - (0.05 / Conditions(scale).Count);

    /// <summary>The seeds of each of its runs.</summary>
    /// <param name="scale">How large the study is.</param>
    public IReadOnlyList<ulong> SeedsAt(StudyScale scale) => [.. Enumerable.Range(1, scale.Seeds ?? (scale.Full ? Seeds.Full : Seeds.Default)).Select(seed => (ulong)seed)];

    /// <summary>Everything that it trains, whether or not this build can.</summary>
    /// <param name="scale">How large the study is.</param>
    public IReadOnlyList<Arm> Arms(StudyScale scale) =>
        [.. Conditions(scale).SelectMany(condition => condition.Measure.Arms).Concat(Controls(scale).SelectMany(control => control.Arms)).Concat(Observations(scale).SelectMany(measure => measure.Arms)).DistinctBy(arm => (arm.Label, StudyRun.IdOf(arm.Configuration)))];

    /// <summary>Everything that it times.</summary>
    /// <param name="scale">How large the study is.</param>
    public IReadOnlyList<CostProbe> Probes(StudyScale scale) =>
        [.. Conditions(scale).Select(condition => condition.Measure).Concat(Observations(scale)).SelectMany(measure => measure.Probes).Distinct()];

    /// <summary>The arms that are trained: those of conditions whose memories and wrappers are all there, and of their controls.</summary>
    /// <param name="scale">How large the study is.</param>
    public IReadOnlyList<Arm> ArmsToTrain(StudyScale scale) => IsTested(scale) ? [.. Tested(scale).SelectMany(measure => measure.Arms).Concat(Controls(scale).SelectMany(control => control.Arms)).Where(arm => arm.Missing is null)] : [];

    /// <summary>The probes that are timed.</summary>
    /// <param name="scale">How large the study is.</param>
    public IReadOnlyList<CostProbe> ProbesToTime(StudyScale scale) => IsTested(scale) ? [.. Tested(scale).SelectMany(measure => measure.Probes).Distinct()] : [];

    /// <summary>Whether this build can test at least one of its conditions.</summary>
    /// <param name="scale">How large the study is.</param>
    public bool IsTested(StudyScale scale) => Conditions(scale).Any(condition => condition.Measure.Missing.Count == 0);

    private IEnumerable<Measure> Tested(StudyScale scale) => Conditions(scale).Select(condition => condition.Measure).Concat(Observations(scale)).Where(measure => measure.Missing.Count == 0);
}
