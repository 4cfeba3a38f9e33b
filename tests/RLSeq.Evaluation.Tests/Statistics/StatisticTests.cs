namespace RLSeq.Evaluation.Tests;

public class StatisticTests
{
    [Fact]
    public void The_interquartile_mean_drops_a_quarter_at_either_end()
    {
        Assert.Equal(4.5, Statistic.InterquartileMean([100, 4, 3, 2, 5, 6, -50, 7]));   // 3, 4, 5, 6 are left
        Assert.Equal(3, Statistic.InterquartileMean([1, 3, 3, 3, 900]));                // floor(5 / 4) = 1 at either end
    }

    [Theory]
    [InlineData(new[] { 7.0 }, 7.0)]
    [InlineData(new[] { 1.0, 3.0 }, 2.0)]
    [InlineData(new[] { 1.0, 2.0, 9.0 }, 4.0)]
    [InlineData(new[] { 1.0, 2.0, 4.0, 900.0 }, 3.0)]
    public void Below_four_values_the_interquartile_mean_is_the_mean(double[] values, double expected) =>
        Assert.Equal(expected, Statistic.InterquartileMean(values));

    // Linear interpolation at rank p / 100 · (n - 1): of 1, 2, 4, 8 the ranks are 0 to 3.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(50, 3)]
    [InlineData(90, 6.8)]
    [InlineData(100, 8)]
    public void Percentiles_are_interpolated(double percent, double expected) =>
        Assert.Equal(expected, Statistic.Percentile([8, 1, 4, 2], percent), 12);

    [Fact]
    public void Median_and_mean() => Assert.Equal((2.5, 4.0), (Statistic.Median([1, 2, 3, 10]), Statistic.Mean([1, 2, 3, 10])));

    [Fact]
    public void Input_is_not_reordered()
    {
        double[] values = [3, 1, 2, 0];
        Statistic.InterquartileMean(values);
        Statistic.Percentile(values, 50);
        Assert.Equal([3, 1, 2, 0], values);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_named(double bad)
    {
        string message = Assert.Throws<ArgumentException>(() => Statistic.Mean([1, 2, bad])).Message;
        Assert.Contains("value 2", message);
        Assert.Throws<ArgumentException>(() => Statistic.InterquartileMean([bad]));
        Assert.Throws<ArgumentException>(() => Statistic.Percentile([bad], 50));
    }

    [Fact]
    public void An_empty_list_and_an_impossible_percentage_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Statistic.Mean([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistic.Percentile([1], 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistic.Percentile([1], double.NaN));
    }

    [Theory]
    [InlineData(0.2, 0.4, true)]
    [InlineData(0.3, 0.4, true)]
    [InlineData(0.31, 0.4, false)]
    [InlineData(-1, 0.0999, false)]
    public void Intervals_overlap_if_they_share_a_value(double low, double high, bool expected)
    {
        var a = new Estimate(0.2, 0.1, 0.3, 5);
        var b = new Estimate(low, low, high, 5);
        Assert.Equal(expected, a.Overlaps(b));
        Assert.Equal(expected, b.Overlaps(a));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapOptions { Replicates = 99 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapOptions { Confidence = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapOptions { Confidence = double.NaN });
    }
}
