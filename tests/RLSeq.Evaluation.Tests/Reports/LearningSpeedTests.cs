namespace RLSeq.Evaluation.Tests;

public class LearningSpeedTests
{
    private static readonly BootstrapOptions Few = new() { Replicates = 500 };

    [Fact]
    public void The_step_is_the_first_at_which_five_points_reach_nine_tenths_of_the_way()
    {
        // From 0 to 1 at step 500 of 1000 in steps of 10; random actions earn -1, so that the target is -1 + 0.9 · 2 = 0.8: four of five points at 1.
        LearningSpeed speed = LearningSpeed.From([Run(0, 1, 50)], -1, Few)!;
        Assert.Equal((530, 53), (speed.Steps.Value, speed.Seconds.Value));

        // Without random actions the way begins at the first point, and the target is 0.9: five of five.
        Assert.Equal(540, LearningSpeed.From([Run(0, 1, 50)], null, Few)!.Steps.Value);
    }

    [Fact]
    public void The_interval_is_that_over_seeds_and_what_learned_nothing_is_left_out()
    {
        LearningSpeed speed = LearningSpeed.From([Run(0, 1, 20), Run(0, 1, 40), Run(-1, -1, 40)], -1, Few)!;
        Assert.Equal((330, 230, 430, 2), (speed.Steps.Value, speed.Steps.Low, speed.Steps.High, speed.Steps.Count));
        Assert.Null(LearningSpeed.From([Run(-1, -1, 40), Run(0, 1, 50) with { Status = RunStatus.Failed }], -1, Few));
    }

    private static RunResult Run(double before, double after, int from) => MadeUp.ExactRun("lstm", 0, 1) with
    {
        LearningCurve = [.. Enumerable.Range(0, 100).Select(i => new LearningCurvePoint(10 * i, i, i < from ? before : after))],
    };
}
