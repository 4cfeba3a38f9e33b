namespace RLSeq.Agents.Tests;

/// <summary>A saved state that is damaged is refused when it is loaded, and not by whoever acts next.</summary>
public sealed class DamagedStateTests
{
    private const int D = 8;

    public static TheoryData<string> All => TestModules.AllMemoriesAndPrecisions;

    [Theory]
    [MemberData(nameof(All))]
    public void A_number_that_is_not_finite_is_refused_before_anything_changes(string name)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 2), twin = TestModules.Kernel(name, 2);
        float[] a = new float[D], b = new float[D], state = new float[kernel.Layout.Size], after = new float[state.Length];
        for (int t = 0; t < 30; t++)
        {
            float[] input = HashedNumbers.Of($"step {t}", D, 1);
            kernel.Step([1], input, a);
            twin.Step([1], input, b);
            Near.Same(b, a, $"{name}, step {t}");
            kernel.Save(1, state);
            foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
            {
                for (int at = t % 7; at < state.Length; at += 7) // the first in some steps and the last in some
                {
                    float[] damaged = [.. state];
                    damaged[at] = bad;
                    Assert.Throws<ArgumentException>(() => kernel.Load(1, damaged));
                }
            }
            kernel.Save(1, after);
            Near.Same(state, after, $"{name}, state after step {t}");
        }
    }

    [Theory]
    [InlineData("min-gru", -1f)]
    [InlineData("min-gru", 0.5f)]
    [InlineData("min-gru", 2f)]
    [InlineData("min-gru", float.NaN)]
    [InlineData("ffm-normalized", 0.5f)]
    [InlineData("lru", 0.5f)]
    [InlineData("lru", float.NaN)]
    public void A_linear_recurrence_has_begun_or_it_has_not(string name, float begun)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 1);
        int units = kernel.Layout.Size - 1;
        float[] state = new float[units + 1], after = new float[units + 1];
        state.AsSpan(0, units).Fill(0.5f);
        state[units] = 1;
        kernel.Load(0, state);
        Assert.Contains("begun", Assert.Throws<ArgumentException>(() => kernel.Load(0, [.. new float[units], begun])).Message, StringComparison.Ordinal);
        kernel.Save(0, after);
        Assert.Equal(state, after);
        kernel.Load(0, new float[units + 1]);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("transformer")]
    [InlineData("transformer-gated")]
    [InlineData("transformer-distinct")]
    public void A_saved_game_that_is_damaged_says_where(string memory)
    {
        var agent = new Agent(PolicyNetwork.From(TestModules.Policy(memory)));
        float[] state = new float[agent.Layout.Size];
        state[5] = float.NaN;
        Assert.Contains("NaN as element 5", Assert.Throws<ArgumentException>(() => agent.Load(state)).Message, StringComparison.Ordinal);
    }
}
