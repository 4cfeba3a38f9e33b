using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

/// <summary>What each wrapper changes, against values computed here from the environment without it.</summary>
public class WrapperTests
{
    private static readonly float[] Choices = [2, 0, 1, 1, 2, 0, 0, 1];

    [Fact]
    public void PreviousAction_shows_the_action_and_the_first_step()
    {
        using var wrapped = new PreviousAction(new Walk());
        Assert.Equal("Tuple(Box(-100, 100, 2), Discrete(3), Discrete(2))", wrapped.ObservationSpace.ToString());
        float[] observation = new float[4];
        for (int episode = 0; episode < 2; episode++)
        {
            wrapped.Reset(1, observation);
            Assert.Equal([0, 10, 0, 1], observation);
            wrapped.Step([2], observation);
            Assert.Equal([1, 12, 2, 0], observation);
            wrapped.Step([1], observation);
            Assert.Equal([2, 13, 1, 0], observation);
        }
    }

    [Fact]
    public void The_action_before_the_first_is_nearest_to_zero_in_its_box()
    {
        using var wrapped = new PreviousAction(new Aims(Space.Box(0.5f, 2, 2)));
        float[] observation = new float[4];
        wrapped.Reset(1, observation);
        Assert.Equal([0, 0.5f, 0.5f, 1], observation);
        Assert.True(wrapped.ObservationSpace.Contains(observation));
    }

    [Fact]
    public void MaskObservation_removes_or_hides()
    {
        using var removed = new MaskObservation(new Walk(), [0]);
        using var hidden = new MaskObservation(new Walk(), [1, 1], keepPlaces: true);
        Assert.Equal(Space.Box(-100, 100, 1), removed.ObservationSpace);
        Assert.Equal(Space.Box(-100, 100, 2), hidden.ObservationSpace);
        float[] one = new float[1], two = new float[2];
        removed.Reset(1, one);
        hidden.Reset(1, two);
        Assert.Equal([10], one);
        Assert.Equal([0, 0], two);
        removed.Step([2], one);
        hidden.Step([2], two);
        Assert.Equal([12], one);
        Assert.Equal([1, 0], two);
    }

    [Fact]
    public void MaskObservation_takes_parts_of_composite_observations()
    {
        using var stacked = new MaskObservation(new PreviousAction(new Walk()), [0, 3]);
        Assert.Equal("Tuple(Box(-100, 100, 1), Discrete(3))", stacked.ObservationSpace.ToString());
        using var components = new MaskObservation(new PreviousAction(new Aims(Space.MultiDiscrete(4, 5, 6))), [2]);
        Assert.Equal("Tuple(Box(-10, 10, 1), MultiDiscrete(4, 6), Discrete(2))", components.ObservationSpace.ToString());
    }

    [Fact]
    public void FrameStack_holds_the_last_observations_oldest_first()
    {
        using var wrapped = new FrameStack(new Walk(), 3);
        Assert.Equal(Space.Box(-100, 100, 3, 2), wrapped.ObservationSpace);
        float[] observation = new float[6];
        wrapped.Reset(1, observation);
        Assert.Equal([0, 10, 0, 10, 0, 10], observation);
        wrapped.Step([2], observation);
        wrapped.Step([1], observation);
        Assert.Equal([0, 10, 1, 12, 2, 13], observation);
        wrapped.Step([0], observation);
        Assert.Equal([1, 12, 2, 13, 3, 13], observation);
        wrapped.Reset(1, observation);
        Assert.Equal([0, 10, 0, 10, 0, 10], observation);
        using var cards = new FrameStack(new RepeatFirst(Difficulty.Easy), 2);
        Assert.Equal("Tuple(Discrete(4), Discrete(4))", cards.ObservationSpace.ToString());
    }

    [Fact]
    public void TimeLimit_truncates_and_leaves_terminations()
    {
        using var wrapped = new TimeLimit(new Walk(), 3);
        using var both = new TimeLimit(new Walk(), 8);
        Assert.Equal([(false, false), (false, false), (false, true)], Ends(wrapped, 3));
        Assert.Throws<InvalidOperationException>(() => wrapped.Step([0], new float[2]));
        Assert.Equal((true, false), Ends(both, 8)[^1]); // the walk terminates at its eighth step
        Assert.Equal((false, true), Ends(wrapped, 3)[^1]);

        static List<(bool, bool)> Ends(IEnvironment environment, int steps)
        {
            float[] observation = new float[2];
            environment.Reset(1, observation);
            return [.. Enumerable.Range(0, steps).Select(_ => environment.Step([1], observation)).Select(result => (result.Terminated, result.Truncated))];
        }
    }

