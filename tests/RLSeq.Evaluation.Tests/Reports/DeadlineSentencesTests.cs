namespace RLSeq.Evaluation.Tests;

/// <summary>The sentences about the clock and about the use of memory. Constant returns make the intervals exact.</summary>
public class DeadlineSentencesTests
{
    private static readonly EnvironmentInfo TMaze = new() { Name = "t-maze", RandomReturn = 0 };

    private static readonly double[] Deadlines = [10, 100, 1000, 1e6 / 60];

    [Fact]
    public void The_order_holds_down_to_the_shortest_deadline_before_the_first_doubt()
    {
        string[] text = Texts(Memory("gtrxl", 1, [0, 0.5, 1, 1]), Memory("lstm", 0.8, [0.8, 0.8, 0.8, 0.8]), Memory("none", 0.1, [0.1, 0.1, 0.1, 0.1]));
        Assert.Contains("Under a deadline gtrxl keeps earning more than lstm down to 1 ms and than none down to 100 µs.", text);
        Assert.Contains("With too little time the order turns: lstm earns more than gtrxl from 10 µs to 100 µs and none at 10 µs.", text);
    }

    [Fact]
    public void What_holds_again_below_a_doubt_does_not_count()
    {
        string[] text = Texts(Memory("gtrxl", 1, [1, 0, 1, 1]), Memory("lstm", 0.8, [0.8, 0.8, 0.8, 0.8]));
        Assert.Contains("Under a deadline gtrxl keeps earning more than lstm down to 1 ms.", text);
        Assert.Contains("With too little time the order turns: lstm earns more than gtrxl at 100 µs.", text);
    }

    [Fact]
    public void An_order_that_always_holds_and_one_that_never_does_are_said()
    {
        string[] text = Texts(Memory("gtrxl", 1, [1, 1, 1, 1]), Memory("lstm", 0.9, [1, 1, 1, 1]), Memory("none", 0.1, [0.1, 0.1, 0.1, 0.1]));
        Assert.Contains("Under a deadline gtrxl keeps earning more than none down to 10 µs, the shortest.", text);
        Assert.Contains("Whether gtrxl still earns more than lstm is open at the longest deadline already (16.7 ms).", text);
        Assert.DoesNotContain(text, sentence => sentence.Contains("turns"));
    }

    [Fact]
    public void Few_seeds_speak_of_these_runs()
    {
        string[] text = Texts(Memory("gtrxl", 1, [0, 0.5, 1, 1], seeds: 3), Memory("lstm", 0.8, [0.8, 0.8, 0.8, 0.8], seeds: 3));
        Assert.Contains("Under a deadline gtrxl kept earning in these runs more than lstm down to 1 ms.", text);
        Assert.Contains("With too little time the order turns: lstm earned more in these runs than gtrxl from 10 µs to 100 µs.", text);
        Assert.Contains("At 60 Hz and 1 kHz gtrxl and lstm kept 95 % of their return in these runs.", text);
    }

    [Fact]
    public void Rates_tell_who_keeps_its_return()
    {
        Assert.Contains("At 60 Hz all memories keep 95 % of their return.", ThreeAtRates());
        Assert.Contains("At 1 kHz lstm and none keep 95 % of their return; gtrxl loses more than 5 %.", ThreeAtRates());
        // Along the logarithm gtrxl falls from 1 at 16.7 ms to 0.5 at 1 ms: 0.95 is kept down to 16.7 ms · (1 / 16.7)^0.1 = 12.6 ms.
        Assert.Contains("The shortest deadline that keeps 95 % of the return is 10 µs or less for lstm and none; 12.6 ms for gtrxl (95 % interval 12.6 ms to 12.6 ms).", ThreeAtRates());

        static string[] ThreeAtRates() => Texts(Memory("gtrxl", 1, [0, 0, 0.5, 1]), Memory("lstm", 0.8, [0.8, 0.8, 0.8, 0.8]), Memory("none", 0.1, [0.1, 0.1, 0.1, 0.1]));
    }

