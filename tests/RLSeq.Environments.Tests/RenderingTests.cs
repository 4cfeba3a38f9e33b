using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class RenderingTests
{
    [Fact]
    public void Card_tasks_show_the_cards_and_mark_the_wanted_one()
    {
        using var environment = new RepeatPrevious(Difficulty.Easy);
        string suits = "";
        float[] observation = new float[1];
        environment.Reset(1, observation);
        suits += "sdch"[(int)observation[0]];
        Assert.Equal($"RepeatPreviousEasy: card 1 of 52\n{suits}\n", Draw(environment));
        for (int step = 1; step <= 5; step++)
        {
            environment.Step([0], observation);
            suits += "sdch"[(int)observation[0]];
        }
        Assert.Equal($"RepeatPreviousEasy: card 6 of 52, wanted: {suits[2]} of card 3\n{suits}\n  ^\n", Draw(environment));
    }

    [Fact]
    public void Long_episodes_show_the_latest_cards()
    {
        using var environment = new RepeatFirst(Difficulty.Hard);
        float[] observation = new float[1];
        environment.Reset(1, observation);
        char first = "sdch"[(int)observation[0]];
        for (int step = 0; step < 200; step++) environment.Step([0], observation);
        string[] lines = Draw(environment).Split('\n');
        Assert.Equal($"RepeatFirstHard: card 201 of 832, wanted: {first} of card 1", lines[0]);
        Assert.Equal(80, lines[1].Length);
        Assert.Equal("", lines[2]);
    }

    [Fact]
    public void A_cart_pole_shows_where_it_is_and_how_it_leans()
    {
        using var environment = new CartPole();
        float[] observation = new float[4];
        environment.Reset(2, observation);
        Assert.Contains(new string('-', 24) + "#" + new string('-', 24), Draw(environment), StringComparison.Ordinal);
        while (!environment.Step([1], observation).Done)
        {
        }
        string drawn = Draw(environment);
        Assert.StartsWith("CartPole: step 9, x +0.11, angle -14.3 degrees\n", drawn, StringComparison.Ordinal);
        Assert.Equal(5, drawn.Count(letter => letter == '\\'));
        Assert.Equal(7, drawn.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Every_built_in_environment_draws_itself_in_every_state_and_changes_nothing()
    {
        foreach (EnvironmentEntry entry in EnvironmentRegistry.Entries.Where(entry => !entry.Name.StartsWith("Test", StringComparison.Ordinal)))
        {
            using IEnvironment environment = entry.Create();
            ITextRenderable? drawn = environment.Ability<ITextRenderable>();
            Assert.NotNull(drawn);
            _ = Draw(drawn);
            float[] observation = new float[environment.ObservationSpace.Size], action = new float[environment.ActionSpace.Size];
            var random = new RandomSource(1);
            environment.Reset(1, observation);
            var texts = new HashSet<string>(StringComparer.Ordinal);
            for (int step = 0; step < 20; step++)
            {
                string text = Draw(drawn);
                Assert.StartsWith(entry.FullStateOf ?? entry.Name, text, StringComparison.Ordinal);
                Assert.Equal(text, Draw(drawn));
                texts.Add(text);
                environment.ActionSpace.Sample(ref random, action);
                if (!environment.Step(action, observation).Done) continue;
                _ = Draw(drawn);
                environment.Reset(random.NextUInt64(), observation);
            }
            Assert.True(texts.Count > 1, entry.Name); // a tick of a real-time game may be too short to show
        }
    }

    [Fact]
    public void A_pendulum_hangs_where_it_is()
    {
        using var environment = new Pendulum();
        float[] observation = new float[3];
        environment.Reset(2, observation);
        while (observation[0] > -0.999f) environment.Step([0], observation);
        string[] lines = Draw(environment).Split('\n');
        Assert.Contains("degrees from upright", lines[0], StringComparison.Ordinal);
        Assert.Equal(10, lines[6].IndexOf('+', StringComparison.Ordinal));
        Assert.Equal(10, lines[11].IndexOf('O', StringComparison.Ordinal));
    }

    private static string Draw(ITextRenderable environment) => Drawing.Of(environment);
}
