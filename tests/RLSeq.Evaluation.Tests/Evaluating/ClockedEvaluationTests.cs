using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Evaluation.Tests.Watching;

namespace RLSeq.Evaluation.Tests.Evaluating;

/// <summary>Evaluations under a clock; what depends on time replays a profile.</summary>
public sealed class ClockedEvaluationTests
{
    private static readonly ClockSettings Kilohertz = new(TimeSpan.FromMilliseconds(1));

    [Fact]
    public void A_replayed_profile_gives_the_same_evaluation_twice_bit_for_bit()
    {
        var settings = new EvaluationSettings { Episodes = 6, Selection = ActionSelection.Sample, Clock = Replay("bursty:100us:2500us:0.1:3") };
        EvaluationResult first = Play("CartPole", settings), second = Play("CartPole", settings);
        Assert.Equal(first.Episodes.Select(Timeless), second.Episodes.Select(Timeless));
        Assert.Equal(first.Latency.Buckets(), second.Latency.Buckets());
        Assert.Equal(first.Positions.Segments.Select(segment => segment.Count), second.Positions.Segments.Select(segment => segment.Count));
        Assert.InRange(first.Misses, 1, first.Decisions - 1);
        Assert.NotEqual(first.Returns, Play("CartPole", settings with { Clock = Replay("fixed:0") }).Returns);

        // The process's collector is not the run's.
        static EpisodeRecord Timeless(EpisodeRecord episode) => episode with { Collections = default };
    }

    /// <summary>51 ticks and a latency of one and a half periods: decisions at 0, 2, …, 50, of which each but the last drops one observation.</summary>
    [Fact]
    public void Misses_and_dropped_observations_are_counted_per_episode()
    {
        EvaluationResult result = Play("RepeatFirstEasy", new EvaluationSettings { Episodes = 3, Clock = Replay("fixed:1500us") });
        Assert.All(result.Episodes, episode =>
        {
            Assert.Equal(new EpisodeCounts(Ticks: 51, Decisions: 26, Misses: 26, Dropped: 25, Own: 0, Late: 0, Filled: 51), episode.Counts);
            Assert.Equal((26, 1.5e6), (episode.Latency.Count, episode.Latency.P50));
            Assert.Equal((51, 0), (episode.Length, episode.AllocatedBytes));
            Assert.Null(episode.Jitter);
            Assert.Null(episode.Success);
        });
        Assert.Equal((1.0, 25 / 51.0), (result.MissRate, result.DroppedRate));
        Assert.Equal([3, 3, 6, 12, 24, 30], result.Positions.Segments.Select(segment => segment.Count)); // 0, 1, 2-3, 4-7, 8-15, 16-25
    }

    [Fact]
    public void An_agent_that_thinks_in_no_time_plays_as_without_a_clock()
    {
        var settings = new EvaluationSettings { Episodes = 5, Selection = ActionSelection.Sample };
        EvaluationResult without = Play("CartPole", settings), with = Play("CartPole", settings with { Clock = Replay("fixed:0") });
        Assert.Equal(without.Returns, with.Returns);
        Assert.Equal(without.Lengths, with.Lengths);
        Assert.Equal((null, null, 0, 0), (without.MissRate, without.DroppedRate, without.Misses, without.Dropped));
        Assert.Equal((0.0, 0.0), (with.MissRate, with.DroppedRate));
        Assert.Equal(without.Steps, without.Latency.Count + without.Warmup.Count); // its first actions are the warm-up
        Assert.Equal((with.Steps, Agent.WarmupActions), (with.Latency.Count, with.Warmup.Count)); // played before the first episode
    }

    [Fact]
    public void Measured_latencies_are_what_the_agent_took()
    {
        var settings = new EvaluationSettings { Episodes = 2, KeepLatencies = true, Clock = new EvaluationClock(new ClockSettings(ClockSettings.LongestPeriod)) { Warmup = TimeSpan.Zero } };
        EvaluationResult result = Play("RepeatFirstEasy", settings);
        Assert.Equal((102, 0), (result.Latency.Count, result.Misses)); // nobody takes an hour
        Assert.True(result.Latency.Min > 0);
        RecordedLatency profile = result.Positions.ToProfile("test");
        Assert.Equal(result.Latency.Buckets(), profile.ToHistogram().Buckets());
        EvaluationResult slow = Play("RepeatFirstEasy", settings with { Clock = settings.Clock with { Settings = settings.Clock.Settings with { SlowDown = 1e13 } } });
        Assert.Equal(1, slow.MissRate);
    }

