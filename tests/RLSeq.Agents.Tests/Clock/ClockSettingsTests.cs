using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class ClockSettingsTests
{
    [Theory]
    [InlineData("200us", 200_000)]
    [InlineData("200µs", 200_000)]
    [InlineData(" 1.5ms ", 1_500_000)]
    [InlineData("2s", 2_000_000_000)]
    [InlineData("300ns", 300)]
    [InlineData("60Hz", 16_666_700)] // to the nearest 100 ns
    [InlineData("1kHz", 1_000_000)]
    public void Durations_are_written_as_people_write_them(string text, long nanoseconds) => Assert.Equal(nanoseconds, Duration.Nanoseconds(Duration.Parse(text, "The period")));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("ms")]
    [InlineData("-1ms")]
    [InlineData("0s")]
    [InlineData("NaNms")]
    [InlineData("1e300s")]
    [InlineData("fast")]
    public void What_is_no_duration_is_refused_with_an_example(string text)
    {
        UserInputException exception = Assert.Throws<UserInputException>(() => Duration.Parse(text, "The period"));
        Assert.Contains("The period", exception.Message, StringComparison.Ordinal);
        Assert.Contains("60Hz", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(16_666_700)]
    [InlineData(1_000_000_000)]
    [InlineData(2_500)]
    public void A_duration_reads_what_it_writes(long nanoseconds) => Assert.Equal(nanoseconds, Duration.ParseNanoseconds(Duration.Format(nanoseconds), "x"));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        TimeSpan ms = TimeSpan.FromMilliseconds(1);
        Assert.Throws<UserInputException>(() => new ClockSettings(TimeSpan.Zero));
        Assert.Throws<UserInputException>(() => new ClockSettings(TimeSpan.FromDays(1)));
        Assert.Throws<UserInputException>(() => new ClockSettings(ms, 2 * ms));
        Assert.Throws<UserInputException>(() => new ClockSettings(ms, TimeSpan.Zero));
        Assert.Throws<UserInputException>(() => new ClockSettings(ms) { ActionDelay = 2 });
        Assert.Throws<UserInputException>(() => new ClockSettings(ms) { SlowDown = 0 });
        Assert.Throws<UserInputException>(() => new ClockSettings(ms) { SlowDown = double.NaN });
        Assert.Throws<UserInputException>(() => OnMissNames.Parse("wait"));
        Assert.Equal(ms, new ClockSettings(ms).Deadline);
        Assert.Equal(1, new ClockSettings(ms).SlowDown);
        Assert.All(Enum.GetValues<OnMiss>(), rule => Assert.Equal(rule, OnMissNames.Parse(OnMissNames.NameOf(rule))));
    }
}
