using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

/// <summary>A memory under test: small, with weights large enough that every part of it matters.</summary>
internal sealed class MemorySubject : IDisposable
{
    public const int Width = 12, Context = 5;

    private MemorySubject(Memory memory) => Memory = memory;

    public Memory Memory { get; }

    /// <summary>Every memory of the registry is put through every law.</summary>
    public static TheoryData<string> Names => [.. MemoryRegistry.All.Select(entry => entry.Name)];

    public static MemorySubject Create(string name, int width = Width, int context = Context)
    {
        manual_seed(7);
        Memory memory = MemoryRegistry.Create(new MemorySettings(name, width, Layers: 2, Heads: 2, context, FeedForward: width + 4));
        using (no_grad())
        {
            foreach (Tensor parameter in memory.parameters())
            {
                using Tensor noise = randn(parameter.shape);
                parameter.add_(noise * 0.2);
            }
        }
        return new MemorySubject(memory);
    }

    public MemoryState Initial(long batch)
    {
        using Tensor like = zeros(1);
        return Memory.InitialState(batch, like);
    }

    /// <summary>The same memory in the acting engine.</summary>
    public IMemoryKernel Kernel(int rows)
    {
        var writer = new PolicyWriter();
        Memory.Export(writer);
        return MemoryKernels.Create(writer.ToModule(Memory.GetName()), rows);
    }

    /// <summary>
    /// Features <c>[T, B, D]</c>, normally distributed; about every second step, those of a memory that looks for near-duplicates are one of a
    /// few vectors with a little noise.
    /// </summary>
    public Tensor Inputs(int steps, int batch, ulong seed)
    {
        const int Prototypes = 4;
        var random = new RandomSource(seed);
        var values = new float[steps * batch * Memory.Width];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextGaussian();
        for (int step = 0; step < steps * batch && Memory is TransformerDistinctMemory; step++)
        {
            Span<float> x = values.AsSpan(step * Memory.Width, Memory.Width);
            int prototype = random.NextInt(2 * Prototypes);
            if (prototype >= Prototypes) continue;
            var shape = new RandomSource(1_000_000 + (ulong)prototype);
            foreach (ref float number in x) number = (float)shape.NextGaussian() + (0.03f * number);
        }
        return tensor(values, [steps, batch, Memory.Width]);
    }

    /// <summary>Episode starts <c>[T, B]</c> with the given probability.</summary>
    public static Tensor Starts(int steps, int batch, double probability, ulong seed)
    {
        var random = new RandomSource(seed);
        var values = new bool[steps * batch];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextDouble() < probability;
        return tensor(values, [steps, batch]);
    }

    /// <summary>Fails unless |a − b| ≤ tolerance · max(1, |b|) everywhere.</summary>
    public static void Agree(Tensor actual, Tensor expected, double tolerance = 1e-4) =>
        Agree(actual.detach().contiguous().data<float>().ToArray(), expected.detach().contiguous().data<float>().ToArray(), tolerance);

    public static void Agree(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance = 1e-4)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"Element {i}: {actual[i]} instead of {expected[i]}.");
    }

    public void Dispose() => Memory.Dispose();
}
