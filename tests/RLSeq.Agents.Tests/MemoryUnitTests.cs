namespace RLSeq.Agents.Tests;

/// <summary>
/// Units of equal weights stay equal, bit for bit, whether they fall into the body of a kernel, where a vector holds many of them, or
/// into its tail, where they go one at a time: so vectors and plain numbers are held to each other in whole memories of any width.
/// </summary>
public sealed class MemoryUnitTests
{
    /// <summary>Units this far apart are equal: a number that divides no vector's length, so that equal units lie in different places of it.</summary>
    private const int Period = 5;

    private const int Steps = 30;

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string name in (string[])["ffm", "ffm-normalized", "gru", "lstm", "lru", "min-gru", "hcam", "transformer-one-head", "transformer-no-residual", "transformer-gated", "transformer-distinct"])
                foreach (string precision in (string[])["f32", "bf16", "int8", "int8/bf16"]) all.Add(name, precision);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_unit_computes_the_same_in_a_vector_and_alone(string name, string precision)
    {
        foreach (int width in new[] { 9, 17, 23, 31, 33, 40, 47, 65, 70, 130 })
        {
            IMemoryKernel kernel = MemoryKernels.Create(Equal(Memory(name, width), width), 2, WideMemories.Precision(precision));
            float[] output = new float[width], state = new float[kernel.Layout.Size];
            for (int t = 0; t < Steps; t++)
            {
                if (t == 20) kernel.Reset(1);
                kernel.Step([1], Repeated(HashedNumbers.Of($"step {t}", Period, 1), width), output);
                Near.Same(Repeated(output, width), output, $"{name} {precision} of {width}, step {t}");
                Assert.True(output.AsSpan(0, Period).ToArray().Distinct().Count() > 1, "Units that are all equal show nothing.");
                kernel.Save(1, state);
                for (int from = 0; from + width <= state.Length; from += width)
                    Near.Same(Repeated(state.AsSpan(from, width), width), state.AsSpan(from, width), $"{name} {precision} of {width}, state after step {t}");
            }
        }
    }

    private static PolicyModule Memory(string name, int width) => name switch
    {
        "ffm" or "ffm-normalized" => TestModules.Ffm(width, traces: width, contexts: 3, FfmForm.All.Single(form => form.Name == name)),
        "gru" => TestModules.Gru(width),
        "lstm" => TestModules.Lstm(width),
        "lru" => TestModules.Lru(width),
        "min-gru" => TestModules.MinGru(width),
        "hcam" => TestModules.Hcam(width, 2, 1, width + 4, new ChunkGrid(Context: 6, Chunk: 2, Top: 1)),
        _ => TestModules.Transformer(width, 2, 1, 6, width + 4, "", TransformerForm.All.Single(form => form.Name == name)),
    };

    /// <summary>The module with, in every block of as many outputs as there are units, the weights of the first units over and over.</summary>
    private static PolicyModule Equal(PolicyModule module, int width)
    {
        var tensors = new Dictionary<string, PolicyTensor>(StringComparer.Ordinal);
        foreach ((string name, PolicyTensor tensor) in module.Tensors)
        {
            float[] values = [.. tensor.Values];
            bool ofUnits = tensor.Shape[0] % width == 0;
            int row = values.Length / tensor.Shape[0];
            for (int output = 0; ofUnits && output < tensor.Shape[0]; output++)
                values.AsSpan(((output / width * width) + (output % width % Period)) * row, row).CopyTo(values.AsSpan(output * row, row));
            tensors[name] = new PolicyTensor(tensor.Shape, values);
        }
        return module with { Tensors = tensors };
    }

    private static float[] Repeated(ReadOnlySpan<float> values, int width)
    {
        float[] repeated = new float[width];
        for (int i = 0; i < width; i++) repeated[i] = values[i % Period];
        return repeated;
    }
}