    [Fact]
    public void ActionRepeat_sums_rewards_and_stops_at_the_end()
    {
        using var wrapped = new ActionRepeat(new Walk(), 3);
        float[] observation = new float[2];
        wrapped.Reset(1, observation);
        Assert.Equal(new StepResult(12 + 14 + 16, false, false), wrapped.Step([2], observation)); // the reward is the place
        Assert.Equal([3, 16], observation);
        Assert.Equal(new StepResult(16 * 3, false, false), wrapped.Step([0], observation));
        Assert.Equal(new StepResult(17 + 18, true, false), wrapped.Step([1], observation)); // two steps were left
    }

    [Theory]
    [InlineData(5, new float[] { -2, -1, 0, 1, 2 })]
    [InlineData(2, new float[] { -2, 2 })]
    [InlineData(3, new float[] { -2, 0, 2 })]
    public void DiscretizeActions_spaces_values_evenly_with_both_bounds(int bins, float[] expected)
    {
        var inner = new Aims(Space.Box(-2, 2, 1));
        using var wrapped = new DiscretizeActions(inner, bins);
        Assert.Equal(Space.Discrete(bins), wrapped.ActionSpace);
        wrapped.Reset(1, new float[1]);
        for (int i = 0; i < bins; i++)
        {
            wrapped.Step([i], new float[1]);
            Assert.Equal([expected[i]], inner.Last);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => wrapped.Step([bins], new float[1]));
    }

    [Theory]
    [InlineData(-1, 1, 5, 2)] // 0 lies in the middle
    [InlineData(-1, 3, 5, 1)] // the values are -1, 0, 1, 2, 3
    [InlineData(2, 4, 3, 0)] // the box's nearest to 0 is its lower bound
    public void DiscretizeActions_does_nothing_by_the_value_nearest_to_what_does_nothing_inside(float low, float high, int bins, float expected)
    {
        using var wrapped = new DiscretizeActions(new Aims(Space.Box(low, high, 1)), bins);
        Assert.Equal([expected], wrapped.IdleAction());
    }

    [Fact]
    public void A_push_in_the_middle_does_nothing()
    {
        foreach (string name in (string[])["MountainCar", "Acrobot"])
        {
            using IEnvironment environment = EnvironmentRegistry.Get(name).Create();
            Assert.Equal([1f], environment.IdleAction());
        }
    }

    [Fact]
    public void DiscretizeActions_leaves_discrete_parts_and_their_masks()
    {
        var inner = new MaskedAims(Space.Tuple(Space.Discrete(3), Space.Box(0, 1, 2), Space.Discrete(2)));
        using var wrapped = new DiscretizeActions(inner, 4);
        Assert.Equal("Tuple(Discrete(3), MultiDiscrete(4, 4), Discrete(2))", wrapped.ActionSpace.ToString());
        bool[] mask = new bool[13];
        wrapped.Ability<IActionMasking>()!.WriteActionMask(mask);
        Assert.Equal([true, false, true, true, true, true, true, true, true, true, true, false, true], mask);
        wrapped.Reset(1, new float[1]);
        wrapped.Step([2, 3, 0, 1], new float[1]);
        Assert.Equal([2, 1, 0, 1], inner.Last);
        Assert.Null(new DiscretizeActions(new Aims(Space.Box(0, 1, 1)), 2).Ability<IActionMasking>());
    }

    [Fact]
    public void ObservationDelay_shows_what_was_seen_some_steps_ago()
    {
        using var plain = new Walk();
        using var wrapped = new ObservationDelay(new Walk(), 2);
        float[] observation = new float[2], late = new float[2];
        plain.Reset(1, observation);
        wrapped.Reset(1, late);
        List<float[]> seen = [[.. observation]];
        Assert.Equal(observation, late);
        for (int step = 1; step <= 7; step++)
        {
            StepResult now = plain.Step([Choices[step]], observation);
            seen.Add([.. observation]);
            Assert.Equal(now, wrapped.Step([Choices[step]], late));
            Assert.Equal(seen[Math.Max(0, step - 2)], late);
        }
    }