    [Theory]
    [InlineData(new double[] { 10, 1000 }, new double[] { 0, 0 }, "whether gtrxl keeps 95 % is open", "gtrxl loses more than 5 %")]   // nothing was played at 60 Hz
    [InlineData(new double[] { 50_000, 100_000 }, new double[] { 1, 1 }, "whether gtrxl keeps 95 % is open", "whether gtrxl keeps 95 % is open")]
    [InlineData(new double[] { 16_666.7, 100_000 }, new double[] { 1, 1 }, "gtrxl keeps 95 % of its return", "whether gtrxl keeps 95 % is open")]   // --deadlines 60Hz,100ms
    [InlineData(new double[] { 100, 16_666.7 }, new double[] { 0, 0 }, "gtrxl loses more than 5 %", "gtrxl loses more than 5 %")]
    public void A_rate_beyond_what_was_played_is_not_said_to_lose(double[] deadlines, double[] returns, string at60Hz, string at1kHz)
    {
        string[] text = Texts(MadeUp.Exact("gtrxl", 1, 1, 1, 1, 1) with { Deadlines = [MadeUpClock.Exact(deadlines, 1, returns)] });
        string[] expected = at60Hz == at1kHz ? [$"At 60 Hz and 1 kHz {at60Hz}."] : [$"At 60 Hz {at60Hz}.", $"At 1 kHz {at1kHz}."];
        Assert.Equal(expected, text.Where(sentence => sentence.StartsWith("At ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Other_slow_downs_have_their_rates_and_deadlines_too()
    {
        MemoryResult gtrxl = Memory("gtrxl", 1, [1, 1, 1, 1]);
        DeadlineCurve slow = MadeUpClock.Exact(Deadlines, 1, [0, 0, 0.5, 1]) with { SlowDown = 10 };
        string[] text = Texts(gtrxl with { Deadlines = [gtrxl.Deadlines[0], slow] });
        Assert.Contains("At 60 Hz and 1 kHz gtrxl keeps 95 % of its return.", text);
        Assert.Contains("Where every action takes 10 times as long, at 60 Hz gtrxl keeps 95 % of its return.", text);
        Assert.Contains("Where every action takes 10 times as long, at 1 kHz gtrxl loses more than 5 %.", text);
        Assert.Contains("Where every action takes 10 times as long, the shortest deadline that keeps 95 % of the return is 12.6 ms for gtrxl (95 % interval 12.6 ms to 12.6 ms).", text);
    }

    [Fact]
    public void Several_memories_that_are_used_share_their_sentences()
    {
        string[] text = Texts(
            Used("lstm", (MemoryIntervention.Zeroed, null, 0.4), (MemoryIntervention.Shuffled, null, 0.2), (MemoryIntervention.Truncated, 4, 0.5), (MemoryIntervention.Truncated, 16, 1)),
            Used("gru", (MemoryIntervention.Zeroed, null, 0.7), (MemoryIntervention.Shuffled, null, 1), (MemoryIntervention.Truncated, 4, 0.9), (MemoryIntervention.Truncated, 16, 0.9)),
            Used("idle", (MemoryIntervention.Zeroed, null, 1), (MemoryIntervention.Shuffled, null, 1)));
        Assert.Contains("lstm and gru use their memory: with the state zeroed or shuffled between episodes, whichever costs more, lstm earns 0.80 less (95 % interval 0.80 to 0.80) and gru earns 0.30 less (95 % interval 0.30 to 0.30).", text);
        Assert.Contains("What was seen more than 4 steps ago for lstm; more than 16 steps ago for gru counts: with the newer observations alone less is earned.", text);
        Assert.Contains(text, sentence => sentence.StartsWith("That idle uses its memory is not shown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_deadline_that_is_kept_by_some_seeds_only_is_open()
    {
        DeadlineCurve curve = MadeUpClock.Exact(Deadlines, 1, [1, 1, 1, 1]);
        DeadlinePoint at1kHz = curve.Points[2] with { Runs = [.. curve.Points[2].Runs.Select(run => run.Seed == 0 ? run with { Returns = [0.7, 0.7] } : run)] };
        MemoryResult half = MadeUp.Exact("half", 1, 1, 1, 1, 1) with { Deadlines = [curve with { Points = [curve.Points[0], curve.Points[1], at1kHz, curve.Points[3]] }] };
        Assert.Contains("At 1 kHz whether half keeps 95 % is open.", Texts(half));
    }

    [Fact]
    public void What_has_nothing_to_lose_is_not_among_all_that_keep_it()
    {
        MemoryResult[] keep = [.. "abc".Select(name => Memory(name.ToString(), 1, [1, 1, 1, 1]))];
        Assert.Contains("At 60 Hz and 1 kHz all memories keep 95 % of their return.", Texts(keep));
        Assert.Contains("At 60 Hz and 1 kHz a, b and c keep 95 % of their return.", Texts([.. keep, Memory("none", 0, [0, 0, 0, 0])]));
    }

    [Fact]
    public void What_has_nothing_to_lose_and_what_was_not_measured_are_cautions()
    {
        string[] text = Texts(Memory("gtrxl", 1, [1, 1, 1, 1]), Memory("none", 0, [0, 0, 0, 0]), MadeUp.Exact("gru", 0.5, 0.5, 0.5, 0.5, 0.5));
        Assert.Contains("none has no return to lose by a deadline, so that no share of it can be kept.", text);
        Assert.Contains("No return against deadline was measured for gru.", text);
    }

    [Fact]
    public void Without_curves_nothing_is_said_of_deadlines() => Assert.DoesNotContain(Texts(MadeUp.Exact("gru", 0.5, 0.5, 0.5)), text => text.Contains("deadline"));

    [Fact]
    public void A_memory_is_used_if_tampering_costs()
    {
        MemoryResult lstm = Used("lstm", (MemoryIntervention.Zeroed, null, 0.4), (MemoryIntervention.Shuffled, null, 0.6), (MemoryIntervention.Truncated, 4, 0.5), (MemoryIntervention.Truncated, 16, 0.9), (MemoryIntervention.Truncated, 64, 1));
        Assert.Contains(
            "lstm uses its memory: with its state zeroed it earns 0.60 less (95 % interval 0.60 to 0.60), and what it saw more than 16 steps ago counts: with the last 16 observations alone it earns 0.10 less (95 % interval 0.10 to 0.10).",
            Texts(lstm));
    }

    [Fact]
    public void A_memory_that_loses_nothing_is_not_said_to_be_used()
    {
        MemoryResult gru = Used("gru", (MemoryIntervention.Zeroed, null, 1), (MemoryIntervention.Shuffled, null, 1));
        Assert.Contains("That gru uses its memory is not shown: with its state zeroed it earns 0.00 less (95 % interval 0.00 to 0.00).", Texts(gru));

        MemoryResult none = gru with { Memory = "none", Runs = [.. gru.Runs.Select(run => run with { StateBytes = 0 })] };
        Assert.DoesNotContain(Texts(none), text => text.Contains("its memory"));
    }

    [Fact]
    public void Few_seeds_used_their_memory_in_these_runs() =>
        Assert.Contains(Texts(Used("lstm", 2, (MemoryIntervention.Shuffled, null, 0.4))), text => text.StartsWith("lstm used its memory in these runs: with its state shuffled between episodes it earns 0.60 less", StringComparison.Ordinal));

    private static MemoryResult Memory(string name, double undelayed, double[] returns, int seeds = 5) =>
        MadeUp.Exact(name, [.. Enumerable.Repeat(undelayed, seeds)]) with { Deadlines = [MadeUpClock.Exact(Deadlines, undelayed, returns, seeds)] };

    private static MemoryResult Used(string name, params (MemoryIntervention, int?, double)[] uses) => Used(name, 5, uses);

    private static MemoryResult Used(string name, int seeds, params (MemoryIntervention Intervention, int? Steps, double Value)[] uses)
    {
        MemoryResult result = MadeUp.Exact(name, [.. Enumerable.Repeat(1.0, seeds)]);
        return result with
        {
            Runs = [.. result.Runs.Select(run => run with { StateBytes = 512 })],
            MemoryUse = [MadeUpClock.ExactUse(MemoryIntervention.Intact, null, 1, seeds), .. uses.Select(use => MadeUpClock.ExactUse(use.Intervention, use.Steps, use.Value, seeds))],
        };
    }

    private static string[] Texts(params MemoryResult[] results) =>
        [.. ComparisonSummary.Of(ComparisonTable.From(MadeUp.Comparison([TMaze], results), 500)).Select(sentence => sentence.Text)];
}
