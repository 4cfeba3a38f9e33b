namespace RLSeq.Evaluation.Tests;

/// <summary>Each sentence follows from the intervals by its rule. Constant returns make the intervals exact.</summary>
public class ComparisonSummaryTests
{
    private static readonly EnvironmentInfo Plain = new() { Name = "t-maze" };

    [Fact]
    public void Disjoint_intervals_of_enough_seeds_say_which_earns_more()
    {
        string[] text = Texts(Plain, MadeUp.Exact("none", 0, 0, 0, 0, 0), MadeUp.Exact("lstm", 1, 1, 1, 1, 1));
        Assert.Equal("lstm (1.00, 95 % interval 1.00 to 1.00) earns more than none (0.00, 95 % interval 0.00 to 0.00; probability 1.00): the interval of the paired difference lies above 0.", text[0]);
        Assert.DoesNotContain(text, sentence => sentence.Contains("seeds the intervals are too narrow"));
    }

    [Fact]
    public void Disjoint_intervals_of_few_seeds_speak_of_these_runs_and_say_how_often_that_errs()
    {
        string[] text = Texts(Plain, MadeUp.Exact("none", 0, 0), MadeUp.Exact("lstm", 1, 1));
        Assert.Contains("lstm (1.00, 95 % interval 1.00 to 1.00) earned more in these runs than none", text[0]);
        Assert.Contains(text, sentence => sentence.StartsWith("With 2 seeds", StringComparison.Ordinal) && sentence.Contains("1 of 3 comparisons"));
        Assert.Contains(Texts(Plain, MadeUp.Exact("none", 0, 0, 0)), sentence => sentence.Contains("1 of 10 comparisons"));
    }

    [Fact]
    public void One_seed_allows_no_conclusion()
    {
        string[] text = Texts(Plain, MadeUp.Exact("none", 0), MadeUp.Exact("lstm", 1));
        Assert.Contains("in these runs", text[0]);
        Assert.Contains("no conclusion about the memories follows", text[^1]);
    }

    [Fact]
    public void Overlapping_intervals_leave_the_question_open()
    {
        string[] text = Texts(Plain, MadeUp.Exact("lstm", 0, 1, 0, 1, 1), MadeUp.Exact("gru", 0, 1, 0, 1, 0));
        Assert.Matches(@"^No difference between lstm \(0\.60, 95 % interval 0\.\d+ to 1\.00\) and gru \(0\.40, .*\) can be concluded: the interval of the paired difference holds 0\.$", text[0]);
        Assert.Contains("can be concluded: the intervals overlap.", Texts(Plain, MadeUp.Exact("lstm", 0, 1), MadeUp.Exact("gru", 0, 0))[0]);
    }

    [Fact]
    public void What_two_memories_share_does_not_hide_a_difference()
    {
        // The seeds differ by 4, the memories by 0.1 with every seed: the intervals overlap, the paired difference is certain.
        string[] text = Texts(Plain, MadeUp.Exact("lstm", 0.1, 1.1, 2.1, 3.1, 4.1), MadeUp.Exact("gru", 0, 1, 2, 3, 4));
        Assert.Contains("lstm (2.10, ", text[0]);
        Assert.Contains("earns more than gru", text[0]);
        Assert.Contains("probability 0.60)", text[0]);   // 15 of the 25 pairs of runs are won by lstm
    }

    [Fact]
    public void Five_seeds_of_which_one_contradicts_leave_the_question_open() =>
        Assert.StartsWith("No difference between", Texts(Plain, MadeUp.Exact("lstm", 1, 1, 1, 1, 0), MadeUp.Exact("gru", 0, 0, 0, 0, 1))[0], StringComparison.Ordinal);

    [Fact]
    public void A_tie_is_called_one() =>
        Assert.Equal("a and b earned exactly the same (1.00, 95 % interval 1.00 to 1.00).", Texts(Plain, MadeUp.Exact("a", 1, 1, 1, 1, 1), MadeUp.Exact("b", 1, 1, 1, 1, 1))[0]);

