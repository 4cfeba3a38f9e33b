using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests.Watching;

public sealed class EpisodePlayerTests
{
    [Theory]
    [InlineData("RepeatPreviousEasy", ActionSelection.Mode)]
    [InlineData("RepeatPreviousEasy", ActionSelection.Sample)]
    [InlineData("PositionOnlyCartPoleEasy", ActionSelection.Sample)]
    public void What_is_watched_is_what_an_evaluation_with_the_same_seed_plays(string name, ActionSelection selection)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        EvaluationResult evaluated = Evaluator.Run(MadePolicies.For(environment), environment, new EvaluationSettings { Episodes = 4, Seed = 7, Selection = selection });
        EpisodePlayer player = MadePolicies.Player(environment, selection);
        for (int episode = 0; episode < 4; episode++)
        {
            Play(player, episode);
            Assert.Equal((evaluated.Returns[episode], evaluated.Lengths[episode]), (player.Return, player.Step));
        }
    }

    [Fact]
    public void The_limit_of_steps_ends_an_episode_as_in_an_evaluation()
    {
        using IEnvironment environment = EnvironmentRegistry.Create("RepeatPreviousEasy");
        var player = new EpisodePlayer(environment, null, new WatchSettings { MaxSteps = 5 });
        Play(player, 0);
        Assert.Equal((5, EpisodeEnd.StepLimit), (player.Step, player.End));
        Assert.Equal(EpisodeEnd.Terminated, Play(new EpisodePlayer(environment, null, new WatchSettings()), 0).End);
    }

    [Fact]
    public void Random_actions_are_allowed_ones_and_follow_from_the_seed_alone()
    {
        using var lantern = new Lantern();
        float[] first = Actions(1), again = Actions(1);
        Assert.Equal(first, again);
        Assert.NotEqual(first, Actions(2));
        Assert.True(float.IsNaN(Play(new EpisodePlayer(lantern, null, new WatchSettings()), 0).Value));

        float[] Actions(ulong seed)
        {
            var player = new EpisodePlayer(lantern, null, new WatchSettings { Seed = seed });
            var actions = new List<float>();
            var mask = new bool[3];
            for (player.Begin(3); player.End == EpisodeEnd.None; player.Apply())
            {
                lantern.WriteActionMask(mask);
                player.Decide();
                Assert.True(mask[(int)player.Action[0]]);
                actions.AddRange(player.Action);
            }
            return [.. actions];
        }
    }

    [Fact]
    public void Deciding_and_applying_take_turns()
    {
        using IEnvironment environment = EnvironmentRegistry.Create("RepeatPreviousEasy");
        EpisodePlayer player = MadePolicies.Player(environment);
        player.Begin(0);
        Assert.Throws<InvalidOperationException>(player.Apply);
        Assert.True(player.Action.IsEmpty && player.Meaning.IsEmpty && float.IsNaN(player.Value) && double.IsNaN(player.LatencyMicroseconds));
        player.Decide();
        Assert.Throws<InvalidOperationException>(player.Decide);
        Play(player, 1);
        Assert.Throws<InvalidOperationException>(player.Decide);
    }

    [Fact]
    public void The_first_actions_are_warm_up_unless_the_player_warmed_up_before()
    {
        using IEnvironment environment = EnvironmentRegistry.Create("RepeatPreviousEasy");
        EpisodePlayer cold = MadePolicies.Player(environment), warm = MadePolicies.Player(environment, warmUp: true);
        Assert.Equal(Choices(cold), Choices(warm)); // warming up changes nothing that is played
        Assert.Equal((51 - Agent.WarmupActions, 51), (cold.Latency.Count, warm.Latency.Count));

        static float[] Choices(EpisodePlayer player)
        {
            var choices = new List<float>();
            for (player.Begin(0); player.End == EpisodeEnd.None; player.Apply())
            {
                player.Decide();
                choices.AddRange([player.Action[0], .. player.Meaning]);
            }
            return [.. choices];
        }
    }

    [Fact]
    public void Playing_allocates_nothing_per_step()
    {
        using IEnvironment environment = EnvironmentRegistry.Create("RepeatPreviousEasy");
        EpisodePlayer player = Play(MadePolicies.Player(environment), 0);
        player.Begin(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 40; i++)
        {
            player.Decide();
            player.Apply();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_policy_for_other_spaces_is_refused()
    {
        using IEnvironment cards = EnvironmentRegistry.Create("RepeatPreviousEasy"), pole = EnvironmentRegistry.Create("CartPole");
        Assert.Throws<UserInputException>(() => new EpisodePlayer(pole, MadePolicies.For(cards), new WatchSettings()));
    }

    private static EpisodePlayer Play(EpisodePlayer player, int episode)
    {
        for (player.Begin(episode); player.End == EpisodeEnd.None; player.Apply()) player.Decide();
        return player;
    }
}
