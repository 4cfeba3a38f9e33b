using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

public sealed class CollectorTests
{
    private const int Steps = 17, Rows = 6;

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (string memory in (string[])["none", "ffm-normalized", "gru", "lstm", "lru", "min-gru", "gated-delta-net", "linear-attention", "hcam", "transformer"])
                foreach (string ending in Enum.GetNames<CountingEpisodes.Ending>())
                    foreach (string acting in (string[])[ActingChoice.Managed, ActingChoice.Torch]) cases.Add(memory, ending, acting);
            return cases;
        }
    }

    /// <summary>What a rollout allocates, its list of episodes, does not depend on its length: the loop over steps allocates nothing.</summary>
    [Theory, MemberData(nameof(Trained.Memories), MemberType = typeof(Trained))]
    public void Collecting_allocates_nothing_per_step(string memory)
    {
        Assert.Equal(Bytes(16), Bytes(256));

        long Bytes(int steps)
        {
            TrainingConfiguration small = Trained.Small(memory);
            // Episodes of 831 steps: none ends, so that the list stays empty. One thread and no watch, so that all is counted here.
            using var trainer = new Trainer(small with { Environment = "RepeatFirstHard", EnvironmentOptions = small.EnvironmentOptions with { StepTimeout = 0 }, Ppo = small.Ppo with { Rollout = steps, Bptt = 0 } });
            using var rollout = new Rollout(steps, 8, 1, 1, new StateHistory(trainer.Network.Memory.Layout, 8, steps, steps, 0));
            long least = long.MaxValue;
            for (int round = 0; round < 3; round++) // where the runtime compiles something, it may allocate for itself, once
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                trainer.Collector.Collect(rollout);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            return least;
        }
    }

    /// <summary>
    /// Two rollouts in a row, so that episodes also cross from one to the next. Each episode is rebuilt whole, with what followed its last
    /// step, and torch runs it from the initial state: the value of observation i is V_i, and that of observation i + 1 is what followed
    /// step i, but for the last step of an episode that terminated.
    /// </summary>
    [Theory, MemberData(nameof(Cases))]
    public void Values_and_what_followed_are_those_of_whole_episodes(string memory, string endingName, string acting)
    {
        var ending = Enum.Parse<CountingEpisodes.Ending>(endingName);
        using DisposeScope scope = NewDisposeScope();
        using Trainer trainer = Create(memory, ending, acting);
        using Rollout first = Storage(trainer), second = Storage(trainer);
        IReadOnlyList<CollectedEpisode> ended = [.. trainer.Collector.Collect(first), .. trainer.Collector.Collect(second)];
        float[] values = [.. Rollout.Floats(first.Values), .. Rollout.Floats(second.Values)];
        float[] followed = [.. first.NextValues, .. second.NextValues];
        float[] observations = [.. Rollout.Floats(first.Observations), .. Rollout.Floats(second.Observations)];
        bool[] done = [.. first.Done, .. second.Done], starts = [.. Starts(first), .. Starts(second)];

        int complete = 0, terminated = 0;
        for (int row = 0; row < Rows; row++)
        {
            for (int begin = 0; begin < 2 * Steps;)
            {
                float mark = observations[((begin * Rows) + row) * 2];
                int length = Math.Min(CountingEpisodes.Length(mark), (2 * Steps) - begin);
                float[] expected = Values(trainer, mark, length + 1);
                for (int i = 0; i < length; i++)
                {
                    int at = ((begin + i) * Rows) + row;
                    bool last = i + 1 == CountingEpisodes.Length(mark), terminates = last && CountingEpisodes.Terminates(ending, mark);
                    string where = FormattableString.Invariant($"row {row}, step {begin + i}, step {i} of an episode of {CountingEpisodes.Length(mark)}");
                    Assert.Equal(CountingEpisodes.Observation(mark, i), observations.AsSpan(at * 2, 2).ToArray());
                    Assert.True(starts[at] == (i == 0) && done[at] == last, where);
                    Near(expected[i], values[at], "The value", where);
                    Near(terminates ? 0 : expected[i + 1], followed[at], "What followed", where);
                    if (last) complete++;
                    if (terminates) terminated++;
                }
                begin += length;
            }
        }
        // The cases that the test is about did occur.
        Assert.Equal(ended.Count, complete);
        Assert.True(complete > 20);
        Assert.True(ending == CountingEpisodes.Ending.Truncated ? terminated == 0 : terminated > 10);
        Assert.True(ending == CountingEpisodes.Ending.Terminated ? terminated == complete : complete - terminated > 5);
    }

    [Theory, InlineData("lstm"), InlineData("transformer")]
    public void Episodes_are_reported_with_their_place_return_and_length(string memory)
    {
        using Trainer trainer = Create(memory, CountingEpisodes.Ending.Mixed, ActingChoice.Managed);
        using Rollout rollout = Storage(trainer);
        IReadOnlyList<CollectedEpisode> ended = trainer.Collector.Collect(rollout);
        Assert.Equal(Enumerable.Range(0, Steps * Rows).Where(at => rollout.Done[at]), ended.Select(episode => (episode.Step * Rows) + episode.Row));
        foreach (CollectedEpisode episode in ended)
        {
            float mark = Rollout.Floats(rollout.Observations)[((episode.Step * Rows) + episode.Row) * 2];
            Assert.Equal(CountingEpisodes.Length(mark), episode.Length);
            Assert.Equal(mark * episode.Length, episode.Return, 1e-5); // the mark is the reward of every step
            Assert.Equal(mark, rollout.Rewards[(episode.Step * Rows) + episode.Row]);
        }
    }

    /// <summary>A trainer whose weights are larger than fresh ones, so that memory, step and episode all tell in the values.</summary>
    private static Trainer Create(string memory, CountingEpisodes.Ending ending, string acting)
    {
        TrainingConfiguration small = Trained.Small(memory);
        var trainer = new Trainer(small with
        {
            Acting = acting,
            CollectThreads = 2,
            Memory = small.Memory with { Context = 4 }, // shorter than most episodes
            Ppo = small.Ppo with { Environments = Rows, Rollout = Steps, Bptt = 0, NormalizeObservations = false },
        }, () => new CountingEpisodes(ending));
        using (no_grad())
        {
            foreach (Tensor parameter in trainer.Network.parameters())
            {
                using Tensor noise = randn(parameter.shape);
                using Tensor smaller = noise * 0.3;
                parameter.add_(smaller);
            }
        }
        trainer.Collector.TakeWeights();
        return trainer;
    }

    private static Rollout Storage(Trainer trainer) => new(Steps, Rows, 2, 1, new StateHistory(trainer.Network.Memory.Layout, Rows, Steps, Steps, 0));

    /// <summary>The values of an episode's first observations, by torch, in one pass from the initial state.</summary>
    private static float[] Values(Trainer trainer, float mark, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor observations = tensor(Enumerable.Range(0, count).SelectMany(step => CountingEpisodes.Observation(mark, step)).ToArray(), [count, 1, 2]);
        (_, Tensor values, _) = trainer.Network.Forward(observations, trainer.Network.Memory.InitialState(1, observations), zeros(count, 1, dtype: @bool));
        return values.contiguous().data<float>().ToArray();
    }

    private static bool[] Starts(Rollout rollout) => rollout.Starts.data<bool>().ToArray();

    private static void Near(float expected, float actual, string what, string where) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-4 * Math.Max(1, Math.Abs(expected)), FormattableString.Invariant($"{what} is {actual} instead of {expected}: {where}."));
}
