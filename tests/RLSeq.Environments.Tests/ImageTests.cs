namespace RLSeq.Environments.Tests;

/// <summary>Every environment that draws itself: as text all, as an image those that can.</summary>
public class ImageTests
{
    public static TheoryData<string> Drawn => 
    [
        .. EnvironmentRegistry.Entries
            .Where(entry => !entry.Name.StartsWith("Test", StringComparison.Ordinal) && entry.Create() is IImageRenderable)
            .Select(entry => entry.Name),
    ];

    [Theory]
    [MemberData(nameof(Drawn))]
    public void An_image_follows_from_the_state_alone_and_is_drawn_without_garbage(string name)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name), twin = EnvironmentRegistry.Create(name);
        var drawing = (IImageRenderable)environment;
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
            ((IImageRenderable)twin).RenderImage(second);
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
