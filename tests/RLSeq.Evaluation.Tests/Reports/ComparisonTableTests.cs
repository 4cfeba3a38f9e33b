namespace RLSeq.Evaluation.Tests;

public class ComparisonTableTests
{
    private const int Few = 500;

    [Fact]
    public void The_terminal_shows_one_aligned_line_per_memory()
    {
        ComparisonResult result = MadeUp.Comparison([MadeUp.TMaze], [Constant("none", -0.5), Constant("lstm", 1) with { Latency = MadeUp.Latency(12.4) }]);
        string expected = """
            t-maze
            memory         return [95 %]  seeds      p50      p99    p99.9  params  state  steps/s
            none    -0.50 [-0.50, -0.50]      3        -        -        -  35.1 k  2 KiB      100
            lstm       1.00 [1.00, 1.00]      3  12.4 µs  19.8 µs  37.2 µs  35.1 k  2 KiB      100

            """.ReplaceLineEndings("\n");
        Assert.Equal(expected, ComparisonTable.From(result, Few).ToText());
    }

    [Fact]
    public void The_terminal_shows_what_a_deadline_costs()
    {
        MemoryResult lstm = Constant("lstm", 1) with { Latency = MadeUp.Latency(100), Deadlines = [MadeUpClock.Exact([100, 1000, 100_000], 1, [0, 1, 1], seeds: 3)] };
        string text = ComparisonTable.From(MadeUp.Comparison([new EnvironmentInfo { Name = "t-maze", RandomReturn = 0 }], [lstm]), Few).ToText();
        string expected = """
            under a deadline, the world not waiting
            memory        area [95 %]   keeps 95 % from [95 %]  misses at 1 kHz  agents per frame
            lstm    0.83 [0.83, 0.83]  891 µs [891 µs, 891 µs]              0 %               104

            """.ReplaceLineEndings("\n");
        Assert.Equal(expected, text[text.IndexOf("under", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_terminal_is_never_wider_than_a_hundred_columns_and_names_cannot_steer_it()
    {
        MemoryResult result = MadeUp.Memory("t-maze", "a-memory-with-a-name-that-nobody-should-have-given-it\u001b[2J", 3, -12345.678, 99.9, 35_123_456, 999_999) with { Deadlines = [MadeUpClock.Curve(-20_000, "long", 3, -12345.678, 1234)] };
        string text = ComparisonTable.From(MadeUp.Comparison([MadeUp.TMaze with { Name = new string('e', 300) + "\n" }], [result with { Environment = new string('e', 300) + "\n" }]), Few).ToText();
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100, line));
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("-12345.", text);
        Assert.Contains("…", text);
    }

    [Fact]
    public void Failed_runs_are_counted_and_in_no_figure()
    {
        MemoryResult result = Constant("gru", 0.5);
        result = result with { Runs = [.. result.Runs, MadeUp.FailedRun("t-maze", "gru", 9, "it broke"), MadeUp.ExactRun("gru", 10, double.NaN)] };
        ComparisonRow row = ComparisonTable.From(MadeUp.Comparison([], [result]), Few).Blocks[0].Rows[0];
        Assert.Equal((3, 2, 0.5), (row.Seeds, row.FailedRuns, row.Return!.Value.Value));
        Assert.Contains("3/5", ComparisonTable.From(MadeUp.Comparison([], [result]), Few).ToText());
    }

    [Fact]
    public void A_memory_without_a_finished_run_keeps_its_line()
    {
        MemoryResult result = MadeUp.Exact("gru") with { Runs = [MadeUp.FailedRun("t-maze", "gru", 0, "it broke")] };
        string text = ComparisonTable.From(MadeUp.Comparison([MadeUp.TMaze], [result]), Few).ToText();
        Assert.Contains("gru     no finished run    0/1", text);
    }

    [Fact]
    public void Several_environments_have_a_block_each_and_one_over_all()
    {
        ComparisonResult result = MadeUp.Comparison(
            [MadeUp.TMaze, MadeUp.TMaze with { Name = "recall", RandomReturn = 0, ReferenceReturn = 10 }],
            [
                MadeUp.Memory("t-maze", "lstm", 3, 0.9, 5), MadeUp.Memory("t-maze", "none", 3, -0.4, 1),
                MadeUp.Memory("recall", "lstm", 3, 9, 5), MadeUp.Memory("recall", "none", 3, 1, 1),
            ]);
        ComparisonTable table = ComparisonTable.From(result, Few);
        Assert.Equal(["t-maze", "recall"], table.Blocks.Select(block => block.Environment.Name));
        Assert.Equal(["lstm", "none"], table.Benchmark.Select(score => score.Memory));

        // Scores are (0.9 + 0.5) / 1.5 = 0.93 and 9 / 10 for lstm; (-0.4 + 0.5) / 1.5 = 0.07 and 1 / 10 for none, within the noise between seeds.
        Assert.Equal(0.92, table.Benchmark[0].InterquartileMean.Value, 0.03);
        Assert.Equal(0.08, table.Benchmark[1].InterquartileMean.Value, 0.03);
        Assert.Equal(1 - 0.917, table.Benchmark[0].OptimalityGap.Value, 0.03);
        Assert.Null(table.Benchmark[0].BestBeatsThis);
        Assert.Equal(1, table.Benchmark[1].BestBeatsThis!.Value.Value);
        Assert.Contains("all environments", table.ToText());
        Assert.Contains("### recall", table.ToMarkdown());
    }

    [Fact]
    public void Without_a_common_scale_or_a_common_set_of_environments_there_is_no_overall_score()
    {
        MemoryResult[] results = [MadeUp.Memory("t-maze", "lstm", 2, 0.9, 5), MadeUp.Memory("recall", "lstm", 2, 9, 5)];
        Assert.Empty(ComparisonTable.From(MadeUp.Comparison([MadeUp.TMaze, new EnvironmentInfo { Name = "recall" }], results), Few).Benchmark);
        Assert.Empty(ComparisonTable.From(MadeUp.Comparison([MadeUp.TMaze, MadeUp.TMaze with { Name = "recall" }], results[..1]), Few).Benchmark);
    }

    [Fact]
    public void Markdown_escapes_names()
    {
        MemoryResult result = Constant("a|b<script>[x](http://y)`*_\n", 1);
        string line = ComparisonTable.From(MadeUp.Comparison([MadeUp.TMaze], [result]), Few).ToMarkdown().Split('\n')[2];
        Assert.StartsWith(@"| a\|b&lt;script\>[x\](http://y)\`\*\_  | 1.00 [1.00, 1.00] | 3 |", line);
    }

    [Fact]
    public void Csv_has_all_digits_and_quotes_what_needs_it()
    {
        MemoryResult lstm = MadeUp.Exact("lstm", 0.1, 0.2) with { Memory = "=l,\"s\"", Latency = MadeUp.Latency(12.5) };
        string[] lines = ComparisonTable.From(MadeUp.Comparison([MadeUp.TMaze], [lstm, MadeUp.Exact("none") with { Runs = [] }]), Few).ToCsv().Split('\n');
        string[] header = lines[0].Split(',');
        Assert.Equal(["environment", "memory", "seeds", "failed_runs", "return_mean", "return_ci_low", "return_ci_high"], header[..7]);

        Assert.StartsWith("t-maze,\"'=l,\"\"s\"\"\",2,0,0.15000000000000002,0.1,0.2,", lines[1]);
        Assert.Contains(",12.5,13.750000000000002,20,37.5,500,0,", lines[1]);
        Assert.Equal("t-maze,none,0,0" + new string(',', header.Length - 4), lines[2]);
    }

    private static MemoryResult Constant(string memory, double value)
    {
        MemoryResult result = MadeUp.Exact(memory, value, value, value);
        return result with { Runs = [.. result.Runs.Select(run => run with { Parameters = 35_100, StateBytes = 2048 })] };
    }
}
