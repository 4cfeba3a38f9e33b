using RLSeq.Agents;
using RLSeq.Training;

namespace RLSeq.Evaluation.Tests;

/// <summary>What the latency phase measures; how long it took is never asked.</summary>
public class LatencyPhaseTests
{
    [Fact]
    public void Memories_are_timed_back_to_back_and_paced_by_position_and_recorded()
    {
        using var lstm = new TimedPolicy("Copycat", "lstm", Copycat.Policy(), new Copycat(length: 5));
        using var transformer = new TimedPolicy("Copycat", "transformer", Copycat.Policy(memory: "transformer"), new Copycat(length: 24));
        var told = new List<(int, int)>();
        var measured = LatencyPhase.Measure([lstm, transformer], actions: 2403, paced: 12, (done, total) => told.Add((done, total)), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 43).Select(done => (done, 42)), told); // a warm-up, ten rounds and ten at 60 Hz, of each

        MeasuredLatency five = measured[("Copycat", "lstm")], more = measured[("Copycat", "transformer")];
        Assert.Equal((2403, 12), (five.Result.Count, five.Result.Paced!.Count));
        Assert.Equal([(0, 1), (1, 2), (2, 4), (4, 5)], five.Result.ByPosition.Select(part => (part.From, part.To)));
        Assert.Equal([(0, 1), (1, 2), (2, 4), (4, 8), (8, 16), (16, 24)], more.Result.ByPosition.Select(part => (part.From, part.To)));
        Assert.Equal(2403, more.Result.ByPosition.Sum(part => part.Count));
        Assert.Contains("back to back", five.Result.Conditions, StringComparison.Ordinal);
        Assert.Contains("60 Hz", five.Result.Paced.Conditions, StringComparison.Ordinal);

        // The profile holds the very latencies.
        Assert.Equal(2403, more.Profile.ToHistogram().Count);
        Assert.Equal(more.Result.MaxUs, more.Profile.ToHistogram().Max / 1e3);
        Assert.Equal("recorded, 2403 actions, " + five.Result.Conditions, five.Profile.Conditions);
    }

    [Theory]
    [InlineData(0, 0.1, 0, 3, 3)] // the first frame begins after a wait
    [InlineData(3, 3.2, 1, 3, 4)]
    [InlineData(4, 4.2, 2, 3, 5)]
    [InlineData(5, 5.2, 0, 3, 6)]
    [InlineData(5, 6.2, 0, 3, 9)] // its time has passed: it waits for that of the next frame
    [InlineData(6, 27.5, 1, 3, 28)] // frames that were lost are not made up for
    [InlineData(7, 7.5, 0, 1, 8)]
    public void A_policy_acts_at_its_own_time_of_a_frame_that_has_not_passed(long last, double now, int policy, int policies, long expected) =>
        Assert.Equal(expected, PacedActions.NextSlot(last, now, policy, policies));

    [Fact]
    public void Without_paced_actions_nothing_is_said_of_them()
    {
        using var policy = new TimedPolicy("Copycat", "lstm", Copycat.Policy(), new Copycat());
        var told = new List<(int, int)>();
        Assert.Null(LatencyPhase.Measure([policy], actions: 10, paced: 0, (done, total) => told.Add((done, total)), CancellationToken.None)[("Copycat", "lstm")].Result.Paced);
        Assert.Equal((11, 11), told[^1]);
    }

    [Fact]
    public void A_policy_that_has_not_learned_is_followed_beyond_its_episodes()
    {
        var configuration = new TrainingConfiguration { Environment = "CartPole", Memory = new() { Name = "transformer", Context = 200 } };
        foreach (bool reports in (bool[])[false, true])
        {
            RecordedLatency profile = Assert.Single(ProfileRecorder.Record([configuration], reports, actions: 4000, (_, _) => { }, CancellationToken.None)).Value;
            Assert.Equal(400, profile.Segments[^1].To); // twice the context; random cart-poles fall after some 20 steps
            Assert.Equal(4000, profile.ToHistogram().Count);
        }
    }
}
