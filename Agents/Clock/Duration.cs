using System.Globalization;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>Durations as people write them: <c>200us</c>, <c>1.5ms</c>, <c>2s</c>, or the period of a rate, <c>60Hz</c>, <c>1kHz</c>.</summary>
public static class Duration
{
    private const long NanosecondsPerTick = 1_000_000_000 / TimeSpan.TicksPerSecond;

    private static readonly (string Unit, double Seconds)[] Units = [("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("μs", 1e-6), ("ms", 1e-3), ("s", 1)];
    private static readonly (string Unit, double Hertz)[] Rates = [("khz", 1e3), ("hz", 1)];

    /// <summary>A duration in nanoseconds.</summary>
    /// <param name="duration">The duration.</param>
    public static long Nanoseconds(TimeSpan duration) => duration.Ticks * NanosecondsPerTick;

    /// <summary>Reads a duration.</summary>
    /// <param name="text">A number and its unit: ns, us, µs, ms, s, Hz or kHz.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <returns>The duration, to the nearest 100 ns.</returns>
    /// <exception cref="UserInputException">It cannot be read, or is not above 0.</exception>
    public static TimeSpan Parse(string text, string what) => TimeSpan.FromTicks((long)Math.Round(Seconds(text, what) * TimeSpan.TicksPerSecond));

    /// <summary>Reads a duration in nanoseconds, for latencies.</summary>
    /// <param name="text">A number and its unit: ns, us, µs, ms, s, Hz or kHz.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="UserInputException">It cannot be read, or is not above 0.</exception>
    public static long ParseNanoseconds(string text, string what) => (long)Math.Round(Seconds(text, what) * 1e9);

    /// <summary>A duration in the unit that suits it, such as <c>16.667ms</c>; <see cref="Parse"/> reads it.</summary>
    /// <param name="duration">The duration.</param>
    public static string Format(TimeSpan duration) => Format(Nanoseconds(duration));

    /// <summary>A duration in the unit that suits it.</summary>
    /// <param name="nanoseconds">The duration.</param>
    public static string Format(long nanoseconds)
    {
        double value = Math.Abs((double)nanoseconds);
        (string unit, double scale) = value >= 1e9 ? ("s", 1e9) : value >= 1e6 ? ("ms", 1e6) : value >= 1e3 ? ("us", 1e3) : ("ns", 1);
        return (nanoseconds / scale).ToString("0.######", CultureInfo.InvariantCulture) + unit;
    }

    private static double Seconds(string text, string what)
    {
        string word = text.Trim();
        foreach ((string unit, double seconds) in Units)
            if (Number(word, unit) is { } number) return number * seconds;
        foreach ((string unit, double hertz) in Rates)
            if (Number(word, unit) is { } number) return 1 / (number * hertz);
        throw new UserInputException($"{what} is a number above 0 and at most 1e9 s with its unit, such as 200us, 1.5ms, 2s or 60Hz; given: '{text}'.");
    }

    private static double? Number(string word, string unit)
    {
        if (!word.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) return null;
        bool parsed = double.TryParse(word[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        return parsed && number > 1e-9 && number <= 1e9 ? number : null;
    }
}
