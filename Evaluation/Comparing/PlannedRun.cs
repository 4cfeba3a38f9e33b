namespace RLSeq.Evaluation;

/// <summary>One training run of a comparison.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Memory">The memory's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Folder">The run's folder.</param>
public sealed record PlannedRun(string Environment, string Memory, ulong Seed, string Folder)
{
    /// <summary>A short name for progress bars and messages.</summary>
    public string Name => $"{Environment} {Memory} #{Seed}";
}
