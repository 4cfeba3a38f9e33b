using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class KeyToDoorTests
{
    private const int Width = 11, Height = 7, Cells = Width * Height;
    private const float Wall = 1, Key = 2, Door = 3, Apple = 4, Agent = 6;

    [Theory]
    [InlineData(60, 85)]
    [InlineData(250, 275)]
    public void Who_takes_the_key_earns_5_more_at_the_door(int appleSteps, int length)
    {
        using KeyToDoor first = new(appleSteps), second = new(appleSteps);
        for (ulong seed = 0; seed < 8; seed++)
        {
            (double with, int steps) = PlayFromFullState(first, seed, takesKey: true);
            (double without, _) = PlayFromFullState(second, seed, takesKey: false);
            Assert.Equal(length, steps);
            Assert.Equal(5, with - without, 5); // the apples are the same for both
        }
    }

    [Theory]
    [InlineData(60, 24)]
    [InlineData(120, 42)]
    [InlineData(250, 82)]
    [InlineData(500, 160)]
    public void Walking_to_the_nearest_apple_earns_about_the_reference(int appleSteps, double reference)
    {
        using var environment = new KeyToDoor(appleSteps);
        (double mean, double error) = Players.Mean([.. Enumerable.Range(0, Math.Max(12, 1800 / appleSteps)).Select(i => PlayFromFullState(environment, (ulong)i, takesKey: true).Return)]);
        Assert.InRange(mean, reference, 1.2 * reference);
        Assert.InRange(error, 0, 0.04 * reference);
        Assert.Equal(reference, EnvironmentRegistry.Get($"KeyToDoor{appleSteps}").ReferenceReturn);
    }

    [Fact]
    public void The_light_shows_for_one_step_that_the_key_was_taken()
    {
        using var environment = new KeyToDoor(20);
        float[] observation = new float[25], state = new float[Cells + 2];
        int found = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            environment.Reset(seed, observation);
            bool had = false;
            for (int step = 1; step < 15; step++)
            {
                environment.WriteFullState(state);
                environment.Step([Towards(state, Key) ?? 0], observation);
                environment.WriteFullState(state);
                bool has = state[Cells] == 1;
                Assert.Equal(has && !had, state[5] == 5);
                if (has && !had) found++;
                if (has) Assert.DoesNotContain(Key, state[..Cells]);
                had = has;
            }
        }
        Assert.Equal(20, found);
    }

    [Fact]
    public void An_apple_returns_after_20_steps()
    {
        // Eats one apple, then goes to and fro between two cells beside it.
        using var environment = new KeyToDoor(100);
        float[] observation = new float[25], state = new float[Cells + 2];
        environment.Reset(3, observation);
        for (int step = 0; step < 15; step++) environment.Step([0], observation);
        environment.WriteFullState(state);
        float reward = 0;
        while (reward == 0)
        {
            reward = environment.Step([Towards(state, Apple)!.Value], observation).Reward;
            environment.WriteFullState(state);
        }
        Assert.Equal(1, reward);
        int place = Array.IndexOf(state, Agent, 0, Cells), direction = Enumerable.Range(0, 4).First(i => state[place + Step(i)] is 0 && state[place + (2 * Step(i))] is 0);
        for (int away = 1; away <= 21; away++)
        {
            Assert.Equal(0, environment.Step([away == 1 || away % 2 == 0 ? direction : direction ^ 1], observation).Reward);
            environment.WriteFullState(state);
            Assert.Equal(away == 21 ? Apple : 0, state[place]);
        }

        static int Step(int direction) => GridPaths.Directions[direction].X + (Width * GridPaths.Directions[direction].Y);
    }

    [Fact]
    public void The_view_is_the_board_around_the_agent_and_the_pixels_are_its_colours()
    {
        byte[][] colors = [[204, 204, 204], [25, 25, 25], [159, 81, 44], [134, 206, 235], [140, 178, 0], [255, 255, 255], [228, 148, 109]];
        using KeyToDoor cells = new(60), pixels = new(60, image: true);
        float[] view = new float[25], image = new float[75], state = new float[Cells + 2];
        cells.Reset(9, view);
        pixels.Reset(9, image);
        var random = new RandomSource(1);
        for (int step = 0; step < 85; step++)
        {
            cells.WriteFullState(state);
            int agent = Array.IndexOf(state, Agent, 0, Cells);
            for (int i = 0; i < 25; i++)
            {
                int x = (agent % Width) + (i % 5) - 2, y = (agent / Width) + (i / 5) - 2;
                Assert.Equal(x is < 0 or >= Width || y is < 0 or >= Height ? 0 : state[(y * Width) + x], view[i]);
                Assert.Equal(colors[(int)view[i]].Select(part => (float)part), image[(3 * i)..((3 * i) + 3)]);
            }
            float[] action = [random.NextInt(4)];
            Assert.Equal(cells.Step(action, view), pixels.Step(action, image));
        }
    }

    [Fact]
    public void Without_memory_the_view_alone_leads_to_most_of_the_return()
    {
        // To the nearest thing in view that pays; where there is none, up, else left, else down.
        using var environment = new KeyToDoor(60);
        (double mean, _) = Players.Mean([.. Enumerable.Range(0, 120).Select(i => Players.Play(environment, (ulong)i, seen => FromView(seen[^1])).Return)]);
        Assert.InRange(mean, 19, 21); // who sees everything earns 26
    }

    private static float FromView(float[] view)
    {
        foreach (float wanted in (ReadOnlySpan<float>)[Key, Door, Apple])
            if (GridPaths.Nearest(5, 5, (2, 2), (x, y) => view[(5 * y) + x] != Wall, (x, y) => view[(5 * y) + x] == wanted) is { } way) return way.Direction;
        return view[7] != Wall ? 0 : view[11] != Wall ? 2 : 1;
    }

    private static (double Return, int Length) PlayFromFullState(KeyToDoor environment, ulong seed, bool takesKey)
    {
        float[] observation = new float[25], state = new float[Cells + 2];
        environment.Reset(seed, observation);
        double sum = 0;
        for (int step = 1; ; step++)
        {
            environment.WriteFullState(state);
            float action = (takesKey ? Towards(state, Key) : null) ?? Towards(state, Door) ?? (step <= 15 ? 1 : Towards(state, Apple) ?? 0);
            StepResult result = environment.Step([action], observation);
            sum += result.Reward;
            if (result.Done) return (sum, step);
        }
    }

    /// <summary>The direction to the nearest cell of a kind, or null where there is none.</summary>
    private static float? Towards(float[] state, float kind)
    {
        int agent = Array.IndexOf(state, Agent, 0, Cells);
        return GridPaths.Nearest(Width, Height, (agent % Width, agent / Width), (x, y) => state[(Width * y) + x] != Wall, (x, y) => state[(Width * y) + x] == kind)?.Direction;
    }
}
