using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation.Tests;

/// <summary>The benchmarks of what training costs, and that it does cost no more.</summary>
public sealed class CostTests
{
    private static readonly TrainingConfiguration Small = new()
    {
        Environment = "RepeatPreviousEasy",
        Device = "cpu",
        Network = new NetworkSettings { Hidden = 8 },
        Memory = new MemoryOptions { Name = "lstm" },
        Ppo = new PpoSettings { Environments = 4, Rollout = 16, Epochs = 1, Minibatches = 2 },
    };

    /// <summary>Times that are exactly a power of the size, and times of which half is a constant: 1 + n for n = 1, 3, 9 has the slope ln 5 / ln 9.</summary>
    [Fact]
    public void The_exponent_is_the_slope_of_the_logarithms()
    {
        Assert.Equal(1.5, Curve([1, 4, 16], size => Math.Pow(size, 1.5)).TimeExponent, 1e-12);
        Assert.Equal(Math.Log(5) / Math.Log(9), Curve([1, 3, 9], size => 1 + size).TimeExponent, 1e-12);
        Assert.Equal(0.75, Curve([1, 4, 16], size => Math.Pow(size, 1.5)).TimeExponentOverParameters, 1e-12);
        Assert.True(double.IsNaN(Curve([4], size => size).TimeExponent));

        static CostCurve Curve(int[] sizes, Func<double, double> seconds) =>
            new(CostCurve.Dimensions["envs"], [.. sizes.Select(size => new CostCurve.Point(size, 1, seconds(size), (long)size * size, 1, 1))]);
    }

    [Fact]
    public void A_point_beyond_the_formula_is_told()
    {
        var fits = new CostCurve.Point(1, 1, 1, 1, PeakBytes: 5, FormulaBytes: 5);
        Assert.True(new CostCurve(CostCurve.Dimensions["steps"], [fits]).WithinFormula);
        Assert.False(new CostCurve(CostCurve.Dimensions["steps"], [fits, fits with { PeakBytes = 6 }]).WithinFormula);
    }

    [Fact]
    public void A_size_that_does_not_fit_is_refused_before_anything_is_measured()
    {
        var refusal = Assert.Throws<UserInputException>(() => CostCurve.Run(Small, CostCurve.Dimensions["envs"], [64, 1], ["/no/such/program"]));
        Assert.Contains("a rollout has only 1 sequences", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Neither tensors nor managed memory grow, and what learning allocates depends on the number of minibatches, not on how long they are.</summary>
    [Theory]
    [InlineData("lstm")]
    [InlineData("ffm")]
    [InlineData("lru")]
    [InlineData("min-gru")]
    [InlineData("gated-delta-net")]
    [InlineData("hcam")]
    [InlineData("transformer")]
    public void A_run_holds_on_to_nothing(string memory)
    {
        TrainingConfiguration configuration = Small with { Steps = 40 * 64, Memory = new MemoryOptions { Name = memory, Layers = 1, Heads = 2, Context = 4 } };
        SoakRun run = SoakRun.Run(configuration);
        Assert.Equal(run.Start.LiveTensors, run.End.LiveTensors);
        Assert.InRange(run.End.ManagedBytes, 0, run.Start.ManagedBytes + 300_000); // telemetry and the runtime's own tables fill a little
        SoakRun longer = SoakRun.Run(configuration with { Steps = 40 * 256, Ppo = configuration.Ppo with { Rollout = 64 } });
        Assert.InRange(longer.End.AllocatedBytesPerStep * 4, 0, run.End.AllocatedBytesPerStep * 1.2);
    }

    [Fact]
    public void A_run_too_short_to_watch_is_refused() =>
        Assert.Contains("choose at least 1280 steps", Assert.Throws<UserInputException>(() => SoakRun.Run(Small with { Steps = 64 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Solving_stops_at_the_target_and_counts_seeds_that_never_got_there_as_infinite()
    {
        TrainingConfiguration configuration = Small with { Environment = "CartPole", Memory = new MemoryOptions { Name = "none" }, Steps = 4_000 };
        SolveBenchmark easy = SolveBenchmark.Run(configuration, target: 10, seeds: 3);
        Assert.Equal([1ul, 2ul, 3ul], easy.Seeds.Select(seed => seed.Number));
        Assert.All(easy.Seeds, seed => Assert.True(seed is { Reached: true, Steps: < 4_000 } && seed.BestMean >= 10 && seed.Evaluated > 5));
        SolveBenchmark hard = SolveBenchmark.Run(configuration with { Steps = 200 }, target: 499, seeds: 1);
        Assert.Equal((false, double.PositiveInfinity), (hard.Seeds[0].Reached, hard.MedianSeconds));
    }

    /// <summary>Every memory states at least the weights that it has, and no more than three halves of them.</summary>
    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    [InlineData("gated-delta-net")]
    [InlineData("delta-net")]
    [InlineData("linear-attention")]
    [InlineData("ffm")]
    [InlineData("ffm-normalized")]
    [InlineData("lru")]
    [InlineData("hcam")]
    [InlineData("transformer")]
    [InlineData("transformer-absolute")]
    [InlineData("transformer-gated")]
    [InlineData("transformer-distinct")]
    [InlineData("transformer-window")]
    [InlineData("transformer-no-attention")]
    [InlineData("transformer-no-feed-forward")]
    public void What_a_memory_says_of_its_weights_is_so(string memory)
    {
        var settings = new Policies.MemorySettings(memory, 64, 3, 4, 50, 96);
        using Policies.Memory made = Policies.MemoryRegistry.Create(settings);
        double stated = Policies.MemoryRegistry.Find(memory).Cost(settings, DeviceType.CPU).Weights, actual = made.parameters().Sum(parameter => parameter.numel());
        Assert.InRange(stated, actual, 1.5 * actual);
    }
}
