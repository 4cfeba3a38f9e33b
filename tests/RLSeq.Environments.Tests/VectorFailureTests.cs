using System.Buffers;
using MessagePack;

namespace RLSeq.Environments.Tests;

/// <summary>Rows that fail or hang: they are named, can be played again, and are restarted where the user chose so.</summary>
public sealed class VectorFailureTests
{
    private const int Rows = 7, Steps = 80;

    [Fact]
    public void A_failure_carries_what_plays_it_again()
    {
        using var vector = new VectorEnvironment(() => new Fragile(), Rows);
        vector.Reset(3);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() =>
        {
            for (int step = 0; step < Steps; step++) vector.Step(VectorEnvironmentTests.Actions(step));
        });
        Assert.Equal(failure.Step, failure.Actions!.Count);
        using var again = new Fragile();
        Assert.Equal(failure.InnerException!.Message, Assert.Throws<InvalidOperationException>(() => failure.Replay(again)).Message);
        Assert.Contains($"To reproduce it: Reset({failure.EpisodeSeed}), then the actions {string.Join(", ", failure.Actions!)}.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_recipes_stay_in_the_exception_and_unknown_ones_are_said_so()
    {
        Assert.EndsWith("To reproduce it: Replay of this exception, which is Reset(5) and the 17 steps in Actions.", Failed(17, new float[17]).Message, StringComparison.Ordinal);
        Assert.EndsWith("To reproduce it: Reset(5), then the same 17 actions.", Failed(17, null).Message, StringComparison.Ordinal);
        Assert.EndsWith("To reproduce it: Reset(5).", Failed(0, []).Message, StringComparison.Ordinal);
        Assert.Contains("not known", Assert.Throws<InvalidOperationException>(() => Failed(17, null).Replay(new Fragile())).Message, StringComparison.Ordinal);

        static EnvironmentException Failed(int step, float[]? actions) => new("E", 1, 5, step, new InvalidOperationException("No."), actions);
    }

    [Fact]
    public void After_a_restore_in_the_middle_of_an_episode_its_actions_are_not_known()
    {
        using var played = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        using var restored = new VectorEnvironment(() => new ProbeEnvironment { Sabotage = _ => float.NaN }, Rows);
        played.Reset(1);
        int row;
        do
        {
            played.Step(VectorEnvironmentTests.Actions(0));
            row = Enumerable.Range(0, Rows).FirstOrDefault(candidate => played.RunningLength(candidate) > 0, -1);
        }
        while (row != 0); // the first row fails first
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        played.Save(ref writer);
        writer.Flush();
        var reader = new MessagePackReader(buffer.WrittenMemory);
        restored.Restore(ref reader);
        Assert.Null(Assert.Throws<EnvironmentException>(() => restored.Step(VectorEnvironmentTests.Actions(1))).Actions);
    }

    /// <summary>A restarted row plays what a single environment plays with the row's seeds, a broken episode ending where it failed.</summary>
    [Fact]
    public void A_failing_row_is_restarted_with_its_next_episode_and_counted()
    {
        using var vector = new VectorEnvironment(() => new Fragile(), Rows, new VectorOptions { RestartOnError = true });
        Fragile[] alone = [.. Enumerable.Range(0, Rows).Select(_ => new Fragile())];
        float[][] expected = [.. Enumerable.Range(0, Rows).Select(_ => new float[1])];
        long[] index = new long[Rows];
        int[] length = new int[Rows];
        int broken = 0, ended = 0;
        vector.Reset(3);
        for (int row = 0; row < Rows; row++) alone[row].Reset(VectorEnvironment.EpisodeSeed(3, row, 0), expected[row]);
        for (int step = 0; step < Steps; step++)
        {
            float[] actions = VectorEnvironmentTests.Actions(step);
            vector.Step(actions);
            for (int row = 0; row < Rows; row++)
            {
                bool fails = false;
                StepResult result = default;
                try { result = alone[row].Step(actions.AsSpan(row, 1), expected[row]); }
                catch (InvalidOperationException) { fails = true; }
                Assert.Equal(fails, vector.Broken[row]);
                Assert.Equal(fails || result.Done, vector.EpisodeEnded[row]);
                Assert.Equal(fails || result.Done, vector.Starts[row]);
                Assert.Equal((fails ? 0 : result.Reward, !fails && result.Terminated, fails || result.Truncated), (vector.Rewards[row], vector.Terminated[row], vector.Truncated[row]));
                if (fails) Assert.Equal((index[row], length[row], true), (vector.Finished[row].Index, vector.Finished[row].Length, vector.Finished[row].Truncated));
                length[row]++;
                if (fails || result.Done)
                {
                    alone[row].Reset(VectorEnvironment.EpisodeSeed(3, row, ++index[row]), expected[row]);
                    length[row] = 0;
                }
                Assert.Equal(expected[row], vector.Observations.Slice(row, 1).ToArray());
                (broken, ended) = (broken + (fails ? 1 : 0), ended + (result.Done ? 1 : 0));
            }
            Assert.Equal(broken, vector.Failures);
        }
        Assert.True(broken > 10 && ended > 10, $"{broken} broken, {ended} ended");
        Assert.Contains("Shattered", vector.LastFailure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restarts_are_the_same_for_any_slicing_and_any_threads()
    {
        var options = new VectorOptions { RestartOnError = true };
        using var whole = new VectorEnvironment(() => new Fragile(), Rows, options);
        using var sliced = new VectorEnvironment(() => new Fragile(), Rows, options);
        whole.Reset(5);
        sliced.Reset(5);
        for (int step = 0; step < Steps; step++) whole.Step(VectorEnvironmentTests.Actions(step));
        new VectorWatch(sliced, TimeSpan.FromMinutes(1)).Run(3, slice =>
        {
            int first = slice * 3, count = Math.Min(3, Rows - first);
            for (int step = 0; step < Steps; step++) sliced.Step(first, count, VectorEnvironmentTests.Actions(step).AsSpan(first, count));
        });
        VectorEnvironmentTests.AssertSame(whole, sliced);
        Assert.Equal(whole.Failures, sliced.Failures);
        Assert.True(whole.Failures > 10);
    }

    [Fact]
    public void The_broken_instance_is_replaced_and_disposed_of()
    {
        List<ProbeEnvironment> made = [];
        using var vector = new VectorEnvironment(
            () =>
            {
                made.Add(new ProbeEnvironment { Sabotage = made.Count == 0 ? _ => float.NaN : null });
                return made[^1];
            },
            1,
            new VectorOptions { RestartOnError = true });
        vector.Reset(1);
        vector.Step([0]);
        Assert.True(vector.Broken[0]);
        Assert.True(made[0].IsDisposed);
        Assert.Same(made[1], vector[0]);
        vector.Step([0]);
        Assert.False(vector.Broken[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_never_works_stops(bool inReset)
    {
        int made = 0;
        using var vector = new VectorEnvironment(() => new Hopeless(inReset && made++ > 0), 1, new VectorOptions { RestartOnError = true, MostFailuresInARow = 4 });
        vector.Reset(1);
        int steps = 0;
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() =>
        {
            for (; steps < 100; steps++) vector.Step([0]);
        });
        Assert.Contains("restarted 4 times in a row before, and no episode came to its end.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, vector.Failures);
        Assert.Equal(inReset ? 0 : 4, steps);
        Assert.Throws<InvalidOperationException>(() => vector.Step([0]));
    }

    [Fact]
    public void Nothing_is_allocated_per_step_with_restarts_on()
    {
        using var vector = new VectorEnvironment(() => new ProbeEnvironment(), Rows, new VectorOptions { RestartOnError = true });
        vector.Reset(1);
        float[] actions = new float[Rows];
        for (int i = 0; i < 50; i++) vector.Step(actions);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++) vector.Step(actions);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The environment that hangs waits for the test, so nothing here depends on how fast the machine is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_hanging_environment_is_named_and_the_others_stop(int slices)
    {
        using var release = new ManualResetEventSlim();
        int made = 0;
        List<Waiting> environments = [];
        var vector = new VectorEnvironment(
            () =>
            {
                environments.Add(new Waiting(made++ == 4 ? release : null));
                return environments[^1];
            },
            6);
        vector.Reset(8);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() => new VectorWatch(vector, TimeSpan.FromSeconds(0.25)).Run(slices, slice =>
        {
            int first = slice * 6 / slices, count = 6 / slices;
            while (true) vector.Step(first, count, new float[count]);
        }));
        Assert.Equal((4, 3, VectorEnvironment.EpisodeSeed(8, 4, 0)), (failure.Row, failure.Step, failure.EpisodeSeed));
        Assert.Contains("Waiting: row 4 failed in step 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("did not return within 0.25 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Contains("then the actions 0, 0, 0.", failure.Message, StringComparison.Ordinal);
        vector.Dispose();
        Assert.Equal([0, 1, 2, 3, 5], Enumerable.Range(0, 6).Where(row => environments[row].IsDisposed)); // the fourth is still in its call
        release.Set();
    }

    [Fact]
    public void The_cause_of_a_failure_is_thrown_and_not_its_consequences()
    {
        using var vector = new VectorEnvironment(() => new Fragile(), 6);
        vector.Reset(3);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() => new VectorWatch(vector, TimeSpan.Zero).Run(3, slice =>
        {
            for (int step = 0; step < Steps; step++) vector.Step(slice * 2, 2, [0, 1]);
        }));
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Assert.Contains("Shattered", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Draws at each step: breaks one time in twelve, ends one time in eight.</summary>
    private sealed class Fragile() : EnvironmentBase(Space.Box(-1, 10, 1), Space.Discrete(3))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = Random.NextInt(10);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = -1; // half-written
            if (Random.NextInt(12) == 0) throw new InvalidOperationException($"Shattered at {Steps}.");
            observation[0] = Random.NextInt(10);
            return new StepResult(action[0] + 1, Terminated: Random.NextInt(8) == 0, Truncated: false);
        }
    }

    private sealed class Hopeless(bool inReset) : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(3))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = inReset ? throw new InvalidOperationException("No.") : 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => throw new InvalidOperationException("No.");
    }

    /// <summary>Waits in its third step, if told to.</summary>
    private sealed class Waiting(ManualResetEventSlim? release) : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(3))
    {
        public bool IsDisposed { get; private set; }

        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            if (Steps == 3) release?.Wait();
            observation[0] = 0;
            return default;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
