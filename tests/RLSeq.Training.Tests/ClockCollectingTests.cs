using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>What is collected under the clock: ticks, discounts, rewards, and whose action was applied.</summary>
public sealed class ClockCollectingTests
{
    /// <summary>
    /// γ = λ = 1/2 and three decisions of 1, 3 and 2 ticks with the rewards (1), (4, 2, 8) and (2, 4), then a truncation into a value of 12.
    /// R = 1, 4 + 2/2 + 8/4 = 7, 2 + 4/2 = 4; γⁿ = 1/2, 1/8, 1/4. δ_2 = 4 + 12/4 − 6 = 1 = A_2; δ_1 = 7 + 6/8 − 4 = 3.75 and
    /// A_1 = 3.75 + 1/8 · 1/2 · 1 = 3.8125; δ_0 = 1 + 4/2 − 2 = 1 and A_0 = 1 + 1/2 · 1/2 · 3.8125 = 1.953125.
    /// </summary>
    [Fact]
    public void Rewards_discounts_and_advantages_are_those_of_the_table()
    {
        var clock = new ReplayedClock(new ClockSettings(TimeSpan.FromMilliseconds(1)), new Scheduled(0.5, 2.5, 1.5), Report: false);
        using var environment = (DecisionRecorder)DecisionRecorder.Around(clock.Around(new Rewarding(1, 4, 2, 8, 2, 4)), 0.5);
        var observation = new float[1];
        environment.Reset(1, observation);
        float[] rewards = new float[3], sums = new float[3], advantages = new float[3];
        var discounts = new double[3];
        var ticks = new int[3];
        for (int t = 0; t < 3; t++)
        {
            sums[t] = environment.Step([0], observation).Reward;
            (rewards[t], discounts[t], ticks[t]) = (environment.Reward, environment.Discount, environment.Last.Ticks);
        }
        environment.Reset(2, observation); // as a vectorised environment does within the step: what was recorded stays
        Assert.Equal(6, environment.Last.Tick + environment.Last.Ticks);
        Assert.Equal([1, 3, 2], ticks);
        Assert.Equal([1, 14, 6], sums);
        Assert.Equal([1, 7, 4], rewards);
        Assert.Equal([0.5, 0.125, 0.25], discounts);

        Advantage.Estimate(rewards, [2, 4, 6], [4, 6, 12], [false, false, true], rows: 1, 0.5, 0.5, advantages, discounts);
        Assert.Equal([1.953125f, 3.8125f, 1], advantages);

        // The sums whose deviation scales rewards: 1, then 1/8 · 1 + 7, then 1/4 · 7.125 + 4.
        double[] running = [1, 7.125, 5.78125];
        double mean = running.Average(), deviation = Math.Sqrt((running.Sum(sum => (sum - mean) * (sum - mean)) / 3) + 1e-8);
        float[] scaled = [.. rewards];
        new RewardScale(1).Apply(scaled, [false, false, true], 0.5, discounts);
        for (int t = 0; t < 3; t++) Assert.Equal(rewards[t] / deviation, scaled[t], 1e-6);
    }

    public static TheoryData<string, int, int> Rules
    {
        get
        {
            var rules = new TheoryData<string, int, int>();
            foreach (string rule in OnMissNames.All)
                foreach (int delay in (int[])[0, 1]) rules.Add(rule, delay, rules.Count % 3);
            return rules;
        }
    }

    /// <summary>Every decision of two rollouts, worked out again from the profile alone by the rules of the clock.</summary>
    [Theory, MemberData(nameof(Rules))]
    public void What_is_collected_follows_from_the_latencies(string rule, int delay, int threads)
    {
        const int steps = 40, rows = 8;
        const long period = 1_000_000;
        using DisposeScope scope = NewDisposeScope();
        TrainingConfiguration configuration = Clocked("lstm", rule) with { CollectThreads = 1 + threads };
        configuration = configuration with { Clock = configuration.Clock with { ActionDelay = delay } };
        using var trainer = new Trainer(configuration, () => new CountingEpisodes(CountingEpisodes.Ending.Mixed));
        LatencyProfile profile = LatencyProfiles.Parse(configuration.Clock.Latency);
        using var rollout = new Rollout(steps, rows, trainer.Network.ObservationSpace.Size, 1, new StateHistory(trainer.Network.Memory.Layout, rows, steps, steps, 0), decisions: true);
        IReadOnlyList<CollectedEpisode> ended = trainer.Collector.Collect(rollout);
        double discount = configuration.Ppo.Discount;
        int late = 0, superseded = 0, lost = 0, ends = 0;
        for (int row = 0; row < rows; row++)
        {
            (long episode, long decision, long tick) = (0, 0, 0);
            for (int t = 0; t < steps; t++)
            {
                int at = (t * rows) + row, size = rollout.ObservationSize;
                float mark = Rollout.Floats(rollout.Observations)[at * size];
                ulong seed = VectorEnvironment.EpisodeSeed(RandomSource.Derive(configuration.Seed, 1), row, episode);
                long latency = profile.Nanoseconds(seed, decision), next = profile.Nanoseconds(seed, decision + 1);
                long left = CountingEpisodes.Length(mark) - tick, ticks = Math.Min(left, Math.Max(1, (latency + period - 1) / period));
                bool done = ticks == left, inTime = latency <= period;
                bool replaced = delay == 0 && !done && next <= period && t + 1 < steps;
                bool applied = inTime ? !done || ticks > delay : rule == "apply-late" && !done && !replaced;
                Assert.Equal(done, rollout.Done[at]);
                Assert.Equal(Math.Pow(discount, ticks), rollout.Decisions!.Discounts[at], 1e-12);
                Assert.Equal(mark * (1 - Math.Pow(discount, ticks)) / (1 - discount), rollout.Rewards[at], 1e-5);
                Assert.Equal(applied, rollout.Decisions.Applied[at]);
                late += inTime ? 0 : 1;
                superseded += rule == "apply-late" && !inTime && !done && replaced ? 1 : 0;
                lost += done && !applied && (inTime || rule == "apply-late") ? 1 : 0;
                ends += done ? 1 : 0;
                (episode, decision, tick) = done ? (episode + 1, 0, 0) : (episode, decision + 1, tick + ticks);
            }
        }
        ClockMetrics metrics = rollout.Decisions!.Measure();
        Assert.Equal((double)late / (steps * rows), metrics.MissRate, 1e-12);
        Assert.Equal(rollout.Decisions.Applied.Count(one => one) / (double)(steps * rows), metrics.AppliedShare, 1e-12);
        Assert.Equal((metrics.TicksPerDecision - 1) * steps * rows, metrics.Dropped, 1e-6);
        Assert.Equal(ends, ended.Count);
        foreach (CollectedEpisode episode in ended)
        {
            float mark = Rollout.Floats(rollout.Observations)[((episode.Step * rows) + episode.Row) * rollout.ObservationSize];
            Assert.Equal(CountingEpisodes.Length(mark), episode.Length); // in ticks
            Assert.Equal(mark * episode.Length, episode.Return, 1e-5); // not discounted
        }
        Assert.True(late > 50 && ends > 50);
        Assert.Equal(rule == "apply-late" && delay == 0, superseded > 10);
        Assert.Equal(rule == "apply-late" || delay == 1, lost > 10);
    }