    [Fact]
    public void Many_memories_are_listed_by_name()
    {
        string text = Texts(Plain, [.. "abcde".Select((name, i) => MadeUp.Exact(name.ToString(), i, i, i, i, i))])[0];
        Assert.Equal("e (4.00, 95 % interval 4.00 to 4.00) earns more than d (probability 1.00), c (probability 1.00), b (probability 1.00) and a (probability 1.00): the interval of each paired difference lies above 0.", text);
    }

    [Fact]
    public void A_single_memory_is_stated() => Assert.Equal("lstm earns 1.00, 95 % interval 1.00 to 1.00, over 2 seeds.", Texts(Plain, MadeUp.Exact("lstm", 1, 1))[0]);

    [Theory]
    [InlineData(1.2, "lstm earned more in these runs than the reference (1.00).")]
    [InlineData(0.996, "lstm gets over 99 % of the way from random actions (-0.50) to the reference (1.00).")]
    [InlineData(1.0, "lstm reaches the reference (1.00): it lies in the interval.")]
    [InlineData(0.7, "lstm gets 80 % of the way from random actions (-0.50) to the reference (1.00).")]
    public void The_best_is_held_against_the_reference(double level, string expected) =>
        Assert.Contains(expected, Texts(MadeUp.TMaze, MadeUp.Exact("lstm", level, level)));

    [Fact]
    public void Enough_seeds_above_the_reference_speak_of_the_memory() =>
        Assert.Contains("lstm earns more than the reference (1.00).", Texts(MadeUp.TMaze, MadeUp.Exact("lstm", 1.2, 1.2, 1.2, 1.2, 1.2)));

    [Fact]
    public void A_higher_mean_over_other_seeds_does_not_hide_who_earns_more_over_the_common_ones()
    {
        // gru earns 0.1 more with every seed that both finished; lstm's mean is higher by the five easy seeds that gru failed.
        MemoryResult gru = MadeUp.Exact("gru", 0.6, 0.6, 0.6, 0.6, 0.6), lstm = MadeUp.Exact("lstm", 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1);
        string[] text = Texts(Plain, gru with { Runs = [.. gru.Runs, .. Enumerable.Range(5, 5).Select(seed => MadeUp.FailedRun("t-maze", "gru", (ulong)seed, "it broke"))] }, lstm);
        Assert.Matches(@"^Over the 5 seeds that both have, gru \(0\.60, .*\) earns more than lstm \(0\.75, .*\), which has the higher mean over seeds of its own: the interval of the paired difference lies below 0\.$", text[0]);
        Assert.DoesNotContain(text, sentence => sentence.StartsWith("No difference", StringComparison.Ordinal));
    }

    [Fact]
    public void A_memory_at_the_level_of_random_actions_is_named() =>
        Assert.Contains("none cannot be told from random actions or is worse (-0.50).", Texts(MadeUp.TMaze, MadeUp.Exact("none", -0.5, -0.5), MadeUp.Exact("lstm", 1, 1)));

    [Fact]
    public void Latencies_are_compared_at_the_median()
    {
        string[] text = Texts(Plain, Timed("transformer", 12.4), Timed("lstm", 5.8), Timed("gru", 5.9), Timed("lru", 58));
        Assert.Contains("lstm acts fastest at the median (5.8 µs): gru is as fast within 5 % (5.9 µs), transformer 2.1 times (12.4 µs) and lru 10 times (58 µs).", text);
        Assert.Contains("lstm acts fastest at the median (5.8 µs): transformer takes 2.1 times as long (12.4 µs).", Texts(Plain, Timed("transformer", 12.4), Timed("lstm", 5.8)));
        Assert.DoesNotContain(text, sentence => sentence.Contains("tail"));
    }

    [Fact]
    public void A_tail_that_changes_the_order_is_pointed_out()
    {
        MemoryResult jumpy = Timed("jumpy", 2), steady = Timed("steady", 3);
        string[] text = Texts(Plain, jumpy with { Latency = jumpy.Latency! with { P999Us = 900 } }, steady);
        Assert.Contains("In the tail the order changes: at p99.9 steady is the fastest (9 µs, against 900 µs of jumpy).", text);
    }

