using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class CardTaskTests
{
    public static TheoryData<string, int> Lengths => new()
    {
        { "RepeatFirstEasy", 51 }, { "RepeatFirstMedium", 415 }, { "RepeatFirstHard", 831 },
        { "RepeatPreviousEasy", 51 }, { "RepeatPreviousMedium", 103 }, { "RepeatPreviousHard", 155 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void An_episode_has_the_length_of_the_deck_and_terminates(string name, int length)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        foreach (Players.Episode episode in Players.PlayRandomly(environment, 20, seed: 1))
        {
            Assert.Equal(length, episode.Length);
            Assert.True(episode.Terminated);
            Assert.False(episode.Truncated);
        }
    }

    [Theory]
    [InlineData(Difficulty.Easy)]
    [InlineData(Difficulty.Medium)]
    [InlineData(Difficulty.Hard)]
    public void Who_repeats_the_first_suit_earns_1_and_who_never_does_minus_1(Difficulty difficulty)
    {
        using var environment = new RepeatFirst(difficulty);
        Assert.Equal(1, Players.Play(environment, 5, seen => seen[0][0]).Return, 5);
        Assert.Equal(-1, Players.Play(environment, 6, seen => (seen[0][0] + 1) % 4).Return, 5);
    }

    [Theory]
    [InlineData(Difficulty.Easy, 4)]
    [InlineData(Difficulty.Medium, 32)]
    [InlineData(Difficulty.Hard, 64)]
    public void Who_repeats_the_suit_of_k_minus_1_cards_before_earns_1(Difficulty difficulty, int k)
    {
        using var environment = new RepeatPrevious(difficulty);
        Assert.Equal(1, Players.Play(environment, 5, seen => seen.Count < k ? 0 : seen[^k][0]).Return, 5);
        Assert.Equal(-1, Players.Play(environment, 6, seen => seen.Count < k ? 0 : (seen[^k][0] + 1) % 4).Return, 5);

        // One card nearer or farther is chance.
        Assert.InRange(Players.Play(environment, 7, seen => seen.Count < k ? 0 : seen[^(k - 1)][0]).Return, -0.9, 0.2);
        Assert.InRange(Players.Play(environment, 8, seen => seen.Count <= k ? 0 : seen[^(k + 1)][0]).Return, -0.9, 0.2);
    }

    [Fact]
    public void The_first_scored_step_of_RepeatPreviousEasy_is_the_fourth_and_wants_the_first_card()
    {
        using var environment = new RepeatPrevious(Difficulty.Easy);
        float[] observation = new float[1];
        for (ulong seed = 0; seed < 20; seed++)
        {
            environment.Reset(seed, observation);
            float first = observation[0];
            for (int step = 1; step <= 3; step++) Assert.Equal(0, environment.Step([first], observation).Reward);
            Assert.Equal(1f / 48, environment.Step([first], observation).Reward);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Suits_come_as_often_as_the_decks_hold_them(string name, int length)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        float[] observation = new float[1];
        environment.Reset(3, observation);
        int[] counts = new int[4];
        counts[(int)observation[0]]++;
        for (int step = 0; step < length; step++)
        {
            environment.Step([0], observation);
            counts[(int)observation[0]]++;
        }
        Assert.All(counts, count => Assert.Equal((length + 1) / 4, count));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_reset_in_mid_episode_begins_the_same_episode_as_a_new_instance(string name, int length)
    {
        using IEnvironment used = EnvironmentRegistry.Create(name), fresh = EnvironmentRegistry.Create(name);
        float[] a = new float[1], b = new float[1];
        used.Reset(1, a);
        for (int i = 0; i < 30; i++) used.Step([0], a);
        used.Reset(2, a);
        fresh.Reset(2, b);
        for (int i = 0; i < length; i++)
        {
            Assert.Equal(a, b);
            Assert.Equal(used.Step([2], a), fresh.Step([2], b));
        }
    }
}
