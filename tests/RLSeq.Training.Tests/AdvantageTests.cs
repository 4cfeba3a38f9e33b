namespace RLSeq.Training.Tests;

public sealed class AdvantageTests
{
    [Fact]
    public void With_lambda_one_it_is_the_discounted_return_minus_the_value()
    {
        // One row, three steps, then a termination: G = 1 + 0.5·2 + 0.25·4 = 3, and so on backwards.
        float[] advantages = new float[3];
        Advantage.Estimate([1, 2, 4], [10, 20, 30], [20, 30, 0], [false, false, true], rows: 1, discount: 0.5, lambda: 1, advantages);
        Assert.Equal([3 - 10, 4 - 20, 4 - 30], advantages);
    }

    [Fact]
    public void With_lambda_zero_it_is_the_one_step_error()
    {
        float[] advantages = new float[3];
        Advantage.Estimate([1, 2, 4], [10, 20, 30], [20, 30, 8], [false, false, false], rows: 1, discount: 0.5, lambda: 0, advantages);
        Assert.Equal([1 + 10 - 10, 2 + 15 - 20, 4 + 4 - 30], advantages);
    }

    [Fact]
    public void A_truncation_bootstraps_and_a_termination_does_not()
    {
        // Two rows of one step with the same reward and value; what followed is worth 8 after the truncation. Treating the truncation as
        // a termination would give -1 for both.
        float[] advantages = new float[2];
        Advantage.Estimate([1, 1], [2, 2], [8, 0], [true, true], rows: 2, discount: 0.5, lambda: 0.9, advantages);
        Assert.Equal([1 + 4 - 2, 1 - 2], advantages);
    }

    [Fact]
    public void Nothing_crosses_the_end_of_an_episode()
    {
        float[] with = new float[4], without = new float[2];
        Advantage.Estimate([1, 2, 100, 100], [3, 4, 5, 6], [4, 0, 6, 7], [false, true, false, false], rows: 1, discount: 0.9, lambda: 0.8, with);
        Advantage.Estimate([1, 2], [3, 4], [4, 0], [false, true], rows: 1, discount: 0.9, lambda: 0.8, without);
        Assert.Equal(without, with[..2]);
    }

    [Fact]
    public void Rows_are_independent()
    {
        float[] both = new float[4], second = new float[2];
        Advantage.Estimate([1, 5, 2, 6], [1, 2, 3, 4], [3, 4, 7, 8], new bool[4], rows: 2, discount: 0.9, lambda: 0.8, both);
        Advantage.Estimate([5, 6], [2, 4], [4, 8], new bool[2], rows: 1, discount: 0.9, lambda: 0.8, second);
        Assert.Equal(second, new[] { both[1], both[3] });
    }
}
