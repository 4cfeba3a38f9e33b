namespace RLSeq.Evaluation.Tests;

public class ParetoFrontTests
{
    [Fact]
    public void Only_points_that_no_other_dominates_are_on_the_front()
    {
        bool[] front = ParetoFront.Of([(1, 0.1), (2, 0.5), (3, 0.4), (4, 0.9), (4, 0.8), (5, 0.9)]);
        Assert.Equal([true, true, false, true, false, false], front);
    }

    [Fact]
    public void Equal_points_share_the_front() => Assert.Equal([true, true], ParetoFront.Of([(1, 1), (1, 1)]));

    [Fact]
    public void Points_that_are_not_numbers_neither_stand_on_the_front_nor_push_others_off() =>
        Assert.Equal([false, true, false], ParetoFront.Of([(double.NaN, 9), (1, 1), (0, double.PositiveInfinity)]));

    [Fact]
    public void No_points_have_no_front() => Assert.Empty(ParetoFront.Of([]));
}
