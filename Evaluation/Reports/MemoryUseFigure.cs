namespace RLSeq.Evaluation;

/// <summary>What an intervention in a memory's state does to its return.</summary>
/// <param name="Intervention">What was done to the state before every action.</param>
/// <param name="Steps">For <see cref="MemoryIntervention.Truncated"/>: how many recent observations were left.</param>
/// <param name="Return">The return under it, with its two-level interval.</param>
/// <param name="Lost">What it costs: the intact return minus this one, seeds and episodes paired, the interval expanded for few seeds; null for the intact state and where nothing can be paired.</param>
public sealed record MemoryUseFigure(MemoryIntervention Intervention, int? Steps, Estimate Return, Estimate? Lost)
{
    /// <summary>Whether the intervention certainly costs return.</summary>
    public bool Costs => Lost is { Low: > 0 };

    /// <summary>The figures of all interventions, in the order of the result; those without a usable return are left out.</summary>
    /// <param name="uses">The returns under each intervention.</param>
    /// <param name="options">Replicates and seed of the intervals.</param>
    internal static IReadOnlyList<MemoryUseFigure> From(IReadOnlyList<MemoryUse> uses, BootstrapOptions options)
    {
        MemoryUseRun[] intact = Usable(uses.FirstOrDefault(use => use.Intervention == MemoryIntervention.Intact));
        return [.. uses.Select(use => (Use: use, Runs: Usable(use))).Where(pair => pair.Runs.Length > 0).Select(pair => new MemoryUseFigure(
            pair.Use.Intervention,
            pair.Use.Steps,
            ReturnEstimate.Mean([.. pair.Runs.Select(run => run.Returns.ToArray())], options),
            pair.Use.Intervention == MemoryIntervention.Intact ? null : PairedRuns.Difference(intact.Select(Pairable), pair.Runs.Select(Pairable), options)))];
    }

    private static (ulong Seed, IReadOnlyList<double> Returns) Pairable(MemoryUseRun run) => (run.Seed, run.Returns);

    private static MemoryUseRun[] Usable(MemoryUse? use) =>
        [.. (use?.Runs ?? []).Where(run => run.Returns.Count > 0 && run.Returns.All(double.IsFinite))];
}