    [Fact]
    public void A_superseded_action_is_known_one_decision_later_and_what_is_under_way_at_the_end_keeps_its_mark()
    {
        var decisions = new RolloutDecisions(3, 2);
        Decision late = new(0, 2, 1, DecisionFate.Late, Lost: false, PreviousLost: false), supersedes = new(2, 1, 1, DecisionFate.InTime, Lost: false, PreviousLost: true);
        decisions.Take(0, 0, supersedes, 0.9); // what it superseded was in the rollout before
        decisions.Take(0, 1, late, 0.81);
        decisions.Take(1, 0, late, 0.81);
        decisions.Take(1, 1, late, 0.81);
        Assert.Equal([true, true, true, true], decisions.Applied[..4]);
        decisions.Take(2, 0, supersedes, 0.9);
        decisions.Take(2, 1, late, 0.81);
        Assert.Equal([true, true, false, true, true, true], decisions.Applied);
        decisions.Take(2, 1, late with { Fate = DecisionFate.Discarded }, 0.81);
        decisions.Take(2, 0, supersedes with { Lost = true }, 0.9);
        Assert.Equal([true, true, false, true, false, false], decisions.Applied);
        Assert.Equal(new ClockMetrics(10.0 / 6, 4.0 / 6, 4, 0.5), decisions.Measure());
    }

    [Fact]
    public void A_rollout_of_the_other_kind_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using Trainer clocked = Trained.Trainer(Clocked("none", "no-op")), waiting = Trained.Trainer(Trained.Small("none"));
        foreach ((Trainer trainer, bool decisions) in (ReadOnlySpan<(Trainer, bool)>)[(clocked, false), (waiting, true)])
        {
            using var rollout = new Rollout(4, 8, trainer.Network.ObservationSpace.Size, 1, new StateHistory(trainer.Network.Memory.Layout, 8, 4, 4, 0), decisions: decisions);
            Assert.Throws<ArgumentException>(() => trainer.Collector.Collect(rollout));
        }
    }

    /// <summary>Under the clock too, whatever a step of the environments costs in ticks.</summary>
    [Theory, InlineData("lstm"), InlineData("transformer")]
    public void Collecting_allocates_nothing_per_decision(string memory)
    {
        Assert.Equal(Bytes(16), Bytes(256));

        long Bytes(int steps)
        {
            // Episodes of 831 ticks and at most 1.5 per decision: none ends, so that the list of episodes stays empty.
            TrainingConfiguration small = Clocked(memory, "apply-late", "jitter:0.5ms:1.5ms");
            using var trainer = new Trainer(small with { Environment = "RepeatFirstHard", EnvironmentOptions = small.EnvironmentOptions with { StepTimeout = 0 }, Ppo = small.Ppo with { Rollout = steps, Bptt = 0 } });
            using var rollout = new Rollout(steps, 8, trainer.Network.ObservationSpace.Size, 1, new StateHistory(trainer.Network.Memory.Layout, 8, steps, steps, 0), decisions: true);
            long least = long.MaxValue;
            for (int round = 0; round < 2; round++) // where the runtime compiles something, it may allocate for itself, once
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                trainer.Collector.Collect(rollout);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            return least;
        }
    }

    internal static TrainingConfiguration Clocked(string memory, string rule, string latency = "jitter:0.2ms:2.6ms") =>
        Trained.Small(memory) with { Clock = new ClockOptions { Period = "1ms", OnMiss = rule, Latency = latency } };

    private sealed class Scheduled(params double[] periods) : LatencyProfile
    {
        public override long Nanoseconds(ulong seed, long decision) => (long)(periods[decision] * 1e6);

        public override string ToString() => "scheduled";
    }

    /// <summary>Gives these rewards, then it is truncated.</summary>
    private sealed class Rewarding(params float[] rewards) : EnvironmentBase(Space.Discrete(2), Space.Discrete(2), "Rewarding")
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) =>
            new(rewards[Steps - 1], Terminated: false, Truncated: Steps == rewards.Length);
    }
}
