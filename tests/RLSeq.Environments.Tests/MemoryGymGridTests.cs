using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class MemoryGymGridTests
{
    private const int Stay = 0, TurnLeft = 1, TurnRight = 2, Forward = 3;

    // What one step forward does, by heading: up, left, down, right; and what the commands right, down, left, up and stay ask for.
    private static readonly (int X, int Y)[] Headings = [(0, -1), (-1, 0), (0, 1), (1, 0)], Commands = [(1, 0), (0, 1), (-1, 0), (0, -1), (0, 0)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_remembers_the_commands_carries_them_all_out(bool fromFullState)
    {
        using var environment = new MortarMayhemGrid();
        for (ulong seed = 0; seed < 100; seed++)
        {
            (double sum, int steps, _) = PlayMortar(environment, seed, fromFullState);
            Assert.Equal(1, sum, 5);
            Assert.Equal(118, steps);
        }
    }

    [Fact]
    public void Commands_show_for_three_frames_and_pause_for_one_and_are_all_possible()
    {
        using var environment = new MortarMayhemGrid();
        float[] seen = new float[5];
        int[] counts = new int[6];
        for (ulong seed = 0; seed < 200; seed++)
        {
            environment.Reset(seed, seen);
            (int x, int y) = ((int)seen[0], (int)seen[1]);
            float[] start = seen[..3];
            for (int step = 0; step < 40; step++)
            {
                if (step % 4 == 0)
                {
                    counts[(int)seen[3]]++;
                    (int dx, int dy) = Commands[(int)seen[3] - 1];
                    (x, y) = (x + dx, y + dy);
                    Assert.InRange(x, 0, 4);
                    Assert.InRange(y, 0, 4);
                }
                Assert.Equal(step % 4 == 3, seen[3] == 0);
                Assert.Equal(0, seen[4]);
                Assert.Equal(start, seen[..3]); // no action moves it
                environment.Step([step % 4], seen);
                if (step == 38) start = seen[..3];
            }
        }
        Assert.All(counts[1..], count => Assert.InRange(count, 300, 650));
    }

    [Fact]
    public void A_step_too_late_and_a_step_too_early_are_fatal()
    {
        // The first check is that of step 46, and its tile must be held in step 47; in step 48 it may be left.
        using var environment = new MortarMayhemGrid();
        float[] seen = new float[5], state = new float[5];
        int tried = 0;
        for (ulong seed = 0; seed < 300 && tried < 40; seed++)
        {
            foreach ((int leave, int end) in (ReadOnlySpan<(int, int)>)[(46, 46), (47, 47), (48, 54)])
            {
                environment.Reset(seed, seen);
                int steps = 0;
                bool over = false;
                while (!over)
                {
                    environment.WriteFullState(state);
                    bool leaves = steps + 1 == leave && Inside(state);
                    if (steps + 1 == leave && !leaves) break;
                    int action = leaves ? Forward : steps >= leave ? Stay : Towards(state);
                    over = environment.Step([action], seen).Done;
                    steps++;
                }
                if (!over) break;
                if (leave == 48)
                {
                    Assert.InRange(steps, 54, 118); // unless that was the second command
                    continue;
                }
                Assert.Equal(end, steps);
                Assert.Equal(1, seen[4]);
                tried++;
            }
        }
        Assert.InRange(tried, 40, 50);

        static bool Inside(float[] state) => state[0] + Headings[(int)state[2]].X is >= 0 and < 5 && state[1] + Headings[(int)state[2]].Y is >= 0 and < 5;
    }

    [Fact]
    public void Standing_still_is_right_as_often_as_the_command_is_to_stay()
    {
        // The original's loop in Python, standing still: 0.0330 +- 0.0003 from 50,000 episodes.
        using var environment = new MortarMayhemGrid();
        (double mean, double error) = Players.Mean([.. Enumerable.Range(0, 4000).Select(i => Players.Play(environment, (ulong)i, _ => Stay).Return)]);
        Assert.InRange(mean, 0.0330 - (3 * error), 0.0330 + (3 * error));
    }

    [Fact]
    public void Who_sees_the_path_walks_it()
    {
        using var environment = new MysteryPathGrid();
        float[] seen = new float[4], state = new float[55];
        int[] tiles = new int[50];
        for (ulong seed = 0; seed < 500; seed++)
        {
            environment.Reset(seed, seen);
            environment.WriteFullState(state);
            Assert.Equal([seen[0], seen[1], 0f, 0f], state[..4]);
            Assert.True(Math.Abs(state[0] - state[4]) == 6 || Math.Abs(state[1] - state[5]) == 6); // opposite sides
            tiles[(int)state[6..].Sum()]++;
            StepResult result = default;
            int steps = 0;
            while (!result.Done)
            {
                environment.WriteFullState(state);
                (int x, int y) target = ((int)state[4], (int)state[5]);
                int way = GridPaths.Nearest(7, 7, ((int)state[0], (int)state[1]), (x, y) => state[6 + (7 * y) + x] == 1, (x, y) => (x, y) == target)!.Value.Direction;
                result = environment.Step([Turn((int)seen[2], GridPaths.Directions[way])], seen);
                Assert.Equal(0, seen[3]);
                steps++;
            }
            Assert.Equal(new(1, true, false), result);
            Assert.InRange(steps, 6, 60);
        }

        // Python: 7 to 16 tiles in 20,000 paths, 10.08 on average (standard deviation 1.6); none impossible.
        Assert.Equal(500, tiles[7..17].Sum());
        Assert.InRange(Enumerable.Range(7, 10).Sum(count => count * tiles[count]) / 500.0, 10.08 - 0.22, 10.08 + 0.22);
    }

    [Fact]
    public void Who_leaves_the_path_is_put_back_and_loses_a_step()
    {
        using var environment = new MysteryPathGrid();
        float[] seen = new float[4], state = new float[55];
        int falls = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            environment.Reset(seed, seen);
            float[] start = seen[..2];
            environment.WriteFullState(state);
            if (start[1] == 0 || state[6 + (7 * ((int)start[1] - 1)) + (int)start[0]] == 1) continue;
            environment.Step([Forward], seen); // looking up
            falls++;
            Assert.Equal([start[0], start[1] - 1, 0f, 1f], seen);
            environment.Step([TurnLeft], seen); // ignored
            Assert.Equal([start[0], start[1], 0f, 0f], seen);
            environment.Step([TurnLeft], seen);
            Assert.Equal([start[0], start[1], 1f, 0f], seen);
        }
        Assert.InRange(falls, 20, 100);
        Players.Episode idle = Players.Play(environment, 1, _ => Stay);
        Assert.Equal(new(0, 128, Terminated: false, Truncated: true), idle);
    }

    [Theory]
    [InlineData("MortarMayhemGrid")]
    [InlineData("MysteryPathGrid")]
    public void The_pixels_are_those_of_the_same_episode_and_differ_where_the_symbols_do(string name)
    {
        using IEnvironment symbols = EnvironmentRegistry.Create(name), pixels = EnvironmentRegistry.Create(name + "Pixels");
        Assert.Equal(Space.Bytes(84, 84, 3), pixels.ObservationSpace);
        float[] seen = new float[symbols.ObservationSpace.Size], image = new float[84 * 84 * 3];
        var images = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var random = new RandomSource(3);
        for (ulong seed = 0; seed < 6; seed++)
        {
            symbols.Reset(seed, seen);
            pixels.Reset(seed, image);
            StepResult result = default;
            while (!result.Done)
            {
                string key = string.Join(',', seen);
                if (result.Done) break;
                if (images.TryGetValue(key, out float[]? known)) Assert.True(known.AsSpan().SequenceEqual(image));
                else images.Add(key, [.. image]);
                float[] action = [random.NextInt(4)];
                result = symbols.Step(action, seen);
                Assert.Equal(result, pixels.Step(action, image));
            }
        }
        Assert.InRange(images.Count, 40, 1000);
        Assert.Equal(images.Count, images.Values.Select(one => Convert.ToHexString(one.Select(value => (byte)value).ToArray())).Distinct(StringComparer.Ordinal).Count());
    }

    // The means come from a Python script that follows the originals: the loop of Mortar Mayhem with its counters, the generator of
    // paths, MiniGrid's room as a set of walls; 50,000, 20,000 and 10,000 to 20,000 episodes.
    [Theory]
    [InlineData("MortarMayhemGrid", 0.02018, 0.00022, 6000)]
    [InlineData("MortarMayhemGridPixels", 0.02018, 0.00022, 1000)]
    [InlineData("MysteryPathGrid", 0.0101, 0.0007, 6000)]
    [InlineData("MysteryPathGridPixels", 0.0101, 0.0007, 500)]
    [InlineData("MiniGridMemoryS7", 0.2412, 0.0026, 2000)]
    [InlineData("MiniGridMemoryS9", 0.2601, 0.0027, 2000)]
    [InlineData("MiniGridMemoryS11", 0.2777, 0.0028, 1500)]
    [InlineData("MiniGridMemoryS13", 0.2809, 0.0032, 1500)]
    [InlineData("MiniGridMemoryS13Random", 0.3267, 0.0034, 1500)]
    [InlineData("MiniGridMemoryS17Random", 0.3555, 0.0042, 1500)]
    public void Random_play_earns_the_known_return_within_three_standard_errors(string name, double expected, double expectedError, int episodes) =>
        RandomReturns.AssertKnown(name, expected, episodes, largestError: 0.02, expectedError);

    private static (double Return, int Steps, float[] Last) PlayMortar(MortarMayhemGrid environment, ulong seed, bool fromFullState)
    {
        float[] seen = new float[5], state = new float[5];
        environment.Reset(seed, seen);
        List<int> commands = [];
        double sum = 0;
        (int x, int y) = ((int)seen[0], (int)seen[1]);
        for (int step = 0; ; step++)
        {
            // From memory: all commands, and the time; each command's tile is due at steps 46, 54, ... and held for one step more.
            if (step < 40 && step % 4 == 0) commands.Add((int)seen[3] - 1);
            if (step >= 40 && step <= 118 && (step == 40 || step % 8 == 7))
            {
                (int dx, int dy) = Commands[commands[(step - 39) / 8]];
                (x, y) = (x + dx, y + dy);
            }
            environment.WriteFullState(state);
            int action = fromFullState ? Towards(state) : step < 39 ? Stay : Towards([seen[0], seen[1], seen[2], x, y]);
            StepResult result = environment.Step([action], seen);
            sum += result.Reward;
            if (result.Done) return (sum, step + 1, seen);
        }
    }

    /// <summary>One step towards the tile (state[3], state[4]), which is a neighbour or where the character stands.</summary>
    private static int Towards(float[] state)
    {
        (int x, int y) = (Math.Sign(state[3] - state[0]), Math.Sign(state[4] - state[1]));
        return (x, y) == (0, 0) ? Stay : Turn((int)state[2], (x, y));
    }

    private static int Turn(int heading, (int X, int Y) direction) =>
        Headings[heading] == direction ? Forward : Headings[(heading + 3) % 4] == direction ? TurnRight : TurnLeft;
}
