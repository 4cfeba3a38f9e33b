namespace RLSeq.Evaluation.Tests;

public class StudentIntervalTests
{
    /// <summary>Expected values from elsewhere.</summary>
    /// <remarks>
    /// Simpson's rule over the density, in Python:
    /// <code>
    /// from math import exp, lgamma, pi, sqrt
    /// def within(t, n, m=4000):
    ///     f = lambda x: exp(lgamma((n + 1) / 2) - lgamma(n / 2)) / sqrt(n * pi) * (1 + x * x / n) ** (-(n + 1) / 2)
    ///     h = t / m
    ///     return 2 * h / 3 * (f(0) + f(t) + 4 * sum(f((2 * i - 1) * h) for i in range(1, m // 2 + 1)) + 2 * sum(f(2 * i * h) for i in range(1, m // 2)))
    /// def quantile(n, c, low=0.0, high=20.0):
    ///     for _ in range(45):
    ///         middle = (low + high) / 2
    ///         low, high = (middle, high) if c > within(middle, n) else (low, middle)
    ///     return low
    /// </code>
    /// </remarks>
    [Theory]
    [InlineData(1, 0.95, 12.7062047362)]
    [InlineData(2, 0.95, 4.3026527297)]
    [InlineData(3, 0.95, 3.1824463053)]
    [InlineData(4, 0.95, 2.7764451052)]
    [InlineData(4, 0.975, 3.4954059325)]
    [InlineData(5, 0.99, 4.0321429836)]
    [InlineData(9, 0.95, 2.2621571628)]
    [InlineData(30, 0.95, 2.0422724563)]
    [InlineData(1000, 0.5, 0.6747351646)]
    public void The_quantiles_are_those_of_the_tables(int degrees, double confidence, double expected) =>
        Assert.Equal(expected, StudentInterval.Quantile(degrees, confidence), 1e-6 * expected);

    [Fact]
    public void A_mean_has_the_interval_of_the_closed_form()
    {
        Estimate estimate = StudentInterval.Mean([1, 2, 3]);
        double half = 4.302652729749462 / Math.Sqrt(3); // s = 1
        Assert.Equal((2.0, 3), (estimate.Value, estimate.Count));
        Assert.Equal(2 - half, estimate.Low, 1e-6);
        Assert.Equal(2 + half, estimate.High, 1e-6);
    }

    [Fact]
    public void A_geometric_mean_is_one_of_ratios()
    {
        Estimate estimate = StudentInterval.GeometricMean([0.5, 2]);
        Assert.Equal(1, estimate.Value, 1e-9);
        Assert.Equal(1, estimate.Low * estimate.High, 1e-6);
        Assert.Throws<ArgumentException>(() => StudentInterval.GeometricMean([0, 1])); // its logarithm is not finite
    }

    [Fact]
    public void Equal_numbers_leave_no_width_and_one_number_no_interval()
    {
        Assert.Equal(0, StudentInterval.Mean([1, 1, 1]).Width);
        Assert.Throws<ArgumentException>(() => StudentInterval.Mean([1]));
    }
}
