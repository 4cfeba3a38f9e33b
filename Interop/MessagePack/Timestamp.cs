namespace MessagePack;

/// <summary>Converts between <see cref="DateTime"/> and the seconds and nanoseconds of the timestamp extension.</summary>
internal static class Timestamp
{
    private const int NanosecondsPerTick = 100;
    private const uint NanosecondsPerSecond = 1_000_000_000;
    private static readonly long SecondsAtUnixEpoch = DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;
    private static readonly long LastSecond = DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>Seconds since 1970 (negative before) and the nanoseconds that follow them; local time is converted, unspecified is UTC.</summary>
    public static (long Seconds, uint Nanoseconds) From(DateTime value)
    {
        long ticks = (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks;
        return ((ticks / TimeSpan.TicksPerSecond) - SecondsAtUnixEpoch, (uint)(ticks % TimeSpan.TicksPerSecond) * NanosecondsPerTick);
    }

    /// <summary>The time in UTC, to the 100 nanoseconds of a tick; false when it is outside the years 1 to 9999.</summary>
    public static bool TryToDateTime(long seconds, uint nanoseconds, out DateTime value)
    {
        value = default;
        if (nanoseconds >= NanosecondsPerSecond || seconds < -SecondsAtUnixEpoch || seconds > LastSecond - SecondsAtUnixEpoch) return false;
        value = new DateTime(((seconds + SecondsAtUnixEpoch) * TimeSpan.TicksPerSecond) + (nanoseconds / NanosecondsPerTick), DateTimeKind.Utc);
        return true;
    }
}
