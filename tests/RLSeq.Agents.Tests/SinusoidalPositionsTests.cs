namespace RLSeq.Agents.Tests;

public sealed class SinusoidalPositionsTests
{
    /// <summary>The closed form, in double precision, at both digits' edges and at widths with and without a cosine for every sine.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(12), InlineData(64)]
    public void A_position_is_its_sines_and_cosines(int width)
    {
        var positions = SinusoidalPositions.Of(width);
        int pairs = (width + 1) / 2;
        foreach (int position in (int[])[0, 1, 2, 100, 255, 256, 257, 4095, 32_768, SinusoidalPositions.Longest])
        {
            float[] features = [.. Enumerable.Repeat(0.25f, width)];
            positions.Add(position, features);
            for (int i = 0; i < width; i++)
            {
                double angle = position * Math.Pow(10_000, -(double)(i % pairs) / pairs);
                double expected = i < pairs ? Math.Sin(angle) : Math.Cos(angle);
                Assert.True(Math.Abs(features[i] - 0.25 - expected) < 3e-7, $"position {position}, element {i}: {features[i] - 0.25} instead of {expected}");
            }
        }
    }

    /// <summary>The position is that of the episode, whatever the window: a step that sees only itself still tells the time.</summary>
    [Fact]
    public void A_start_resets_the_position_and_nothing_else_does()
    {
        IMemoryKernel kernel = MemoryKernels.Create(TestModules.Transformer(8, 1, 2, 0, 6, form: TransformerForm.Absolute), 1);
        float[] input = HashedNumbers.Of("input", 8, 1f), first = new float[8], second = new float[8], again = new float[8];
        kernel.Step([0], input, first);
        kernel.Step([0], input, second);
        Assert.NotEqual(first, second);
        kernel.Reset(0);
        kernel.Step([0], input, again);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Beyond_the_longest_episode_the_position_stays()
    {
        IMemoryKernel kernel = MemoryKernels.Create(TestModules.Transformer(8, 1, 2, 0, 6, form: TransformerForm.Absolute), 1);
        float[] input = HashedNumbers.Of("input", 8, 1f), last = new float[8], beyond = new float[8], state = [SinusoidalPositions.Longest - 1];
        kernel.Load(0, state);
        kernel.Step([0], input, beyond);
        kernel.Step([0], input, last);
        Assert.NotEqual(last, beyond);
        kernel.Save(0, state);
        Assert.Equal(SinusoidalPositions.Longest, state[0]);
        kernel.Step([0], input, beyond);
        Assert.Equal(last, beyond);
    }

    [Theory, InlineData(-1f), InlineData(65_536f), InlineData(1.5f), InlineData(float.NaN)]
    public void A_state_with_an_impossible_position_is_refused(float position)
    {
        IMemoryKernel kernel = MemoryKernels.Create(TestModules.Memory("transformer-absolute"), 1);
        float[] state = new float[kernel.Layout.Size];
        state[^1] = position;
        Assert.Contains("position", Assert.Throws<ArgumentException>(() => kernel.Load(0, state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_longer_than_positions_are_told_apart_is_refused()
    {
        PolicyModule module = TestModules.Memory("transformer-absolute");
        var settings = new Dictionary<string, long>(module.Settings, StringComparer.Ordinal) { ["context"] = SinusoidalPositions.Longest + 1L };
        Assert.Contains("context = 65536", Assert.Throws<PolicyFormatException>(() => MemoryKernels.Pack(module with { Settings = settings })).Message, StringComparison.Ordinal);
    }
}
