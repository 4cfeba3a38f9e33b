using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

/// <summary>The rules of POPGym's tasks, one by one. Hidden boards are read from what the environments draw.</summary>
public class PopGymTests
{
    [Theory]
    [InlineData("AutoencodeEasy", 103)]
    [InlineData("AutoencodeMedium", 207)]
    [InlineData("AutoencodeHard", 311)]
    [InlineData("CountRecallEasy", 51)]
    [InlineData("CountRecallMedium", 103)]
    [InlineData("CountRecallHard", 207)]
    [InlineData("HigherLowerEasy", 51)]
    [InlineData("HigherLowerMedium", 103)]
    [InlineData("HigherLowerHard", 155)]
    public void Card_tasks_terminate_with_the_deck(string name, int length)
    {
        using IEnvironment environment = EnvironmentRegistry.Get(name).Create();
        Assert.All(Players.PlayRandomly(environment, 20, seed: 1), episode => Assert.Equal((length, true, false), (episode.Length, episode.Terminated, episode.Truncated)));
    }

    [Theory]
    [InlineData("MultiarmedBanditEasy", 200)]
    [InlineData("MultiarmedBanditMedium", 400)]
    [InlineData("MultiarmedBanditHard", 600)]
    [InlineData("PositionOnlyPendulumEasy", 200)]
    [InlineData("PositionOnlyPendulumMedium", 150)]
    [InlineData("PositionOnlyPendulumHard", 100)]
    [InlineData("NoisyPositionOnlyPendulumEasy", 200)]
    [InlineData("NoisyPositionOnlyPendulumMedium", 200)]
    [InlineData("NoisyPositionOnlyPendulumHard", 200)]
    public void Tasks_with_a_time_limit_are_truncated_by_it(string name, int length)
    {
        using IEnvironment environment = EnvironmentRegistry.Get(name).Create();
        Assert.All(Players.PlayRandomly(environment, 5, seed: 1), episode => Assert.Equal((length, false, true), (episode.Length, episode.Terminated, episode.Truncated)));
    }

    [Theory]
    [InlineData("VelocityOnlyCartPoleEasy", 200)]
    [InlineData("VelocityOnlyCartPoleMedium", 400)]
    [InlineData("VelocityOnlyCartPoleHard", 600)]
    [InlineData("NoisyPositionOnlyCartPoleEasy", 200)]
    [InlineData("NoisyPositionOnlyCartPoleMedium", 200)]
    [InlineData("NoisyPositionOnlyCartPoleHard", 200)]
    public void Cart_poles_end_at_their_limit_if_they_do_not_fall(string name, int length)
    {
        using IEnvironment environment = EnvironmentRegistry.Get(name + FullStateEnvironment.Suffix).Create();
        Players.Episode balanced = Players.Play(environment, 4, seen => seen[^1][2] + seen[^1][3] + (0.1f * seen[^1][0]) + (0.1f * seen[^1][1]) > 0 ? 1 : 0);
        Assert.Equal((length, false, true), (balanced.Length, balanced.Terminated, balanced.Truncated));
        Assert.Equal(1, balanced.Return, 1e-5);
        Players.Episode fallen = Players.Play(environment, 4, _ => 1);
        Assert.Equal((true, false), (fallen.Terminated, fallen.Truncated));
        Assert.Equal((double)fallen.Length / length, fallen.Return, 1e-6);
    }

    [Fact]
    public void Velocity_only_observes_positions_at_the_reset_and_velocities_afterwards()
    {
        using var whole = new CartPole();
        using var partial = new VelocityOnlyCartPole(Difficulty.Easy);
        float[] all = new float[4], seen = new float[2];
        whole.Reset(3, all);
        partial.Reset(3, seen);
        Assert.Equal([all[0], all[2]], seen);
        for (int step = 0; step < 8; step++)
        {
            whole.Step([1], all);
            partial.Step([1], seen);
            Assert.Equal([all[1], all[3]], seen);
        }
    }

