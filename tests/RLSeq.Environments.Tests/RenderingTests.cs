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

    private static string Draw(ITextRenderable environment)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        environment.Render(writer);
        return writer.ToString();
    }
}
