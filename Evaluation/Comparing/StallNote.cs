using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>
/// Says where the machine did other things while actions were timed: an action that takes a millisecond longer than any other was interrupted, and
/// replaying it drops observations that the memory itself would have seen.
/// </summary>
internal static class StallNote
{
    /// <summary>An interruption is as long as this, and so many times the median.</summary>
    private const double LongUs = 1000, TimesMedian = 50;

    /// <summary>One sentence for all memories, or none.</summary>
    public static IEnumerable<string> Of(IEnumerable<KeyValuePair<(string Environment, string Memory), MeasuredLatency>> latencies)
    {
        string[] stalls = [.. latencies.Select(pair => Describe(pair.Key.Environment, pair.Key.Memory, pair.Value)).OfType<string>()];
        if (stalls.Length == 0) yield break;
        yield return $"The machine interrupted actions while they were timed ({ComparisonSummary.Join(stalls)}), and these interruptions are replayed: returns below deadlines of that length tell of the machine as well as of the memory. With nothing else running there are fewer.";
    }

    private static string? Describe(string environment, string memory, MeasuredLatency latency)
    {
        double longUs = Math.Max(LongUs, TimesMedian * latency.Result.P50Us);
        int count = latency.Profile.Segments.Sum(segment => segment.Nanoseconds.Count(nanoseconds => nanoseconds / 1e3 >= longUs));
        return count == 0 ? null : $"{memory} on {environment} {count} of {Figures.Count(latency.Result.Count)}, up to {Figures.Latency(latency.Result.MaxUs)}";
    }
}
