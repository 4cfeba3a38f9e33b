using System.Buffers;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>The clock as an environment: what a trainer steps.</summary>
public sealed class RealTimeEnvironmentTests
{
    private static readonly ClockSettings Settings = new(TimeSpan.FromMilliseconds(1)) { OnMiss = OnMiss.ApplyLate, ActionDelay = 1 };

    [Theory]
    [InlineData("CartPole", OnMiss.RepeatLast, 0)]
    [InlineData("MountainCar", OnMiss.NoOp, 1)]
    [InlineData("Pendulum", OnMiss.ApplyLate, 1)]
    [InlineData("RepeatPreviousEasy", OnMiss.ApplyLate, 0)]
    [InlineData("FogPong", OnMiss.NoOp, 0)]
    public void An_environment_under_a_clock_is_a_sound_environment(string name, OnMiss rule, int delay)
    {
        var settings = new ClockSettings(TimeSpan.FromMilliseconds(1)) { OnMiss = rule, ActionDelay = delay };
        var profile = new JitterLatency(200_000, 3_200_000);
        IReadOnlyList<Finding> findings = EnvironmentChecker.Check(() => new RealTimeEnvironment(EnvironmentRegistry.Get(name).Create(), settings, profile));
        Assert.Empty(findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.ToString()));
    }

    [Fact]
    public void A_run_in_replay_is_identical_twice_and_every_episode_draws_its_own_latencies()
    {
        (float[] first, float[] second, float[] other) = (Play(5), Play(5), Play(6));
        Near.Same(first, second, "the second run");
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Without_latency_and_report_it_is_the_environment_itself()
    {
        using IEnvironment plain = EnvironmentRegistry.Get("CartPole").Create();
        using var clocked = new RealTimeEnvironment(EnvironmentRegistry.Get("CartPole").Create(), new ClockSettings(TimeSpan.FromMilliseconds(1)), new FixedLatency(0), reports: false);
        Assert.Equal(plain.ObservationSpace, clocked.ObservationSpace);
        var (expected, actual) = (new float[4], new float[4]);
        var random = new RandomSource(3);
        for (ulong episode = 0; episode < 5; episode++)
        {
            plain.Reset(episode, expected);
            clocked.Reset(episode, actual);
            StepResult result;
            do
            {
                float[] action = [random.NextInt(2)];
                result = plain.Step(action, expected);
                Assert.Equal(result, clocked.Step(action, actual));
                Near.Same(expected, actual, "an observation");
            }
            while (!result.Done);
        }
    }

    [Fact]
    public void A_saved_episode_continues_identically_with_all_that_is_under_way()
    {
        using RealTimeEnvironment first = Create(), second = Create();
        var observation = new float[first.ObservationSpace.Size];
        for (int steps = 0; steps < 12; steps++)
        {
            first.Reset(9, observation);
            var random = new RandomSource(4);
            for (int i = 0; i < steps; i++) first.Step([random.NextInt(2)], observation);
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(buffer);
            first.Ability<ISaveable>()!.Save(ref writer);
            writer.Flush();
            second.Reset(1, new float[observation.Length]);
            var reader = new MessagePackReader(buffer.WrittenMemory);
            second.Ability<ISaveable>()!.Restore(ref reader);
            var continued = new float[observation.Length];
            for (int i = 0; i < 6; i++)
            {
                float[] action = [random.NextInt(2)];
                StepResult result = first.Step(action, observation);
                Assert.Equal(result, second.Step(action, continued));
                Near.Same(observation, continued, $"{steps} steps and {i}");
                Assert.Equal(first.LastDecision, second.LastDecision);
                Assert.Equal(first.Counts, second.Counts);
                if (result.Done) break;
            }
        }
    }

    [Fact]
    public void What_learning_asks_for_passes_and_a_full_state_does_not()
    {
        using var environment = new RealTimeEnvironment(EnvironmentRegistry.Get("FogPong").Create(), Settings, new FixedLatency(0));
        Assert.Same(environment, environment.Ability<IDecisions>());
        Assert.Null(environment.Ability<IFullState>());
    }

    private static RealTimeEnvironment Create() => new(EnvironmentRegistry.Get("CartPole").Create(), Settings, new BurstyLatency(300_000, 2_600_000, 0.2, 2));

    private static float[] Play(ulong seed)
    {
        using RealTimeEnvironment environment = Create();
        var observation = new float[environment.ObservationSpace.Size];
        List<float> seen = [];
        var random = new RandomSource(2);
        for (ulong episode = 0; episode < 10; episode++)
        {
            environment.Reset(seed + (100 * episode), observation);
            StepResult result;
            do
            {
                result = environment.Step([random.NextInt(2)], observation);
                seen.AddRange(observation);
                seen.Add(result.Reward);
            }
            while (!result.Done);
        }
        return [.. seen];
    }
}