    [Fact]
    public void ActionDelay_does_what_was_chosen_some_steps_ago()
    {
        var inner = new Aims(Space.Discrete(5));
        using var wrapped = new ActionDelay(inner, 3, filling: 4);
        float[] observation = new float[1];
        wrapped.Reset(1, observation);
        List<float> done = [];
        for (int step = 0; step < 8; step++)
        {
            wrapped.Step([Choices[step]], observation);
            done.Add(inner.Last[0]);
        }
        Assert.Equal([4, 4, 4, .. Choices[..5]], done);
        Assert.Throws<ArgumentOutOfRangeException>(() => wrapped.Step([5], observation));
        wrapped.Reset(2, observation);
        wrapped.Step([0], observation);
        Assert.Equal([4], inner.Last);
    }

    [Fact]
    public void Flatten_gives_what_a_network_sees()
    {
        using var wrapped = new Flatten(new PreviousAction(new Walk()));
        Assert.Equal(Space.Box(-100, 100, 7), wrapped.ObservationSpace);
        float[] observation = new float[7];
        wrapped.Reset(1, observation);
        Assert.Equal([0, 10, 1, 0, 0, 0, 1], observation);
        wrapped.Step([2], observation);
        Assert.Equal([1, 12, 0, 0, 1, 1, 0], observation);
    }

    /// <summary>
    /// 40,000 draws in all: the mean has a standard error of σ/200, the deviation one of σ/283, so that five of each hold. The noise must
    /// not change what the environment draws.
    /// </summary>
    [Fact]
    public void Noise_is_Gaussian_clipped_and_apart_from_the_environments_own_draws()
    {
        const float Sigma = 0.5f;
        using var plain = new Aims(Space.Discrete(2), bound: 100);
        using var wrapped = new NoiseObservation(new Aims(Space.Discrete(2), bound: 100), Sigma);
        float[] clean = new float[1], noisy = new float[1];
        List<double> noise = [];
        for (ulong episode = 0; episode < 400; episode++)
        {
            plain.Reset(episode, clean);
            wrapped.Reset(episode, noisy);
            for (int step = 0; step < 100; step++)
            {
                Assert.Equal(plain.Step([0], clean), wrapped.Step([0], noisy));
                noise.Add(noisy[0] - clean[0]);
            }
        }
        double mean = noise.Average(), deviation = Math.Sqrt(noise.Average(x => (x - mean) * (x - mean)));
        Assert.InRange(mean, -5 * Sigma / 200, 5 * Sigma / 200);
        Assert.InRange(deviation, Sigma * (1 - (5 / 283.0)), Sigma * (1 + (5 / 283.0)));

        using var clipped = new NoiseObservation(new Aims(Space.Discrete(2), bound: 0.01f), Sigma);
        clipped.Reset(1, noisy);
        for (int step = 0; step < 50; step++)
        {
            clipped.Step([0], noisy);
            Assert.True(clipped.ObservationSpace.Contains(noisy));
        }
    }

    /// <summary>
    /// Two independent noises of σ add up to one of √2·σ; the same noise twice would be one of 2·σ. 40,000 draws, and five standard errors.
    /// </summary>
    [Fact]
    public void Noise_on_top_of_noise_is_independent_of_it()
    {
        const float Sigma = 0.5f;
        using var plain = new Aims(Space.Discrete(2), bound: 100);
        using var once = new NoiseObservation(new Aims(Space.Discrete(2), bound: 100), Sigma);
        using var twice = new NoiseObservation(new PreviousAction(new NoiseObservation(new Aims(Space.Discrete(2), bound: 100), Sigma)), Sigma);
        float[] clean = new float[1], inner = new float[1], outer = new float[3];
        double squares = 0, products = 0;
        for (ulong episode = 0; episode < 400; episode++)
        {
            plain.Reset(episode, clean);
            once.Reset(episode, inner);
            twice.Reset(episode, outer);
            for (int step = 0; step < 100; step++)
            {
                plain.Step([0], clean);
                once.Step([0], inner);
                twice.Step([0], outer);
                double first = inner[0] - clean[0], second = outer[0] - inner[0];
                squares += second * second;
                products += first * second;
            }
        }
        Assert.InRange(Math.Sqrt(squares / 40_000), Sigma * (1 - (5 / 283.0)), Sigma * (1 + (5 / 283.0)));
        Assert.InRange(products / 40_000, -5 * Sigma * Sigma / 200, 5 * Sigma * Sigma / 200);
    }

