namespace RLSeq.Evaluation;

/// <summary>
/// The memory with the highest mean return against one other, on one environment: where the world waits and at every deadline. What the sentences
/// say of two memories, they say by the verdicts made here.
/// </summary>
public sealed record MemoryDifference
{
    /// <summary>The memory with the highest mean return.</summary>
    public required string First { get; init; }

    /// <summary>The other.</summary>
    public required string Second { get; init; }

    /// <summary>The returns of the final evaluation.</summary>
    public required DifferenceAt Evaluated { get; init; }

    /// <summary>How likely a run of the first earns more than a run of the second (see <see cref="ProbabilityOfImprovement"/>).</summary>
    public required Estimate Probability { get; init; }

    /// <summary>The undelayed returns of the curves, or null where one of the two has none.</summary>
    public required DifferenceAt? Waits { get; init; }

    /// <summary>The deadlines that both curves have, from short to long.</summary>
    public required IReadOnlyList<DifferenceAt> Deadlines { get; init; }

    /// <summary>Compares the best memory of an environment with each other one; empty with fewer than two that have a usable run.</summary>
    /// <param name="results">The environment's results.</param>
    /// <param name="block">Its figures.</param>
    /// <param name="options">Replicates and seed of the intervals.</param>
    internal static IReadOnlyList<MemoryDifference> From(IReadOnlyList<MemoryResult> results, ComparisonBlock block, BootstrapOptions options)
    {
        ComparisonRow[] rows = [.. block.Rows.Where(row => row.Return is not null).OrderByDescending(row => row.Return!.Value.Value)];
        if (rows.Length < 2) return [];
        DeadlineSetup? setup = DeadlineSetup.Main(block);
        return [.. rows.Skip(1).Select(row => Between(rows[0], row))];

        MemoryDifference Between(ComparisonRow first, ComparisonRow second)
        {
            RunResult[] x = Usable(first), y = Usable(second);
            DeadlineSummary? a = setup?.CurveOf(first), b = setup?.CurveOf(second);
            return new MemoryDifference
            {
                First = first.Memory,
                Second = second.Memory,
                Evaluated = DifferenceAt.Of(null, x.Select(run => (run.Seed, run.EpisodeReturns)), first.Return!.Value, y.Select(run => (run.Seed, run.EpisodeReturns)), second.Return!.Value, options),
                Probability = ProbabilityOfImprovement.Of([Means(x)], [Means(y)], options),
                Waits = a is null || b is null ? null : DifferenceAt.Of(null, Runs(a.Curve.Undelayed), a.Undelayed, Runs(b.Curve.Undelayed), b.Undelayed, options),
                Deadlines = a is null || b is null ? [] :
                [
                    .. from i in Enumerable.Range(0, a.Points.Count)
                       from j in Enumerable.Range(0, b.Points.Count)
                       where a.Points[i].DeadlineUs == b.Points[j].DeadlineUs
                       select DifferenceAt.Of(a.Points[i].DeadlineUs, Runs(a.Curve.Points[i]), a.Points[i].Return, Runs(b.Curve.Points[j]), b.Points[j].Return, options),
                ],
            };
        }

        RunResult[] Usable(ComparisonRow row) => [.. results.First(result => result.Memory == row.Memory).Runs.Where(run => run.IsUsable)];

        static double[] Means(RunResult[] runs) => [.. runs.Select(run => run.EpisodeReturns.Average())];

        static IEnumerable<(ulong, IReadOnlyList<double>)> Runs(DeadlinePoint point) => point.Runs.Select(run => (run.Seed, run.Returns));
    }
}
