namespace RLSeq.Evaluation;

/// <summary>What a sweep over deadlines found.</summary>
/// <param name="Curves">The curves of each environment and memory, one per slow-down.</param>
/// <param name="Notes">A sentence for each policy that could not be played.</param>
internal sealed record DeadlineCurves(IReadOnlyDictionary<(string Environment, string Memory), IReadOnlyList<DeadlineCurve>> Curves, IReadOnlyList<string> Notes)
{
    /// <summary>The curves of a memory; none where it was not played.</summary>
    public IReadOnlyList<DeadlineCurve> Of(string environment, string memory) => Curves.GetValueOrDefault((environment, memory), []);
}
