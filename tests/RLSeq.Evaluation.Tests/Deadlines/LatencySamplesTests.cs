using RLSeq.Agents;

namespace RLSeq.Evaluation.Tests;

public class LatencySamplesTests
{
    [Fact]
    public void Parts_of_the_episode_double_and_keep_the_order_of_the_recording()
    {
        LatencySamples samples = Episodes(count: 100, length: 11);
        IReadOnlyList<LatencySegment> segments = samples.Segments();
        Assert.Equal([(0, 1), (1, 2), (2, 4), (4, 8), (8, 11)], segments.Select(segment => (segment.From, segment.To)));
        Assert.Equal([100, 100, 200, 400, 300], segments.Select(segment => segment.Nanoseconds.Count));
        Assert.Equal([2_000, 3_000, 2_001, 3_001], segments[2].Nanoseconds.Take(4)); // positions 2 and 3 of episodes 0 and 1
    }

    [Fact]
    public void Parts_with_few_latencies_join_the_next_and_the_last_one_what_came_before()
    {
        Assert.Equal([(0, 4), (4, 8), (8, 16), (16, 20)], Bounds(Episodes(count: 25, length: 20))); // 25 + 25 + 50, 100, 200, 100
        Assert.Equal([(0, 4), (4, 8), (8, 17)], Bounds(Episodes(count: 25, length: 17))); // 25 at position 16
        Assert.Equal([(0, 7)], Bounds(Episodes(count: 1, length: 7)));
        Assert.Equal([(0, 1)], Bounds(Episodes(count: 1000, length: 1)));
    }

    [Fact]
    public void Percentiles_by_position_are_those_of_the_position()
    {
        LatencyResult result = Episodes(count: 100, length: 11).Result("made up");
        Assert.Equal(11 * 100, result.Count);
        Assert.Equal(100, result.ByPosition[1].Count);
        Assert.Equal(1.0495, result.ByPosition[1].P50Us, 0.0045); // 1,000 to 1,099 ns, within 0.4 %
        Assert.Equal(1.098, result.ByPosition[1].P99Us, 0.0045);
        Assert.Equal(10.099, result.MaxUs);
        Assert.Equal(2, result.AllocatedBytesPerAction);
    }

    private static IEnumerable<(int From, int To)> Bounds(LatencySamples samples) => samples.Segments().Select(segment => (segment.From, segment.To));

    /// <summary>The latency is 1 µs per position and 1 ns per episode.</summary>
    private static LatencySamples Episodes(int count, int length)
    {
        var samples = new LatencySamples();
        for (int episode = 0; episode < count; episode++)
        {
            samples.Reserve(length);
            for (int position = 0; position < length; position++) samples.Add(position, (1000 * position) + episode, 2);
        }
        return samples;
    }
}
