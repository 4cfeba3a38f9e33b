namespace RLSeq.Evaluation;

/// <summary>What the journal keeps of the sweep over deadlines: a whole sweep or none.</summary>
/// <param name="Runs">The runs whose policies were played, by name; a sweep of other runs is no part of the comparison.</param>
/// <param name="Results">The curves of each memory.</param>
/// <param name="Notes">As of <see cref="DeadlineCurves"/>.</param>
internal sealed record DeadlineRecord(IReadOnlyList<string> Runs, IReadOnlyList<MemoryDeadlines> Results, IReadOnlyList<string> Notes)
{
    public static DeadlineRecord Of(IReadOnlyList<string> runs, DeadlineCurves curves) =>
        new(runs, [.. curves.Curves.Select(pair => new MemoryDeadlines(pair.Key.Environment, pair.Key.Memory, pair.Value))], curves.Notes);

    public DeadlineCurves ToCurves() => new(Results.ToDictionary(one => (one.Environment, one.Memory), one => one.Curves), Notes);
}
