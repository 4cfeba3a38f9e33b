using System.Buffers;
using MessagePack;
using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class AgentSeatsTests
{
    private const int Worlds = 3, Steps = 2500;

    [Fact]
    public void Rows_of_a_world_play_what_the_world_plays_and_begin_anew_together()
    {
        using VectorEnvironment rows = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds);
        Assert.Equal(2 * Worlds, rows.Rows);
        Assert.Equal("FogPongDuel", rows.Name);
        using var alone = new FogPongDuel();
        float[] expected = new float[12];
        var results = new StepResult[2];
        rows.Reset(5);
        long episode = 0;
        alone.Reset(VectorEnvironment.EpisodeSeed(5, 2, 0), expected); // the second world is rows 2 and 3
        int ended = 0;
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(expected, rows.Observations[12..24].ToArray());
            float[] actions = Actions(step);
            rows.Step(actions);
            alone.Step(actions.AsSpan(2, 2), expected, results);
            for (int side = 0; side < 2; side++)
            {
                Assert.Equal(results[side], new(rows.Rewards[2 + side], rows.Terminated[2 + side], rows.Truncated[2 + side]));
                Assert.Equal(results[0].Done, rows.Starts[2 + side]);
            }
            Assert.Equal(0, rows.Rewards[2] + rows.Rewards[3]);
            if (!results[0].Done) continue;
            ended++;
            Assert.Equal(expected, rows.FinalObservations[12..24].ToArray());
            Assert.Equal(rows.Finished[2].Return, -rows.Finished[3].Return);
            Assert.Equal(rows.Finished[2].Length, rows.Finished[3].Length);
            alone.Reset(VectorEnvironment.EpisodeSeed(5, 2, ++episode), expected);
        }
        Assert.InRange(ended, 2, 100);
    }

    [Fact]
    public void Slices_of_whole_worlds_give_what_one_slice_gives()
    {
        using VectorEnvironment whole = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds), sliced = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds);
        whole.Reset(1);
        sliced.Reset(1);
        for (int step = 0; step < 1500; step++)
        {
            float[] actions = Actions(step);
            whole.Step(actions);
            sliced.Step(2, 4, actions.AsSpan(2, 4));
            sliced.Step(0, 2, actions.AsSpan(0, 2));
            Assert.Equal(whole.Observations.ToArray(), sliced.Observations.ToArray());
            Assert.Equal(whole.Rewards.ToArray(), sliced.Rewards.ToArray());
        }
    }

    [Fact]
    public void A_slice_that_cuts_a_world_apart_is_refused_with_the_reason_and_a_reset_mends_it()
    {
        using VectorEnvironment rows = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds);
        rows.Reset(1);
        EnvironmentException refused = Assert.Throws<EnvironmentException>(() => rows.Step(0, 3, new float[3]));
        Assert.Contains("agent 1 of 2 has no action yet; all 2 rows of a world must be stepped in one slice", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, refused.Row);
        using VectorEnvironment fresh = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds);
        rows.Reset(8);
        fresh.Reset(8);
        for (int step = 0; step < 200; step++)
        {
            rows.Step(Actions(step));
            fresh.Step(Actions(step));
            Assert.Equal(fresh.Observations.ToArray(), rows.Observations.ToArray());
        }
    }

    [Fact]
    public void Both_players_see_the_court_from_their_own_side()
    {
        // Mirrored actions from a serve that is mirrored by chance or not: what one sees of its own paddle the other sees of its own.
        using VectorEnvironment rows = AgentSeats.Vectorize(() => new FogPongDuel(), 1);
        rows.Reset(3);
        for (int step = 0; step < 40; step++) rows.Step([1, 2]);
        ReadOnlySpan<float> left = rows.Observations[..6], right = rows.Observations[6..];
        Assert.Equal(left[0], -right[0], 1e-6f);
        Assert.Equal(1, left[1] + right[1]); // one of them sees the ball
        Assert.InRange(left[1] == 1 ? left[2] : right[2], -1, 0);
    }

    [Fact]
    public void Worlds_saved_at_any_step_continue_identically_and_nothing_is_allocated()
    {
        using VectorEnvironment played = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds), restored = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds);
        Assert.True(played.CanSave);
        played.Reset(2);
        restored.Reset(9);
        for (int step = 0; step < 600; step++)
        {
            if (step % 25 == 0)
            {
                var buffer = new ArrayBufferWriter<byte>();
                var writer = new MessagePackWriter(buffer);
                played.Save(ref writer);
                writer.Flush();
                for (int i = 0; i < step % 4; i++) restored.Step(Actions(i));
                var reader = new MessagePackReader(buffer.WrittenMemory);
                restored.Restore(ref reader);
                Assert.True(reader.End);
            }
            played.Step(Actions(step));
            restored.Step(Actions(step));
            Assert.Equal(played.Observations.ToArray(), restored.Observations.ToArray());
            Assert.Equal(played.Rewards.ToArray(), restored.Rewards.ToArray());
        }
        float[] still = new float[2 * Worlds];
        Assert.Equal(0, AllocatedBytes.Of(() => played.Step(still), times: 1000));
    }

    [Fact]
    public void A_factory_makes_whole_worlds_also_after_one_was_looked_at()
    {
        // Trainers make one environment more, to look at its spaces.
        Func<IEnvironment> create = AgentSeats.Factory(() => new FogPongDuel());
        using (IEnvironment probe = create()) Assert.Equal(Space.Discrete(3), probe.ActionSpace);
        using var rows = new VectorEnvironment(create, 2 * Worlds);
        using VectorEnvironment same = AgentSeats.Vectorize(() => new FogPongDuel(), Worlds);
        rows.Reset(4);
        same.Reset(4);
        for (int step = 0; step < 300; step++)
        {
            rows.Step(Actions(step));
            same.Step(Actions(step));
            Assert.Equal(same.Observations.ToArray(), rows.Observations.ToArray());
        }
    }

    [Fact]
    public void Rows_that_are_no_whole_worlds_are_refused()
    {
        Assert.Contains(
            "3 rows do not hold whole worlds of 2 agents", Assert.Throws<ArgumentException>(() => new VectorEnvironment(AgentSeats.Factory(() => new FogPongDuel()), 3)).Message, StringComparison.Ordinal);
        Func<IEnvironment> one = AgentSeats.Factory(() => new FogPongDuel()), other = AgentSeats.Factory(() => new FogPongDuel());
        int made = 0;
        Assert.Contains(
            "row 1 is not agent 1 of its world", Assert.Throws<ArgumentException>(() => new VectorEnvironment(() => made++ % 2 == 0 ? one() : other(), 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_world_that_ends_for_one_agent_only_is_refused()
    {
        using VectorEnvironment rows = AgentSeats.Vectorize(() => new Lopsided(), 2);
        Assert.False(rows.CanSave);
        rows.Reset(1);
        rows.Step(new float[4]);
        EnvironmentException refused = Assert.Throws<EnvironmentException>(() => rows.Step(new float[4]));
        Assert.Contains("it must end for all together", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => AgentSeats.Vectorize(() => new Lopsided(), 0));
    }

    [Fact]
    public void A_row_of_a_world_is_not_restarted_alone() =>
        Assert.Contains(
            "cannot be restarted alone",
            Assert.Throws<ArgumentException>(() => new VectorEnvironment(AgentSeats.Factory(() => new FogPongDuel()), 2, new VectorOptions { RestartOnError = true })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void One_agent_among_random_ones_plays_the_world_and_has_its_abilities()
    {
        using var alone = new AmongRandomAgents(new FogPongDuel());
        Assert.Equal("FogPongDuel", alone.Name);
        Assert.NotNull(alone.Ability<IImageRenderable>());
        Assert.NotNull(alone.Ability<ITextRenderable>());
        Assert.NotNull(alone.Ability<ISaveable>());
        Assert.Null(alone.Ability<IActionMasking>());

        // The seed's first number begins the world's episode; then comes one draw for each other agent in every step.
        using var world = new FogPongDuel();
        float[] observation = new float[6], expected = new float[12], other = new float[1];
        var results = new StepResult[2];
        var random = new RandomSource(9);
        alone.Reset(9, observation);
        world.Reset(random.NextUInt64(), expected);
        for (int step = 0; step < 300; step++)
        {
            Assert.Equal(expected[..6], observation);
            world.ActionSpace.Sample(ref random, other);
            StepResult result = alone.Step([step / 7 % 3], observation);
            world.Step([step / 7 % 3, other[0]], expected, results);
            Assert.Equal(results[0], result);
            if (result.Done) break;
        }

        using var lopsided = new AmongRandomAgents(new Lopsided());
        Assert.Null(lopsided.Ability<ISaveable>());
        Assert.Null(lopsided.Ability<ITextRenderable>());
        Assert.Equal("Lopsided", lopsided.Name);
    }

    private static float[] Actions(int step) => [.. Enumerable.Range(0, 2 * Worlds).Select(row => (float)(((step / 20) + (row * 5)) % 3))];

    /// <summary>Ends in its second step, for the first agent alone.</summary>
    private sealed class Lopsided : IMultiAgentEnvironment
    {
        private int _steps;

        public int Agents => 2;

        public Space ObservationSpace { get; } = Space.Discrete(2);

        public Space ActionSpace { get; } = Space.Discrete(2);

        public void Reset(ulong seed, Span<float> observations)
        {
            _steps = 0;
            observations.Clear();
        }

        public void Step(ReadOnlySpan<float> actions, Span<float> observations, Span<StepResult> results)
        {
            observations.Clear();
            results.Clear();
            results[0] = new(0, Terminated: ++_steps == 2, Truncated: false);
        }

        public void Dispose()
        {
        }
    }
}