    /// <summary>By the closed form y_t = α Σ_(i=0)^(t−1) (1 − α)^i x_(t−i) + (1 − α)^t x_0, over two episodes: nothing of the first is left in the second.</summary>
    [Theory, InlineData(0.25f), InlineData(1f)]
    public void Smoothing_is_the_weighted_sum_of_the_episode(float alpha)
    {
        using var plain = new Signals();
        using var wrapped = new SmoothObservation(new Signals(), alpha);
        Assert.Equal(plain.ObservationSpace.ToString(), wrapped.ObservationSpace.ToString());
        float[] clean = new float[4], smooth = new float[4];
        foreach (ulong episode in (ulong[])[1, 2])
        {
            plain.Reset(episode, clean);
            wrapped.Reset(episode, smooth);
            List<float[]> seen = [[.. clean]];
            Assert.Equal(clean, smooth);
            for (int t = 1; t <= 30; t++)
            {
                Assert.Equal(plain.Step([0], clean), wrapped.Step([0], smooth));
                seen.Add([.. clean]);
                Assert.Equal(clean[..2], smooth[..2]); // a choice and a byte
                for (int element = 2; element < 4; element++)
                {
                    double expected = Math.Pow(1 - alpha, t) * seen[0][element];
                    for (int i = 0; i < t; i++) expected += alpha * Math.Pow(1 - alpha, i) * seen[t - i][element];
                    Assert.Equal(expected, smooth[element], 5e-7);
                }
                Assert.True(wrapped.ObservationSpace.Contains(smooth));
            }
        }
    }

    [Fact]
    public void An_observation_without_real_numbers_cannot_be_smoothed() =>
        Assert.Contains("no real numbers", Assert.Throws<ArgumentException>(() => new SmoothObservation(EnvironmentRegistry.Create("RepeatPreviousEasy", "bare"), 0.5f)).Message, StringComparison.Ordinal);

    /// <summary>A choice, a byte and two real numbers, all drawn at every step.</summary>
    private sealed class Signals() : EnvironmentBase(Space.Tuple(Space.Discrete(3), new BoxSpace(0, 255, BoxElement.UInt8, 1), Space.Box(-1, 1, 2)), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation) => Draw(observation);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            Draw(observation);
            return new StepResult(observation[2], false, false);
        }

        private void Draw(Span<float> observation) =>
            (observation[0], observation[1], observation[2], observation[3]) = (Random.NextInt(3), Random.NextInt(256), Random.NextFloat(-1, 1), Random.NextFloat(-1, 1));
    }

    /// <summary>An end of the corridor after eight steps; observes steps and place, rewards the place; an action moves by 0, 1 or 2.</summary>
    private sealed class Walk() : EnvironmentBase(Space.Box(-100, 100, 2), Space.Discrete(3))
    {
        private int _place;

        protected override void OnReset(Span<float> observation) => (observation[0], observation[1]) = (0, _place = 10);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            _place += Discrete(action);
            (observation[0], observation[1]) = (Steps, _place);
            return new StepResult(_place, Terminated: Steps == 8, Truncated: false);
        }
    }

    /// <summary>Remembers the last action; observes a number that it draws at every step.</summary>
    private class Aims(Space actions, float bound = 10) : EnvironmentBase(Space.Box(-bound, bound, 1), actions)
    {
        public float[] Last { get; private set; } = [];

        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            Last = [.. action];
            observation[0] = Random.NextFloat(-0.01f, 0.01f);
            return new StepResult(observation[0], false, false);
        }
    }

    /// <summary>Forbids the choices 1 of the first component and 0 of the last.</summary>
    private sealed class MaskedAims(Space actions) : Aims(actions), IActionMasking
    {
        public void WriteActionMask(Span<bool> mask)
        {
            mask.Fill(true);
            (mask[1], mask[^2]) = (false, false);
        }
    }
}