    [Fact]
    public void Missing_latencies_different_conditions_and_allocations_are_cautions()
    {
        Assert.Contains("No latency was measured for lstm.", Cautions(Timed("gru", 2), MadeUp.Exact("lstm", 1)));

        MemoryResult torch = Timed("torch", 90);
        MemoryResult[] mixed = [Timed("gru", 2), torch with { Latency = torch.Latency! with { Conditions = "libtorch" } }];
        Assert.Contains("The latencies were measured under different conditions and cannot be compared.", Cautions(mixed));
        Assert.DoesNotContain(Texts(Plain, mixed), sentence => sentence.Contains("fastest"));

        MemoryResult greedy = Timed("greedy", 2);
        Assert.Contains(Cautions(greedy with { Latency = greedy.Latency! with { AllocatedBytesPerAction = 24 } }), text => text.StartsWith("greedy allocates 24 bytes per action", StringComparison.Ordinal));
    }

    [Fact]
    public void Failed_and_missing_runs_are_cautions()
    {
        MemoryResult half = MadeUp.Exact("gru", 1, 1);
        string[] cautions = Cautions(half with { Runs = [.. half.Runs, MadeUp.FailedRun("t-maze", "gru", 2, "it broke")] }, MadeUp.Exact("lstm") with { Runs = [] });
        Assert.Contains(cautions, text => text.StartsWith("1 of 3 seeds of gru failed and is in no figure", StringComparison.Ordinal));
        Assert.Contains("lstm was not run.", cautions);
    }

    [Fact]
    public void Nothing_finished_and_nothing_at_all_are_said()
    {
        Assert.Equal("No run finished, so there are no returns to compare.", Texts(Plain, MadeUp.Exact("a") with { Runs = [MadeUp.FailedRun("t-maze", "a", 0, "x")] })[0]);
        Assert.Equal("The comparison holds no results.", Assert.Single(ComparisonSummary.Of(ComparisonTable.From(MadeUp.Comparison([], [])))).Text);
    }

    [Fact]
    public void Over_several_environments_the_probability_of_improvement_decides()
    {
        EnvironmentInfo[] environments = [MadeUp.TMaze, MadeUp.TMaze with { Name = "recall" }];
        MemoryResult[] results =
        [
            .. environments.SelectMany(e => new[] { In(e, MadeUp.Exact("lstm", 0.8, 0.9, 0.7)), In(e, MadeUp.Exact("gru", 0.85, 0.8, 0.6)), In(e, MadeUp.Exact("none", -0.5, -0.4, -0.5)) }),
        ];
        string text = ComparisonSummary.Of(ComparisonTable.From(MadeUp.Comparison(environments, results), 1000)).Single(s => s.Environment is null && !s.IsCaution).Text;
        Assert.Contains("Over 2 environments, with random actions at 0 and the reference at 1, lstm has the highest interquartile mean (0.8", text);
        Assert.Contains("Its runs more often than not scored, in this comparison, above those of none:", text);   // of 3 seeds
        Assert.Contains("Whether its runs are likely to score above those of gru is open.", text);
        MemoryResult[] five = [.. environments.SelectMany(e => new[] { In(e, MadeUp.Exact("lstm", 1, 1, 1, 1, 1)), In(e, MadeUp.Exact("none", 0, 0, 0, 0, 0)) })];
        Assert.Contains("Its runs are more likely than not to score above those of none:", ComparisonSummary.Of(ComparisonTable.From(MadeUp.Comparison(environments, five), 1000)).Single(s => s.Environment is null).Text);
    }

    private static MemoryResult In(EnvironmentInfo environment, MemoryResult result) => result with { Environment = environment.Name };

    private static MemoryResult Timed(string memory, double p50) => MadeUp.Exact(memory, 1, 1) with { Latency = MadeUp.Latency(p50) };

    private static string[] Texts(EnvironmentInfo environment, params MemoryResult[] results) =>
        [.. ComparisonSummary.Of(ComparisonTable.From(MadeUp.Comparison([environment], results), 1000)).Select(sentence => sentence.Text)];

    private static string[] Cautions(params MemoryResult[] results) =>
        [.. ComparisonSummary.Of(ComparisonTable.From(MadeUp.Comparison([Plain], results), 1000)).Where(sentence => sentence.IsCaution).Select(sentence => sentence.Text)];
}
