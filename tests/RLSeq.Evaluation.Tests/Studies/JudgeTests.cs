namespace RLSeq.Evaluation.Tests;

/// <summary>Verdicts follow from the rule and the data alone.</summary>
public class JudgeTests
{
    private static readonly StudyScale Scale = new();

    [Theory]
    [InlineData(Verdict.Supported, 0.9, 0.5)] // a difference of 0.4, scattered by 0.02
    [InlineData(Verdict.Refuted, 0.5, 0.5)] // of 0
    [InlineData(Verdict.Refuted, 0.2, 0.9)]
    [InlineData(Verdict.Inconclusive, 0.63, 0.5)] // of 0.13, whose interval holds the bound of 0.125
    public void Every_verdict_can_be_reached(Verdict expected, double a, double b)
    {
        ClaimResult result = Judge.Of(new MadeClaim(), Scale, MadeClaim.Scores(Around(a, 0.02), Around(b, 0)));
        Assert.Equal(expected, result.Verdict);
        Assert.Contains(expected switch { Verdict.Supported => "as the claim needs", Verdict.Refuted => "the opposite", _ => "not decided" }, result.Reason, StringComparison.Ordinal);
        Assert.StartsWith(expected.ToString(), result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Scatter_makes_the_same_means_inconclusive()
    {
        Assert.Equal(Verdict.Supported, Judge.Of(new MadeClaim(), Scale, MadeClaim.Scores(Around(0.9, 0.1), Around(0.5, 0))).Verdict);
        Assert.Equal(Verdict.Inconclusive, Judge.Of(new MadeClaim(), Scale, MadeClaim.Scores(Around(0.9, 0.4), Around(0.5, 0))).Verdict);
    }

    [Fact]
    public void What_all_seeds_share_cancels()
    {
        double?[] hard = [0.1, 0.5, 0.9, 0.3, 0.7];
        Assert.Equal(Verdict.Supported, Judge.Of(new MadeClaim(), Scale, MadeClaim.Scores([.. hard.Select(value => value + 0.2)], hard)).Verdict);
    }

    [Fact]
    public void A_tie_with_the_bound_decides_nothing()
    {
        ClaimResult result = Judge.Of(new MadeClaim(), Scale, MadeClaim.Scores(Around(0.5 + MadeClaim.Bound, 0), Around(0.5, 0)));
        Assert.Equal(MadeClaim.Bound, result.Conditions[0].Measured!.Estimate!.Value.Low); // no width, and on the bound
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
    }

    [Theory]
    [InlineData(1, Verdict.Supported)] // a fifth of the seeds may be missing
    [InlineData(2, Verdict.Inconclusive)]
    [InlineData(4, Verdict.Inconclusive)] // one is left, and no interval
    [InlineData(5, Verdict.Inconclusive)]
    public void Missing_runs_are_counted_said_and_decide_nothing_beyond_a_fifth(int failed, Verdict expected)
    {
        double?[] a = Around(0.9, 0.01), b = Around(0.5, 0);
        for (int i = 0; i < failed; i++) b[i] = null;
        ClaimResult result = Judge.Of(new MadeClaim(), Scale, MadeClaim.Scores(a, b));
        Assert.Equal(expected, result.Verdict);
        Assert.Equal(5 - failed, result.Conditions[0].Measured!.Count);
        Assert.Equal(failed, result.Failures.Count);
        Assert.All(result.Failures, failure => Assert.Equal("it fell over", failure.Error));
        if (failed >= 2) Assert.Contains($"{5 - failed} of 5 values", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_were_never_made_are_missing_too() =>
        Assert.Equal(Verdict.Inconclusive, Judge.Of(new MadeClaim(), Scale, new StudyData()).Verdict);

    [Fact]
    public void One_seed_never_concludes() =>
        Assert.Equal(Verdict.Inconclusive, Judge.Of(new MadeClaim(), new StudyScale { Seeds = 1 }, MadeClaim.Scores([0.9], [0.1])).Verdict);

    [Theory]
    [InlineData(0.9, Verdict.Supported)]
    [InlineData(0.95, Verdict.Inconclusive)]
    public void Without_its_control_an_experiment_cannot_tell(double needed, Verdict expected)
    {
        var claim = new MadeClaim { Required = [ReturnMeasures.Learned(needed, MadeClaim.A, MadeClaim.B)] };
        ClaimResult result = Judge.Of(claim, Scale, MadeClaim.Scores(Around(0.92, 0.01), Around(0.5, 0)));
        Assert.Equal(expected, result.Verdict);
        if (expected == Verdict.Inconclusive) Assert.StartsWith("The experiment cannot tell: on every task, the best of a and b must score at least 0.95", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_nothing_was_measured_of_is_no_control_that_is_met()
    {
        Arm other = MadeClaim.A with { Configuration = MadeClaim.A.Configuration with { Environment = "Acrobot" } };
        var claim = new MadeClaim { Required = [ReturnMeasures.Learned(0.3, MadeClaim.A, other)] };
        Assert.Equal(Verdict.Inconclusive, Judge.Of(claim, Scale, MadeClaim.Scores(Around(0.9, 0.01), Around(0.5, 0))).Verdict);
    }

    [Fact]
    public void What_this_build_lacks_is_skipped_with_a_note()
    {
        ClaimResult skipped = Judge.Of(new MadeClaim { All = [MadeClaim.AOverAbsent] }, Scale, new StudyData());
        Assert.Equal(Verdict.Skipped, skipped.Verdict);
        Assert.Equal("Skipped: it needs the memory memory-that-nobody-has.", skipped.Summary);
        Assert.Empty(skipped.Claim.ArmsToTrain(Scale));

        ClaimResult half = Judge.Of(new MadeClaim { All = [MadeClaim.AOverB, MadeClaim.AOverAbsent] }, Scale, MadeClaim.Scores(Around(0.9, 0.01), Around(0.5, 0)));
        Assert.Equal(Verdict.Supported, half.Verdict);
        Assert.Contains("1 of 2 conditions could not be tested", half.Reason, StringComparison.Ordinal);
        Assert.EndsWith("Missing: the memory memory-that-nobody-has.", half.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(MadeClaim.Absent, half.Claim.ArmsToTrain(Scale));
    }

    [Fact]
    public void Several_conditions_must_all_hold_and_share_the_error()
    {
        var reverse = new Condition(ReturnMeasures.Difference("b", [MadeClaim.B], "a", [MadeClaim.A]), Side.Above, MadeClaim.Bound);
        var claim = new MadeClaim { All = [MadeClaim.AOverB, reverse] };
        Assert.Equal(0.975, claim.Confidence(Scale));
        Assert.Equal(Verdict.Refuted, Judge.Of(claim, Scale, MadeClaim.Scores(Around(0.9, 0.01), Around(0.5, 0))).Verdict);
    }

    /// <summary>Five seeds around a mean.</summary>
    private static double?[] Around(double mean, double spread) => [mean - spread, mean - (spread / 2), mean, mean + (spread / 2), mean + spread];
}
