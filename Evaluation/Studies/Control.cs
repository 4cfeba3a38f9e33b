namespace RLSeq.Evaluation;

/// <summary>What must be true for an experiment to be able to say anything, such as that a task was learned at all.</summary>
/// <param name="Text">What must be true, as a sentence.</param>
/// <param name="Bound">The least value.</param>
/// <param name="Value">The value, from the runs of some seeds; null where too little was measured.</param>
public sealed record Control(string Text, double Bound, Func<StudyData, IReadOnlyList<ulong>, double?> Value)
{
    /// <summary>The runs that it looks at.</summary>
    public IReadOnlyList<Arm> Arms { get; init; } = [];
}
