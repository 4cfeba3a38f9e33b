namespace RLSeq.Evaluation;

/// <summary>
/// The figures of a comparison, computed once: tables, sentences and charts are made from them, so that no two of them can disagree.
/// </summary>
public sealed class ComparisonTable
{
    private ComparisonTable(IReadOnlyList<ComparisonBlock> blocks, IReadOnlyList<BenchmarkScore> benchmark)
    {
        Blocks = blocks;
        Benchmark = benchmark;
    }

    /// <summary>10,000 replicates: the ends of an interval move by about a hundredth of its width, less than the digits that are shown.</summary>
    public const int DefaultReplicates = 10_000;

    /// <summary>One block per environment.</summary>
    public IReadOnlyList<ComparisonBlock> Blocks { get; }

    /// <summary>The memories over all environments; empty with fewer than two environments, or where one has no random or reference return.</summary>
    public IReadOnlyList<BenchmarkScore> Benchmark { get; }

    /// <summary>Computes the figures of a comparison.</summary>
    /// <param name="result">The comparison. Environments that only results name are added behind those that are described.</param>
    /// <param name="replicates">How many times the runs are resampled for the 95 % intervals.</param>
    public static ComparisonTable From(ComparisonResult result, int replicates = DefaultReplicates)
    {
        ArgumentNullException.ThrowIfNull(result);
        var options = new BootstrapOptions { Replicates = replicates };

        IEnumerable<EnvironmentInfo> undescribed = result.Results
            .Select(r => r.Environment)
            .Except(result.Environments.Select(e => e.Name), StringComparer.Ordinal)
            .Select(name => new EnvironmentInfo { Name = name });
        return new ComparisonTable([.. result.Environments.Concat(undescribed).Select(Block)], BenchmarkScore.From(result, options));

        ComparisonBlock Block(EnvironmentInfo environment)
        {
            MemoryResult[] results = [.. result.Results.Where(r => r.Environment == environment.Name)];
            var block = new ComparisonBlock(environment, [.. results.Select(r => ComparisonRow.From(environment, r, options))]);
            return block with { Differences = MemoryDifference.From(results, block, options with { Replicates = Math.Min(replicates, ComparisonRow.DrawnReplicates) }) };
        }
    }

    /// <summary>Plain aligned text for a terminal, at most 100 columns wide; long names are shortened.</summary>
    public string ToText() => PlainTable.Write(this);

    /// <summary>Tables in Markdown, names escaped.</summary>
    public string ToMarkdown() => MarkdownTable.Write(this);

    /// <summary>Comma-separated values with a header, one line per environment and memory, numbers in full, empty where there is none.</summary>
    public string ToCsv() => CsvTable.Write(this);
}
