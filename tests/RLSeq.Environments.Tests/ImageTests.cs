namespace RLSeq.Environments.Tests;

/// <summary>Every environment that draws itself: as text all, as an image those that can.</summary>
public class ImageTests
{
    public static TheoryData<string> Drawn => [.. DrawnNames];

    private static IEnumerable<string> DrawnNames =>
        EnvironmentRegistry.Entries
            .Where(entry => !entry.Name.StartsWith("Test", StringComparison.Ordinal))
            .Where(entry =>
            {
                using IEnvironment environment = entry.Create();
                return environment.Ability<IImageRenderable>() is not null;
            })
            .Select(entry => entry.Name);

    [Theory]
    [MemberData(nameof(Drawn))]
    public void An_image_follows_from_the_state_alone_and_is_drawn_without_garbage(string name)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name), twin = EnvironmentRegistry.Create(name);
        IImageRenderable drawing = environment.Ability<IImageRenderable>()!, twinDrawing = twin.Ability<IImageRenderable>()!;
        byte[] image = new byte[3 * drawing.ImageWidth * drawing.ImageHeight], second = new byte[image.Length];
        float[] observation = new float[environment.ObservationSpace.Size], action = new float[environment.ActionSpace.Size];
        environment.Reset(7, observation);
        twin.Reset(7, observation);
        var random = new RandomSource(1);
        var distinct = new HashSet<ulong>();
        for (int step = 0; step < 50; step++)
        {
            second.AsSpan().Fill((byte)step); // every pixel must be drawn
            drawing.RenderImage(image);
            twinDrawing.RenderImage(second);
            Assert.True(image.AsSpan().SequenceEqual(second));
            distinct.Add(Hash(image));
            environment.ActionSpace.Sample(ref random, action);
            bool over = environment.Step(action, observation).Done;
            twin.Step(action, observation);
            if (!over) continue;
            environment.Reset((ulong)step, observation);
            twin.Reset((ulong)step, observation);
        }
        Assert.InRange(distinct.Count, 8, 50);
        Assert.InRange(image.Distinct().Count(), 3, 256);
        Assert.Throws<ArgumentException>(() => drawing.RenderImage(new byte[image.Length - 1]));

        Assert.Equal(0, AllocatedBytes.Of(() => drawing.RenderImage(image), times: 20));
    }

    [Fact]
    public void Games_grids_boards_and_classic_control_are_drawn_as_images()
    {
        string[] families = ["CartPole", "Pendulum", "Acrobot", "MountainCar", "DarkArena", "FogPong", "KeyToDoor", "MiniGrid", "MortarMayhem", "MysteryPath", "Battleship", "MineSweeper", "Concentration"];
        string[] expected = [.. EnvironmentRegistry.Names.Where(name => !name.StartsWith("Test", StringComparison.Ordinal) && families.Any(family => name.Contains(family, StringComparison.Ordinal)))];
        Assert.Equal(expected, DrawnNames);
    }

    /// <summary>The torque that turned it last is a bar below the pendulum, to the left where it is positive; its colour occurs nowhere else.</summary>
    [Theory]
    [InlineData("Pendulum", 2, 60, 0)]
    [InlineData("PositionOnlyPendulumEasy", -1, 0, 30)]
    [InlineData("NoisyPositionOnlyPendulumHard", 0.5, 15, 0)]
    public void A_pendulum_shows_its_torque(string name, float torque, int left, int right)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        IImageRenderable drawing = environment.Ability<IImageRenderable>()!;
        (int width, int height) = (drawing.ImageWidth, drawing.ImageHeight);
        byte[] image = new byte[3 * width * height];
        float[] observation = new float[environment.ObservationSpace.Size];
        environment.Reset(1, observation);
        Assert.Equal((0, 0), Bar());
        environment.Step([torque], observation);
        (int toLeft, int toRight) = Bar();
        Assert.InRange(toLeft, left - 1, left); // a black mark covers the middle
        Assert.InRange(toRight, right - 1, right);

        (int Left, int Right) Bar()
        {
            drawing.RenderImage(image);
            int[] found = [.. Enumerable.Range(0, width).Where(x => image.AsSpan(3 * (((height - 5) * width) + x), 3) is [60, 110, 180])];
            return (found.Count(x => x < width / 2), found.Count(x => x >= width / 2));
        }
    }

    /// <summary>What a board hides and what is known of it are drawn apart: the ship that was hit, the sea, the covered mine.</summary>
    [Fact]
    public void Boards_show_what_they_hide()
    {
        using var battleship = new Suite.Battleship(Suite.Difficulty.Easy);
        float[] observation = new float[1];
        battleship.Reset(3, observation);
        byte[] image = new byte[3 * battleship.ImageWidth * battleship.ImageHeight];
        battleship.RenderImage(image);
        int cell = battleship.ImageWidth / 8;
        List<int> ships = [.. Enumerable.Range(0, 64).Where(i => Pixel(i, cell / 2) == (120, 120, 130))];
        Assert.Equal(12, ships.Count);
        Assert.True(battleship.Step([ships[0] / 8, ships[0] % 8], observation).Reward > 0);
        int sea = Enumerable.Range(0, 64).First(i => !ships.Contains(i));
        Assert.True(battleship.Step([sea / 8, sea % 8], observation).Reward < 0);
        battleship.RenderImage(image);
        Assert.Equal((200, 40, 40), Pixel(ships[0], cell / 2));
        Assert.Equal((255, 255, 255), Pixel(sea, cell / 2));
        Assert.Equal((120, 120, 130), Pixel(ships[1], cell / 2));

        (byte, byte, byte) Pixel(int index, int inside)
        {
            int at = 3 * ((((index / 8 * cell) + inside) * battleship.ImageWidth) + (index % 8 * cell) + inside);
            return (image[at], image[at + 1], image[at + 2]);
        }
    }

    [Theory]
    [MemberData(nameof(SavingTests.BuiltIns), MemberType = typeof(SavingTests))]
    public void Every_environment_draws_itself_as_a_few_lines_of_text_that_change(string name)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        ITextRenderable? drawing = environment.Ability<ITextRenderable>();
        Assert.NotNull(drawing);
        float[] observation = new float[environment.ObservationSpace.Size], action = new float[environment.ActionSpace.Size];
        environment.Reset(7, observation);
        var random = new RandomSource(1);
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        for (int step = 0; step < 30; step++)
        {
            using var writer = new StringWriter { NewLine = "\n" };
            drawing.Render(writer);
            string text = writer.ToString();
            distinct.Add(text);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.InRange(text.Count(letter => letter == '\n'), 2, 40);
            Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
            environment.ActionSpace.Sample(ref random, action);
            if (environment.Step(action, observation).Done) environment.Reset((ulong)step, observation);
        }
        Assert.InRange(distinct.Count, 8, 30);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes) hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