    [Fact]
    public void The_wall_clock_plays_whole_episodes_and_reports_its_jitter()
    {
        EvaluationResult result = Play("RepeatFirstEasy", new EvaluationSettings { Episodes = 2, Clock = Replay("fixed:50us") with { Wall = true } });
        Assert.All(result.Episodes, episode =>
        {
            Assert.Equal((51, 52), (episode.Length, episode.Jitter!.Count)); // and tick 0
            Assert.Equal(51, episode.Counts.Decisions + episode.Counts.Dropped);
            Assert.Equal(51, episode.Counts.Own + episode.Counts.Late + episode.Counts.Filled);
        });
        Assert.Equal((104, result.Decisions), (result.Jitter!.Published.Count, result.Jitter.Added.Count));
    }

    [Fact]
    public void An_episode_that_is_too_long_is_ended_under_the_wall_clock_too()
    {
        EvaluationResult result = Play("RepeatFirstEasy", new EvaluationSettings { Episodes = 2, MaxSteps = 7, Clock = Replay("fixed:0") with { Wall = true } });
        Assert.All(result.Lengths, length => Assert.InRange(length, 7, 51));
    }

    [Fact]
    public void A_policy_that_was_trained_on_what_the_clock_reports_gets_it_with_a_clock_and_without()
    {
        using IEnvironment environment = EnvironmentRegistry.Create("CartPole");
        using var clocked = new RealTimeEnvironment(EnvironmentRegistry.Create("CartPole"), Kilohertz, new FixedLatency(0));
        PolicyNetwork network = MadePolicies.For(clocked);
        Assert.Equal(3, Evaluator.Run(network, environment, new EvaluationSettings { Episodes = 3, Clock = Replay("fixed:1500us") }).Episodes.Count);
        double[] undelayed = Evaluator.Run(network, environment, new EvaluationSettings { Episodes = 3, Clock = Replay("fixed:0") }).Returns;
        Assert.Equal(undelayed, Evaluator.Run(network, environment, new EvaluationSettings { Episodes = 3 }).Returns);
        using IEnvironment other = EnvironmentRegistry.Create("RepeatFirstEasy");
        Assert.Throws<UserInputException>(() => Evaluator.Run(network, other, new EvaluationSettings { Clock = Replay("fixed:0") }));
        Assert.Throws<UserInputException>(() => Evaluator.Run(network, other, new EvaluationSettings()));
    }

    /// <summary>In a corridor of one cell a drawn policy finds the goal now and then; an episode that succeeds ends in the goal, which pays 1.</summary>
    [Fact]
    public void Success_is_what_the_environment_says()
    {
        using var maze = new Environments.Suite.TMaze(length: 1);
        EvaluationResult result = Evaluator.Run(MadePolicies.For(maze), maze, new EvaluationSettings { Episodes = 200, Selection = ActionSelection.Sample });
        Assert.All(result.Episodes, episode => Assert.Equal(episode.Success, episode.Return > 0.5));
        Assert.InRange(result.SuccessRate!.Value, 0.01, 0.3);
        Assert.Null(Play("CartPole", new EvaluationSettings { Episodes = 1 }).SuccessRate);
    }

    [Fact]
    public void Episodes_are_spans_of_the_evaluation()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RLSeqTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var trace = new Activity("test").Start(); // other tests may be evaluating, too
        EvaluationResult result = Play("RepeatFirstEasy", new EvaluationSettings { Episodes = 2, Clock = Replay("fixed:1500us"), StepTimeout = TimeSpan.Zero });
        Activity[] mine = [.. ended.Where(activity => activity.TraceId == trace.TraceId)];
        Assert.Equal(["rlseq.evaluation.episode", "rlseq.evaluation.episode", "rlseq.evaluation"], mine.Select(activity => activity.OperationName));
        for (int episode = 0; episode < 2; episode++)
        {
            Assert.Equal(mine[2].SpanId, mine[episode].ParentSpanId);
            Assert.Equal((result.Returns[episode], 51, 26L, 25L), (mine[episode].GetTagItem("rlseq.episode.return"), mine[episode].GetTagItem("rlseq.episode.length"),
                mine[episode].GetTagItem("rlseq.clock.misses"), mine[episode].GetTagItem("rlseq.clock.dropped")));
        }
    }

    private static EvaluationClock Replay(string profile) => new(Kilohertz) { Replayed = LatencyProfiles.Parse(profile), Warmup = TimeSpan.Zero };

    private static EvaluationResult Play(string name, EvaluationSettings settings)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        return Evaluator.Run(MadePolicies.For(environment), environment, settings);
    }
}
