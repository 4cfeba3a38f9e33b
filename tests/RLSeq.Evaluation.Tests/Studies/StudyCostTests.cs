using RLSeq.Policies;

namespace RLSeq.Evaluation.Tests;

/// <summary>What is made of timings.</summary>
public class StudyCostTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.7)]
    [InlineData(1.0)]
    public void Growth_is_the_exponent(double exponent)
    {
        var data = new StudyData();
        (double, ActingProbe)[] points = [.. ((int[])[64, 128, 512]).Select(context => ((double)context, Probe(context)))];
        foreach ((double size, ActingProbe probe) in points) Add(data, probe, 3 * Math.Pow(size, exponent));
        Measured growth = CostMeasures.Growth("growth", points).Of(data, [1], 0.95);
        Assert.Equal((exponent, CostMeasures.Rounds, CostMeasures.Rounds), (Math.Round(growth.Estimate!.Value.Value, 9), growth.Count, growth.Planned));
        Assert.Equal(0, CostMeasures.Growth("growth", [.. points, (1024, Probe(1024))]).Of(data, [1], 0.95).Count); // a size is missing
    }

    [Fact]
    public void A_slow_down_and_a_ratio_are_what_they_say()
    {
        var data = new StudyData();
        Add(data, Probe(1), 20);
        Add(data, Probe(2), 5);
        Assert.Equal(200, CostMeasures.P99(Probe(1), 10).Of(data, [1], 0.95).Estimate!.Value.Value, 1e-9);
        Assert.Equal(4, CostMeasures.ActingTime(Probe(1), Probe(2)).Of(data, [1], 0.95).Estimate!.Value.Value, 1e-9);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("ffm")]
    [InlineData("lru")]
    [InlineData("min-gru")]
    [InlineData("gated-delta-net")]
    [InlineData("hcam")]
    [InlineData("transformer")]
    public void Widths_are_chosen_for_equal_parameters(string memory)
    {
        MemorySettings sized = EqualParameters.Sized(new MemorySettings(memory, 64, Layers: 2, Heads: 4, Context: 64, FeedForward: 0), 33_000);
        using ActorCritic network = ActBenchmark.RandomNetwork(sized, encoderLayers: 1);
        Assert.InRange(network.ParameterCount, 33_000 * 0.93, 33_000 * 1.07);
        Assert.Equal(0, sized.Hidden % sized.Heads);
    }

    [Fact]
    public void Probes_of_both_kinds_are_timed_in_every_round()
    {
        var acting = new ActingProbe("lstm", new MemorySettings("lstm", 8, 1, 1, 1, 0));
        var told = new List<(int, int)>();
        CostSamples samples = CostTiming.Measure([acting], (done, total) => told.Add((done, total)), CancellationToken.None)[acting];
        Assert.Equal(Enumerable.Range(0, 2 + CostMeasures.Rounds).Select(done => (done, 1 + CostMeasures.Rounds)), told); // the warm-up is a part as well
        Assert.Equal((CostMeasures.Rounds, CostMeasures.Rounds, 0, 8), (samples.P50Us.Count, samples.P99Us.Count, samples.StepsPerSecond.Count, samples.Hidden));
        Assert.All(samples.P50Us.Zip(samples.P99Us), pair => Assert.InRange(pair.First, 0.001, pair.Second));
    }

    private static ActingProbe Probe(int context) => new($"context {context}", new MemorySettings("transformer", 8, 1, 1, context, 0));

    private static void Add(StudyData data, ActingProbe probe, double microseconds)
    {
        double[] rounds = [.. Enumerable.Repeat(microseconds, CostMeasures.Rounds)];
        data.Add(probe, new CostSamples { Hidden = 8, Parameters = 1, P50Us = rounds, P99Us = rounds });
    }
}
