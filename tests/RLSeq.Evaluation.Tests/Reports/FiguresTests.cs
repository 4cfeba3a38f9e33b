namespace RLSeq.Evaluation.Tests;

public class FiguresTests
{
    [Theory]
    [InlineData(0.976, "0.98")]
    [InlineData(-0.49, "-0.49")]
    [InlineData(-0.001, "0.00")]
    [InlineData(9.996, "10.0")]
    [InlineData(123.44, "123.4")]
    [InlineData(12345.6, "12346")]
    [InlineData(double.NaN, "NaN")]
    public void Returns(double value, string expected) => Assert.Equal(expected, Figures.Return(value));

    [Theory]
    [InlineData(0.978, 0.961, 0.988, "0.98 [0.96, 0.99]")]
    [InlineData(0.9781, 0.9776, 0.9784, "0.9781 [0.9776, 0.9784]")]
    [InlineData(0.978, 0.9750, 0.9795, "0.978 [0.975, 0.980]")]
    [InlineData(1, 1, 1, "1.00 [1.00, 1.00]")]
    [InlineData(12.34, 9, 15, "12.3 [9.0, 15.0]")]
    [InlineData(0.3, 0.3, 0.30000000000000004, "0.30 [0.30, 0.30]")]
    [InlineData(1234.4, 1180, 1290, "1234 [1180, 1290]")]
    public void Intervals_have_as_many_decimals_as_their_width_needs(double value, double low, double high, string expected) =>
        Assert.Equal(expected, Figures.Interval(new Estimate(value, low, high, 5)));

    [Fact]
    public void Intervals_in_words() => Assert.Equal("0.98, 95 % interval 0.96 to 0.99", Figures.IntervalInWords(new Estimate(0.978, 0.961, 0.988, 5)));

    [Theory]
    [InlineData(0.853, "0.85 µs")]
    [InlineData(0.997, "1 µs")]
    [InlineData(5.8, "5.8 µs")]
    [InlineData(12.44, "12.4 µs")]
    [InlineData(124.4, "124 µs")]
    [InlineData(999.9, "1 ms")]
    [InlineData(1240, "1.2 ms")]
    [InlineData(3_000_000, "3 s")]
    public void Latencies(double microseconds, string expected) => Assert.Equal(expected, Figures.Latency(microseconds));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.00003, "< 0.01 %")]
    [InlineData(0.00123, "0.12 %")]
    [InlineData(0.034, "3.4 %")]
    [InlineData(0.56, "56 %")]
    [InlineData(0.9981, "99.8 %")]
    [InlineData(0.99999, "> 99.9 %")]
    [InlineData(1, "100 %")]
    public void Shares(double share, string expected) => Assert.Equal(expected, Figures.Share(share));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(3.25, "3.2")]
    [InlineData(950, "950")]
    [InlineData(35_100, "35.1 k")]
    [InlineData(999_600, "1 M")]
    [InlineData(1_240_000, "1.2 M")]
    [InlineData(2.5e9, "2.5 G")]
    public void Counts(double count, string expected) => Assert.Equal(expected, Figures.Count(count));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(3 * 1024 * 1024, "3 MiB")]
    public void Sizes(long bytes, string expected) => Assert.Equal(expected, Figures.Bytes(bytes));

    [Theory]
    [InlineData(42, "42 s")]
    [InlineData(14 * 60, "14 min")]
    [InlineData((3 * 3600) + 300, "3 h 5 min")]
    public void Durations(double seconds, string expected) => Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(10, "10")]
    [InlineData(2.5, "2.5")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.07 * 10, "0.7")]
    public void Factors(double factor, string expected) => Assert.Equal(expected, Figures.Factor(factor));
}
