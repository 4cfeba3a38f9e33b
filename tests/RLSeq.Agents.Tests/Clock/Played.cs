using RLSeq.Environments;

namespace RLSeq.Agents.Tests.Clock;

/// <summary>What happened in an episode, decision by decision.</summary>
internal sealed record Played(List<Decision> Decisions, List<float> Rewards, List<float> Observations, EpisodeCounts Counts)
{
    /// <summary>The action of an agent that looks at everything that it is shown, the clock's report included.</summary>
    public static int Choose(ReadOnlySpan<float> observation, ReadOnlySpan<bool> mask)
    {
        float sum = 3;
        foreach (float value in observation) sum = ((sum * 5) + value) % 983;
        int choice = Math.Abs((int)sum) % 5;
        return mask.IsEmpty || mask[choice] ? choice : (choice + 1) % 5;
    }

    /// <summary>Plays an episode in a world; the latency is a function of the decision's number.</summary>
    public static Played Episode(IClockedWorld world, ulong seed, Func<int, long> latency, bool masks = false, Action<int>? deciding = null)
    {
        var observation = new float[world.ObservationSpace.Size];
        var mask = new bool[masks ? 5 : 0];
        var played = new Played([], [], [], default);
        world.Reset(seed, observation);
        StepResult result;
        do
        {
            deciding?.Invoke(played.Decisions.Count);
            world.WriteActionMask(mask);
            played.Observations.AddRange(observation);
            result = world.Advance([Choose(observation, mask)], latency(played.Decisions.Count), observation);
            played.Decisions.Add(world.LastDecision);
            played.Rewards.AddRange(world.TickRewards);
            Assert.Equal(world.TickRewards.ToArray().Sum(reward => (double)reward), result.Reward, 1e-3);
        }
        while (!result.Done);
        return played with { Counts = world.Counts };
    }

    public void MustEqual(Played other)
    {
        Assert.Equal(other.Decisions, Decisions);
        Assert.Equal(other.Rewards, Rewards);
        Assert.Equal(other.Observations, Observations);
        Assert.Equal(other.Counts, Counts);
    }
}