    [Theory]
    [InlineData(Difficulty.Easy, 0.1)]
    [InlineData(Difficulty.Medium, 0.2)]
    [InlineData(Difficulty.Hard, 0.3)]
    public void The_noise_of_a_cart_pole_has_its_standard_deviation_and_is_clipped(Difficulty difficulty, double sigma)
    {
        using var environment = new NoisyPositionOnlyCartPole(difficulty);
        float[] observation = new float[2], state = new float[4];
        List<double> noise = [];
        int clipped = 0;
        for (ulong seed = 0; seed < 2000; seed++)
        {
            environment.Reset(seed, observation);
            StepResult result = default;
            while (!result.Done)
            {
                environment.WriteFullState(state);
                noise.Add(observation[0] - state[0]);
                Assert.InRange(observation[1], -0.4189f, 0.4189f);
                if (Math.Abs(observation[1]) > 0.41887f) clipped++;
                result = environment.Step([seed % 2], observation);
            }
        }
        (double mean, double error) = Players.Mean(noise);
        Assert.InRange(mean, -3.5 * error, 3.5 * error);
        Assert.InRange(error * Math.Sqrt(noise.Count) / sigma, 1 - (3.5 / Math.Sqrt(2.0 * noise.Count)), 1 + (3.5 / Math.Sqrt(2.0 * noise.Count)));
        if (difficulty == Difficulty.Hard) Assert.InRange(clipped, 1000, noise.Count / 2);
    }

    [Fact]
    public void HigherLower_scores_nothing_where_ranks_are_equal()
    {
        using var environment = new HigherLower(Difficulty.Easy);
        float[] observation = new float[1];
        int equal = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            environment.Reset(seed, observation);
            StepResult result = default;
            while (!result.Done)
            {
                float before = observation[0], action = seed % 2;
                result = environment.Step([action], observation);
                float expected = observation[0] == before ? 0 : (observation[0] > before) == (action == 0) ? 1f / 52 : -1f / 52;
                Assert.Equal(expected, result.Reward);
                if (observation[0] == before) equal++;
            }
        }

        // The next card has the same rank with probability 3/51.
        Assert.InRange(equal, 150 - 36, 150 + 36);
    }

    [Fact]
    public void Autoencode_shows_the_deck_with_flag_1_and_its_last_card_with_flag_0()
    {
        using var environment = new Autoencode(Difficulty.Easy);
        float[] observation = new float[2];
        environment.Reset(2, observation);
        int[] suits = new int[4];
        for (int card = 1; ; card++)
        {
            suits[(int)observation[1]]++;
            Assert.Equal(card < 52 ? 1 : 0, observation[0]);
            if (card == 52) break;
            Assert.Equal(default, environment.Step([0], observation));
        }
        Assert.Equal([13, 13, 13, 13], suits);
        float last = observation[1];
        Assert.Equal(1f / 52, environment.Step([last], observation).Reward);
        Assert.Equal([0, 0], observation);
    }

    [Theory]
    [InlineData(Difficulty.Easy, 2, 26)]
    [InlineData(Difficulty.Medium, 4, 26)]
    [InlineData(Difficulty.Hard, 13, 16)]
    public void CountRecall_asks_by_a_second_deck_and_has_an_action_for_the_largest_count(Difficulty difficulty, int classes, int largest)
    {
        using var environment = new CountRecall(difficulty);
        Assert.Equal(Space.Discrete(largest + 1), environment.ActionSpace);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        int[] dealt = new int[classes], asked = new int[classes];
        bool differ = false;
        StepResult result = default;
        while (true)
        {
            dealt[(int)observation[0]]++;
            asked[(int)observation[1]]++;
            differ |= observation[0] != observation[1];
            if (result.Done) break;
            result = environment.Step([0], observation);
        }
        Assert.True(differ);
        Assert.All(dealt, count => Assert.Equal(largest, count));
        Assert.All(asked, count => Assert.Equal(largest, count));
    }

    [Theory]
    [InlineData(Difficulty.Easy)]
    [InlineData(Difficulty.Medium)]
    [InlineData(Difficulty.Hard)]
    public void The_best_arm_is_worth_what_the_maximum_of_uniform_numbers_is(Difficulty difficulty)
    {
        using var environment = new MultiarmedBandit(difficulty);
        int arms = ((DiscreteSpace)environment.ActionSpace).Count;
        var player = new BanditOracle(() =>
        {
            string[] lines = Draw(environment).Split('\n');
            return Enumerable.Range(0, arms).MaxBy(arm => lines[arm + 1][8..12]);
        });
        (double mean, double error) = Players.Mean(player.Play(environment, 40, seed: 3));
        double expected = (2.0 * arms / (arms + 1)) - 1;
        Assert.InRange(mean, expected - (3 * error), expected + (3 * error));
    }

    private static string Draw(ITextRenderable environment) => Drawing.Of(environment);
}
