using RLSeq.Evaluation.Charts;

namespace RLSeq.Evaluation.Tests;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-0.55, 1.05, 5, new[] { -0.5, 0, 0.5, 1 })]
    [InlineData(0, 200_000, 4, new double[] { 0, 50_000, 100_000, 150_000, 200_000 })]
    [InlineData(3.1, 3.4, 4, new[] { 3.1, 3.2, 3.3, 3.4 })]
    [InlineData(2, 2, 5, new double[] { 2 })]
    public void Linear_marks_are_round(double low, double high, int most, double[] expected) => Assert.Equal(expected, Ticks.Linear(low, high, most));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.1, 2)]
    [InlineData(2.3, 5)]
    [InlineData(6, 10)]
    [InlineData(0.03, 0.05)]
    [InlineData(700, 1000)]
    public void Steps_are_one_two_or_five_times_a_power_of_ten(double atLeast, double expected) => Assert.Equal(expected, Ticks.NiceStep(atLeast), 12);

    [Fact]
    public void Linear_marks_stay_inside_and_few_for_any_range()
    {
        for (double low = -1000; low < 1000; low += 37.3)
        {
            for (double length = 1e-6; length < 1e9; length *= 3.7)
            {
                double[] ticks = Ticks.Linear(low, low + length, 5);
                Assert.InRange(ticks.Length, 2, 6);
                Assert.All(ticks, tick => Assert.InRange(tick, low - (length * 1e-3), low + (length * 1.001)));
            }
        }
    }

    [Theory]
    [InlineData(1, 100, 8, new double[] { 1, 2, 5, 10, 20, 50, 100 })]
    [InlineData(1.4, 40, 8, new double[] { 2, 5, 10, 20 })]
    [InlineData(1, 1e5, 8, new[] { 1, 10, 100, 1000, 1e4, 1e5 })]
    [InlineData(1, 1e7, 4, new[] { 1, 100, 1e4, 1e6 })]
    [InlineData(21, 22, 8, new double[] { 21, 22 })]
    public void Logarithmic_marks_thin_out_as_the_range_grows(double low, double high, int most, double[] expected)
    {
        double[] actual = Ticks.Log(low, high, most);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], expected[i] * 1e-9);
    }

    [Theory]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 1)]
    [InlineData(1, 0)]
    [InlineData(500, 0)]
    [InlineData(0.01, 2)]
    public void Decimals_suffice_for_the_step(double step, int expected) => Assert.Equal(expected, Ticks.Decimals(Ticks.NiceStep(step) == step ? step : 0.05));

    [Fact]
    public void Axes_map_their_ends_and_hold_what_is_outside()
    {
        Axis linear = Axis.Linear("x", [0, 10], 5, air: 0);
        Assert.Equal((0, 0.5, 1, 1), (linear.Fraction(0), linear.Fraction(5), linear.Fraction(10), linear.Fraction(11)));

        Axis latency = Axis.Latency("x", [1, 100], 5);
        Assert.Equal(0.5, latency.Fraction(10), 12);
        Assert.Equal(latency.Fraction(10) - latency.Fraction(1), latency.Fraction(100) - latency.Fraction(10), 12);
        Assert.Equal(0, latency.Fraction(0));
    }

    [Fact]
    public void Every_further_nine_has_the_same_room()
    {
        Axis axis = Axis.Percentiles("x", 0.9999);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], new[] { 0, 0.9, 0.99, 0.999, 0.9999 }.Select(p => Math.Round(axis.Fraction(p), 9)));
    }

    [Fact]
    public void Degenerate_ranges_still_make_an_axis()
    {
        Axis[] axes = [Axis.Linear("x", [], 5), Axis.Linear("x", [3, 3], 5), Axis.FromZero("x", 0, 5), Axis.Latency("x", [], 5), Axis.Latency("x", [7], 5), Axis.Percentiles("x", 0)];
        Assert.All(axes, axis =>
        {
            Assert.True(axis.High > axis.Low);
            Assert.NotEmpty(axis.Ticks);
            Assert.InRange(axis.Fraction(7), 0, 1);
        });
    }

    [Fact]
    public void Labels_are_moved_apart_in_order_and_kept_inside()
    {
        Assert.Equal([10, 24, 60], Chart.Spread([10, 12, 60], 14, 0, 100));
        Assert.Equal([72, 86, 100], Chart.Spread([99, 99, 100], 14, 0, 100));
    }
}
