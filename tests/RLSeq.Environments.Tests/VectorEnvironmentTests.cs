namespace RLSeq.Environments.Tests;

public class VectorEnvironmentTests
{
    private const int Rows = 7, Steps = 60;

    [Fact]
    public void Every_row_plays_the_episodes_that_a_single_environment_plays_with_its_seeds()
    {
        using var vector = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        ProbeEnvironment[] alone = [.. Enumerable.Range(0, Rows).Select(_ => new ProbeEnvironment())];
        long[] index = new long[Rows];
        double[] sum = new double[Rows];
        int[] length = new int[Rows];
        float[][] expected = [.. Enumerable.Range(0, Rows).Select(_ => new float[2])];
        int ended = 0, truncatedCount = 0;

        vector.Reset(99);
        for (int row = 0; row < Rows; row++)
        {
            alone[row].Reset(VectorEnvironment.EpisodeSeed(99, row, 0), expected[row]);
            Assert.True(vector.Starts[row]);
            Assert.False(vector.EpisodeEnded[row]);
        }
        for (int step = 0; step < Steps; step++)
        {
            float[] actions = Actions(step);
            vector.Step(actions);
            for (int row = 0; row < Rows; row++)
            {
                StepResult result = alone[row].Step(actions.AsSpan(row, 1), expected[row]);
                sum[row] += result.Reward;
                length[row]++;
                Assert.Equal(result, new(vector.Rewards[row], vector.Terminated[row], vector.Truncated[row]));
                Assert.Equal(result.Done, vector.EpisodeEnded[row]);
                Assert.Equal(result.Done, vector.Starts[row]);
                if (result.Done)
                {
                    ended++;
                    truncatedCount += result.Truncated ? 1 : 0;
                    Assert.Equal(expected[row], vector.FinalObservations.Slice(row * 2, 2).ToArray());
                    Assert.Equal(new FinishedEpisode(index[row], sum[row], length[row], result.Truncated), vector.Finished[row]);
                    (sum[row], length[row]) = (0, 0);
                    alone[row].Reset(VectorEnvironment.EpisodeSeed(99, row, ++index[row]), expected[row]);
                }
                Assert.Equal(expected[row], vector.Observations.Slice(row * 2, 2).ToArray());
                Assert.Equal(sum[row], vector.RunningReturn(row));
                Assert.Equal(length[row], vector.RunningLength(row));
            }
        }
        Assert.InRange(ended, 50, 200);
        Assert.InRange(truncatedCount, 10, ended - 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Any_slicing_and_any_threads_give_the_same_episodes(int size)
    {
        using var whole = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        using var sliced = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        whole.Reset(5);
        sliced.Reset(5);
        for (int step = 0; step < Steps; step++) whole.Step(Actions(step));

        // Every thread runs through all its steps without waiting for the others.
        Thread[] threads = [.. Enumerable.Range(0, (Rows + size - 1) / size).Select(slice => new Thread(() =>
        {
            int first = slice * size, count = Math.Min(size, Rows - first);
            for (int step = 0; step < Steps; step++) sliced.Step(first, count, Actions(step).AsSpan(first, count));
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        AssertSame(whole, sliced);
    }

    [Fact]
    public void A_slice_leaves_the_other_rows_alone()
    {
        using var vector = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        vector.Reset(1);
        float[] before = vector.Observations.ToArray();
        vector.Step(2, 3, [0, 0, 0]);
        for (int row = 0; row < Rows; row++)
            Assert.Equal(row is >= 2 and < 5, vector.RunningLength(row) == 1 || vector.EpisodeEnded[row]);
        Assert.Equal(before[..4], vector.Observations[..4].ToArray());
        Assert.Equal(before[10..], vector.Observations[10..].ToArray());
    }

    [Fact]
    public void The_seed_matters_and_a_second_reset_begins_anew()
    {
        using var vector = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        vector.Reset(1);
        float[] first = vector.Observations.ToArray();
        for (int step = 0; step < Steps; step++) vector.Step(Actions(step));
        vector.Reset(2);
        Assert.NotEqual(first, vector.Observations.ToArray());
        vector.Reset(1);
        Assert.Equal(first, vector.Observations.ToArray());
        Assert.All(vector.Finished.ToArray(), episode => Assert.Equal(default, episode));
        Assert.DoesNotContain(true, vector.EpisodeEnded.ToArray());
    }

    [Fact]
    public void Nothing_is_allocated_per_step()
    {
        foreach (EnvironmentEntry entry in EnvironmentRegistry.Entries.Where(entry => !entry.Name.StartsWith("Test", StringComparison.Ordinal)))
        {
            using var vector = new VectorEnvironment(entry.Create, 4);
            vector.Reset(1);
            float[] actions = new float[4 * vector.ActionSize];
            var random = new RandomSource(1);
            for (int step = 0; step < 10; step++) Step();
            Assert.Equal(0, AllocatedBytes.Of(Step, times: 500));

            void Step()
            {
                for (int row = 0; row < 4; row++) vector.ActionSpace.Sample(ref random, actions.AsSpan(row * vector.ActionSize, vector.ActionSize));
                vector.Step(actions);
            }
        }
    }

    [Fact]
    public void A_failing_environment_is_named_with_row_seed_and_step_that_reproduce_it()
    {
        int made = 0;
        using var vector = new VectorEnvironment(
            () => new ProbeEnvironment { Sabotage = made++ == 3 ? step => step == 2 ? throw new InvalidOperationException("Broken.") : 0 : null }, 5);
        vector.Reset(11);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() =>
        {
            for (int step = 0; step < Steps; step++) vector.Step(new float[5]);
        });
        Assert.Equal("Probe", failure.Environment);
        Assert.Equal(3, failure.Row);
        Assert.Equal(2, failure.Step);
        Assert.Contains("Broken.", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{failure.EpisodeSeed}", failure.Message, StringComparison.Ordinal);

        using var again = new ProbeEnvironment { Sabotage = step => step == 2 ? throw new InvalidOperationException("Broken.") : 0 };
        float[] observation = new float[2];
        again.Reset(failure.EpisodeSeed, observation);
        again.Step([0], observation);
        Assert.Throws<InvalidOperationException>(() => again.Step([0], observation));

        Assert.Contains("call Reset", Assert.Throws<InvalidOperationException>(() => vector.Step(new float[5])).Message, StringComparison.Ordinal);
        vector.Reset(11);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_reward_that_is_not_finite_is_an_error(float reward)
    {
        using var vector = new VectorEnvironment(() => new ProbeEnvironment { Sabotage = _ => reward }, 2);
        vector.Reset(1);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() => vector.Step([0, 0]));
        Assert.Contains("the reward is", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 12)]
    [InlineData(3, 33)]
    [InlineData(4, 42)]
    public void An_observation_that_is_not_finite_is_an_error_wherever_it_is(int step, int element)
    {
        using var vector = new VectorEnvironment(() => new BadNumber(step, element), 1);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() =>
        {
            vector.Reset(1);
            for (int i = 0; i < 5; i++) vector.Step([0]);
        });
        Assert.Equal(step, failure.Step);
        Assert.Contains($"element {element} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_use_is_refused()
    {
        using var vector = new VectorEnvironment(() => new ProbeEnvironment(), 3);
        Assert.Throws<InvalidOperationException>(() => vector.Step([0, 0, 0]));
        vector.Reset(1);
        Assert.Throws<ArgumentException>(() => vector.Step([0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => vector.Step(2, 2, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => vector.Step(-1, 2, [0, 0]));
        Assert.Throws<EnvironmentException>(() => vector.Step([0, 3, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorEnvironment(() => new ProbeEnvironment(), 0));

        var same = new ProbeEnvironment();
        Assert.Contains("same instance", Assert.Throws<ArgumentException>(() => new VectorEnvironment(() => same, 2)).Message, StringComparison.Ordinal);
        Assert.True(same.IsDisposed);
        int made = 0;
        Assert.Contains(
            "same spaces",
            Assert.Throws<ArgumentException>(() => new VectorEnvironment(() => made++ == 0 ? new ProbeEnvironment() : new BadNumber(0, 0), 2)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_disposes_every_row()
    {
        List<ProbeEnvironment> made = [];
        var vector = new VectorEnvironment(
            () =>
            {
                made.Add(new());
                return made[^1];
            },
            3);
        vector.Dispose();
        Assert.Equal(3, made.Count);
        Assert.All(made, environment => Assert.True(environment.IsDisposed));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0.5f)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(3e9f)]
    [InlineData(-3e9f)]
    public void An_observation_that_is_not_one_of_its_values_is_an_error_wherever_it_is(float value)
    {
        // Runs of every length to beyond two vectors, with a box before and between them; the odd elements have one value more.
        for (int length = 1; length <= 37; length++)
        {
            Space run = Space.MultiDiscrete([.. Enumerable.Range(0, length).Select(i => 4 + (i % 2))]);
            for (int element = 0; element < length; element++)
            {
                using var vector = new VectorEnvironment(() => new Constant(Space.Tuple(Space.Box(-9, 9, 3), run, Space.Box(-9, 9, 2), Space.Discrete(3)), 3 + element, value), 1);
                if (value == 4 && element % 2 == 1)
                {
                    vector.Reset(1);
                    continue;
                }
                EnvironmentException failure = Assert.Throws<EnvironmentException>(() => vector.Reset(1));
                Assert.Contains(
                    FormattableString.Invariant($"element {3 + element} of the observation is {value}, but its space holds the whole numbers 0 to {3 + (element % 2)}."),
                    failure.Message,
                    StringComparison.Ordinal);
            }
        }
    }

    internal static float[] Actions(int step) => [.. Enumerable.Range(0, Rows).Select(row => (float)((step + row) % 3))];

    internal static void AssertSame(VectorEnvironment a, VectorEnvironment b)
    {
        Assert.Equal(a.Observations.ToArray(), b.Observations.ToArray());
        Assert.Equal(a.FinalObservations.ToArray(), b.FinalObservations.ToArray());
        Assert.Equal(a.Rewards.ToArray(), b.Rewards.ToArray());
        Assert.Equal(a.Terminated.ToArray(), b.Terminated.ToArray());
        Assert.Equal(a.Truncated.ToArray(), b.Truncated.ToArray());
        Assert.Equal(a.Starts.ToArray(), b.Starts.ToArray());
        Assert.Equal(a.EpisodeEnded.ToArray(), b.EpisodeEnded.ToArray());
        Assert.Equal(a.Finished.ToArray(), b.Finished.ToArray());
        for (int row = 0; row < a.Rows; row++) Assert.Equal((a.RunningReturn(row), a.RunningLength(row)), (b.RunningReturn(row), b.RunningLength(row)));
    }

    /// <summary>Observes threes, in a box or not, but one number in one place and 2 in the last.</summary>
    private sealed class Constant(Space space, int element, float value) : EnvironmentBase(space, Space.Discrete(1))
    {
        protected override void OnReset(Span<float> observation)
        {
            observation.Fill(3);
            observation[^1] = 2;
            observation[element] = value;
        }

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => default;
    }

    /// <summary>Observes 43 zeros, but NaN in one place at one step.</summary>
    private sealed class BadNumber(int step, int element) : EnvironmentBase(Space.Box(-1, 1, 43), Space.Discrete(1))
    {
        protected override void OnReset(Span<float> observation) => Observe(observation);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            Observe(observation);
            return default;
        }

        private void Observe(Span<float> observation)
        {
            observation.Clear();
            if (Steps == step) observation[element] = float.NaN;
        }
    }
}
