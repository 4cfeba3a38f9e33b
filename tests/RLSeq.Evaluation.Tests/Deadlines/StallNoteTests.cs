using RLSeq.Agents;

namespace RLSeq.Evaluation.Tests;

public class StallNoteTests
{
    [Fact]
    public void Interrupted_actions_are_counted_and_slow_ones_are_not()
    {
        Dictionary<(string, string), MeasuredLatency> latencies = new()
        {
            [("e", "lstm")] = Latency(6, [6_000, 999_000]),
            [("e", "transformer")] = Latency(6, [6_000, 1_000_000, 5_000, 8_100_000]),
            [("e", "transformer-window")] = Latency(1_500, [1_500_000, 2_500_000]), // it takes that long by itself
        };
        string note = Assert.Single(StallNote.Of(latencies));
        Assert.StartsWith("The machine interrupted actions while they were timed (transformer on e 2 of 4, up to 8.1 ms), and", note, StringComparison.Ordinal);
        latencies.Remove(("e", "transformer"));
        Assert.Empty(StallNote.Of(latencies));
    }

    private static MeasuredLatency Latency(double p50, long[] nanoseconds) => new(
        MadeUp.Latency(p50) with { Count = nanoseconds.Length, MaxUs = nanoseconds.Max() / 1e3 },
        new RecordedLatency([new LatencySegment(0, 1, nanoseconds[..1]), new LatencySegment(1, 2, nanoseconds[1..])], "made up"));
}
