using Gym.Collections;
using Gym.Envs;
using Gym.Spaces;
using NumSharp;
using RLSeq.Environments.GymNet;
using SixLabors.ImageSharp;
using GymStep = Gym.Observations.Step;

namespace RLSeq.Environments.Tests.GymNet;

/// <summary>Environments written for Gym.NET, played through the adapter.</summary>
public sealed class GymNetTests
{
    [Fact]
    public void Spaces_are_converted_with_their_bounds()
    {
        Slide cart = new() { ObservationSpace = new Box(np.array(-4.8f, float.MinValue, -0.4f, float.MinValue), np.array(4.8f, float.MaxValue, 0.4f, float.MaxValue)) };
        Assert.Equal("Tuple(Box(-4.8, 4.8, 1), Box(-Infinity, Infinity, 1), Box(-0.4, 0.4, 1), Box(-Infinity, Infinity, 1))", new GymNetEnvironment(cart).ObservationSpace.ToString());
        Slide runs = new() { ObservationSpace = new Box(np.array(-1.0, -1, 0), np.array(1.0, 1, 1)) };
        Assert.Equal("Tuple(Box(-1, 1, 2), Box(0, 1, 1))", new GymNetEnvironment(runs).ObservationSpace.ToString());
        Slide image = new() { ObservationSpace = new Box(Grid(0), Grid(255), np.uint8) };
        Assert.Equal(RLSeq.Environments.Space.Bytes(2, 3), new GymNetEnvironment(image).ObservationSpace);
        Assert.Equal((RLSeq.Environments.Space.Discrete(3), RLSeq.Environments.Space.Box(-1, 1, 2)), (new GymNetEnvironment(new Slide()).ActionSpace, new GymNetEnvironment(new Slide()).ObservationSpace));

        static NDArray Grid(byte value) => new(Enumerable.Repeat(value, 6).ToArray(), [2, 3]);
    }

    [Fact]
    public void Other_spaces_are_refused()
    {
        Slide strange = new() { ActionSpace = new Strange() }, image = new() { ActionSpace = new Box(new NDArray(new float[4], [2, 2]), new NDArray(new float[] { 1, 1, 1, 1 }, [2, 2])) };
        Assert.Contains("the actions of Slide are a Strange, but only Box and Discrete can be adapted.", Assert.Throws<ArgumentException>(() => new GymNetEnvironment(strange)).Message, StringComparison.Ordinal);
        Assert.Contains("a box of 2 dimensions; only vectors", Assert.Throws<ArgumentException>(() => new GymNetEnvironment(image)).Message, StringComparison.Ordinal);
    }

    /// <summary>The same seed gives the same episode, in any instance and order; the one thing found is what Gym.NET's interface costs.</summary>
    [Fact]
    public void It_passes_the_checker_but_for_allocating() =>
        Assert.Equal("allocation", Assert.Single(EnvironmentChecker.Check(() => new TimeLimit(new GymNetEnvironment(new Slide()), 30))).Check);

    [Fact]
    public void Discrete_actions_are_whole_numbers_and_continuous_ones_arrays()
    {
        var discrete = new Slide();
        using var first = new GymNetEnvironment(discrete);
        first.Reset(1, new float[2]);
        first.Step([2], new float[2]);
        Assert.Equal(2, Assert.IsType<int>(discrete.LastAction));

        var continuous = new Slide { ActionSpace = new Box(np.array(-1f, -1f), np.array(1f, 1f)) };
        using var second = new GymNetEnvironment(continuous);
        second.Reset(1, new float[2]);
        second.Step([0.25f, -0.5f], new float[2]);
        Assert.Equal([0.25f, -0.5f], Assert.IsType<NDArray>(continuous.LastAction).ToArray<float>());
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    public void The_end_is_a_termination_unless_the_information_says_otherwise(bool? cut, bool terminated, bool truncated)
    {
        var slide = new Slide { Ends = 2 };
        if (cut is { } value) slide.Information = new Dict { ["TimeLimit.truncated"] = value };
        using var environment = new GymNetEnvironment(slide);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        StepResult first = environment.Step([1], observation), last = environment.Step([1], observation);
        Assert.Equal(cut is true && !first.Done, !first.Done && last.Truncated);
        Assert.Equal((terminated, truncated), (last.Terminated, last.Truncated));
        Assert.Equal(0.5f, last.Reward);
    }

    [Fact]
    public void Observations_arrive_whatever_their_type_and_wrong_sizes_are_named()
    {
        using var doubles = new GymNetEnvironment(new Slide { AsDoubles = true });
        using var floats = new GymNetEnvironment(new Slide());
        float[] first = new float[2], second = new float[2];
        doubles.Reset(7, first);
        floats.Reset(7, second);
        Assert.Equal(first, second);
        Assert.InRange(first[0], -1, 1);
        Slide wrong = new() { ObservationSpace = new Box(np.array(-1f), np.array(1f)) };
        Assert.Contains("returned an observation of 2 numbers, but its space Box(-1, 1, 1) has 1.", Assert.Throws<InvalidOperationException>(() => new GymNetEnvironment(wrong).Reset(1, new float[1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_closed_and_named()
    {
        var slide = new Slide();
        new GymNetEnvironment(slide).Dispose();
        Assert.True(slide.IsClosed);
        Assert.Equal(("Slide", "Other"), (new GymNetEnvironment(slide).Name, EnvironmentAbilities.NameOf(new GymNetEnvironment(slide, "Other"))));
    }

    private sealed class Strange() : Gym.Spaces.Space(np.float32)
    {
    }

    /// <summary>Written as for Gym.NET: slides by the action and some noise, and falls off beyond 1.</summary>
    private sealed class Slide : IEnv
    {
        private Random _random = new();
        private double _place, _noise;
        private int _steps;

        public Dict Metadata { get; set; } = [];

        public (float From, float To) RewardRange { get; set; }

        public Gym.Spaces.Space ActionSpace { get; set; } = new Discrete(3);

        public Gym.Spaces.Space ObservationSpace { get; set; } = new Box(np.array(-1f, -1f), np.array(1f, 1f));

        public Dict? Information { get; set; }

        public int Ends { get; init; } = int.MaxValue;

        public bool AsDoubles { get; init; }

        public object? LastAction { get; private set; }

        public bool IsClosed { get; private set; }

        public NDArray Reset()
        {
            (_place, _steps, _noise) = ((_random.NextDouble() - 0.5) / 2, 0, 0);
            return Observation();
        }

        public GymStep Step(object action)
        {
            LastAction = action;
            _noise = (_random.NextDouble() - 0.5) / 5;
            _place += ((action is int choice ? choice - 1 : 0) / 10.0) + _noise;
            bool done = Math.Abs(_place) > 1 || ++_steps >= Ends;
            _place = Math.Clamp(_place, -1, 1);
            return new GymStep(Observation(), 0.5f, done, done ? Information : null);
        }

        public Task<GymStep> StepAsync(object action) => Task.FromResult(Step(action));

        public Image Render(string mode = "human") => throw new NotSupportedException();

        public void CloseEnvironment() => IsClosed = true;

        public void Seed(int seed) => _random = new Random(seed);

        private NDArray Observation() => AsDoubles ? np.array(_place, _noise) : np.array((float)_place, (float)_noise);
    }
}
