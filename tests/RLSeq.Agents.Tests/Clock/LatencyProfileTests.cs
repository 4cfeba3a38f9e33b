using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class LatencyProfileTests
{
    [Theory]
    [InlineData("fixed:200us")]
    [InlineData("fixed:0ns")]
    [InlineData("jitter:100us:300us")]
    [InlineData("bursty:100us:2ms:0.01:20")]
    public void A_profile_reads_what_it_writes(string text)
    {
        LatencyProfile profile = LatencyProfiles.Parse(text);
        Assert.Equal(text, profile.ToString());
        LatencyProfile again = LatencyProfiles.Parse(profile.ToString());
        for (int i = 0; i < 100; i++) Assert.Equal(profile.Nanoseconds(3, i), again.Nanoseconds(3, i));
    }

    [Theory]
    [InlineData("")]
    [InlineData("quick")]
    [InlineData("fixed:")]
    [InlineData("fixed:-5us")]
    [InlineData("fixed:5")]
    [InlineData("jitter:300us:100us")]
    [InlineData("bursty:1us:2us:1.5:3")]
    [InlineData("bursty:1us:2us:0.5:0")]
    [InlineData("bursty:1us:2us:often:3")]
    [InlineData("bursty:1us:2us:0.5:2.7")]
    [InlineData("nowhere.msgpack")]
    public void What_is_no_profile_is_refused(string text)
    {
        UserInputException exception = Assert.Throws<UserInputException>(() => LatencyProfiles.Parse(text));
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Jitter_is_even_between_its_bounds()
    {
        // 20,000 draws from 4 values: 5,000 each, with a standard deviation of sqrt(20000 * 1/4 * 3/4) = 61; 5 of them are 306.
        var profile = new JitterLatency(10, 13);
        var counts = new int[4];
        for (int i = 0; i < 20_000; i++) counts[profile.Nanoseconds(7, i) - 10]++;
        Assert.All(counts, count => Assert.InRange(count, 5000 - 306, 5000 + 306));
    }

    [Fact]
    public void Bursts_last_as_long_as_they_are_said_to_and_come_as_often()
    {
        // A decision is calm if none of the last 5 began a burst: (1 - 0.02)^5 = 0.904. Of 100,000 correlated decisions 5 deviations are below 0.01.
        var profile = new BurstyLatency(100, 900, 0.02, 5);
        bool[] calm = [.. Enumerable.Range(0, 100_000).Select(i => profile.Nanoseconds(5, i) == 100)];
        Assert.InRange(calm.Count(c => c) / 100_000.0, 0.894, 0.914);
        int run = 0, shortest = int.MaxValue;
        foreach (bool c in calm.Append(true))
        {
            if (c && run > 0) shortest = Math.Min(shortest, run);
            run = c ? 0 : run + 1;
        }
        Assert.Equal(5, shortest);
    }

    [Theory]
    [InlineData("jitter:100us:300us")]
    [InlineData("bursty:100us:2ms:0.05:4")]
    public void Episodes_differ_and_repeat(string text)
    {
        LatencyProfile profile = LatencyProfiles.Parse(text);
        long[] Draw(ulong seed) => [.. Enumerable.Range(0, 300).Select(i => profile.Nanoseconds(seed, i))];
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void A_recording_is_replayed_in_order_from_a_drawn_place_and_by_position()
    {
        var profile = new RecordedLatency([new(0, 1, [50]), new(1, 4, [1, 2, 3, 4]), new(4, 5, [10, 20, 30])], "test");
        var begins = new HashSet<long>();
        for (ulong seed = 0; seed < 100; seed++)
        {
            Assert.Equal(50, profile.Nanoseconds(seed, 0));
            long first = profile.Nanoseconds(seed, 1);
            begins.Add(first);
            Assert.Equal([first, (first % 4) + 1, ((first + 1) % 4) + 1], Enumerable.Range(1, 3).Select(i => profile.Nanoseconds(seed, i)));
            long last = profile.Nanoseconds(seed, 4);
            for (int i = 0; i < 9; i++) Assert.Equal((((last / 10) - 1 + i) % 3 * 10) + 10, profile.Nanoseconds(seed, 4 + i)); // the last segment stands for the rest
        }
        Assert.Equal(4, begins.Count);
    }

    [Fact]
    public void A_recording_survives_its_file()
    {
        var profile = new RecordedLatency([new(0, 2, [5, 6]), new(2, 8, [70_000_000_000])], "lstm, batch 1");
        RecordedLatency read = LatencyProfileFile.Read(LatencyProfileFile.Write(profile));
        Assert.Equal(profile.Conditions, read.Conditions);
        Assert.Equal(profile.Segments.Select(s => (s.From, s.To)), read.Segments.Select(s => (s.From, s.To)));
        Assert.Equal(profile.Segments.Select(s => s.Nanoseconds), read.Segments.Select(s => s.Nanoseconds));
    }

    [Fact]
    public void A_damaged_recording_is_refused_whatever_is_damaged()
    {
        byte[] whole = LatencyProfileFile.Write(new RecordedLatency([new(0, 2, [5, 6]), new(2, 8, [7])], "conditions"));
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.msgpack");
        try
        {
            var random = new RandomSource(1);
            for (int i = 0; i < 2000; i++)
            {
                byte[] damaged = [.. whole];
                if (i % 2 == 0) damaged = damaged[..random.NextInt(damaged.Length)];
                else damaged[random.NextInt(damaged.Length)] = (byte)random.NextInt(256);
                File.WriteAllBytes(path, damaged);
                try
                {
                    _ = LatencyProfileFile.Load(path); // some changes leave a profile, of other numbers
                }
                catch (UserInputException exception)
                {
                    Assert.Contains(path, exception.Message, StringComparison.Ordinal);
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("no segments")]
    [InlineData("a gap")]
    [InlineData("an empty one")]
    [InlineData("below 0")]
    public void Segments_must_follow_each_other(string what)
    {
        LatencySegment[] segments = what switch
        {
            "no segments" => [],
            "a gap" => [new(0, 2, [1]), new(3, 4, [1])],
            "an empty one" => [new(0, 2, [])],
            _ => [new(0, 2, [-1])],
        };
        Assert.Throws<ArgumentException>(() => new RecordedLatency(segments, what));
    }
}
