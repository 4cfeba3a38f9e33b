using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>The memory that is checked, with weights large enough that every part of it matters.</summary>
internal sealed class MemoryCheckSubject : IDisposable
{
    /// <summary>What learning and acting may differ by: |a − b| ≤ 10⁻⁴ · max(1, |b|).</summary>
    public const double Tolerance = 1e-4;

    private readonly List<Finding> _findings;
    private readonly ulong _seed;
    private readonly MemorySettings _settings;

    public MemoryCheckSubject(MemoryEntry entry, MemorySettings settings, ulong seed, List<Finding> findings)
    {
        (Entry, _settings, _seed, _findings) = (entry, settings, seed, findings);
        Memory = entry.Create(settings);
        Disturb(Memory, 0);
    }

    public MemoryEntry Entry { get; }

    public Memory Memory { get; }

    public int Width => _settings.Hidden;

    public void Error(string check, string problem, string remedy) => _findings.Add(new(check, FindingSeverity.Error, problem, remedy));

    public void Warn(string check, string problem, string remedy) => _findings.Add(new(check, FindingSeverity.Warning, problem, remedy));

    public MemoryState Initial(long batch) => Memory.InitialState(batch, zeros(1));

    /// <summary>Features <c>[T, B, D]</c>.</summary>
    public Tensor Inputs(int steps, int batch, ulong stream) => Normal(stream, steps, batch, Width);

    /// <summary>Where episodes begin, <c>[T, B]</c>.</summary>
    public Tensor Starts(int steps, int batch, double probability, ulong stream)
    {
        RandomSource random = Random(stream);
        var values = new bool[steps * batch];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextDouble() < probability;
        return tensor(values, [steps, batch]);
    }

    public static Tensor NoStarts(int steps, int batch) => zeros(steps, batch, dtype: @bool);

    /// <summary>The same memory in the acting engine.</summary>
    public IMemoryKernel Kernel(int rows) => Weights().CreateKernel(rows);

    public MemoryWeights Weights() => WeightsOf(Memory);

    /// <summary>The same memory with other weights, of the same sizes.</summary>
    public MemoryWeights OtherWeights()
    {
        using Memory other = Entry.Create(_settings);
        Disturb(other, 1);
        return WeightsOf(other);
    }

    /// <summary>A memory of the same weights, for what changes them.</summary>
    public Memory Copy()
    {
        Memory copy = Entry.Create(_settings);
        using IDisposable frozen = no_grad();
        foreach (((string _, Tensor to), (string _, Tensor from)) in copy.named_parameters().Zip(Memory.named_parameters())) to.copy_(from);
        return copy;
    }

    public static float[] Floats(Tensor values) => values.detach().to(float32).contiguous().data<float>().ToArray();

    /// <summary>The place of the first difference beyond a tolerance, in words; null where there is none.</summary>
    public static string? Difference(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance = Tolerance)
    {
        if (actual.Length != expected.Length) return $"there are {actual.Length} numbers, not {expected.Length}";
        for (int i = 0; i < actual.Length; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])))) return FormattableString.Invariant($"number {i} of {actual.Length} is {actual[i]}, not {expected[i]}");
        return null;
    }

    public static string? Difference(Tensor actual, Tensor expected, double tolerance = Tolerance) => Difference(Floats(actual), Floats(expected), tolerance);

    public void Dispose() => Memory.Dispose();

    private MemoryWeights WeightsOf(Memory memory)
    {
        using DisposeScope scope = NewDisposeScope();
        var writer = new PolicyWriter();
        memory.Export(writer);
        PolicyModule module = writer.ToModule(Entry.Name);
        return Entry.Pack is { } pack ? pack(module, default) : MemoryKernels.Pack(module);
    }

    private void Disturb(Memory memory, ulong stream)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        ulong number = 0;
        foreach ((string _, Tensor parameter) in memory.named_parameters())
            parameter.add_(Normal((1 << 20) + (stream << 10) + number++, [.. parameter.shape.Select(length => (int)length)]) * 0.2);
    }

    private Tensor Normal(ulong stream, params int[] shape)
    {
        RandomSource random = Random(stream);
        var values = new float[shape.Aggregate(1, (product, length) => product * length)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextGaussian();
        return tensor(values, [.. shape.Select(length => (long)length)]);
    }

    private RandomSource Random(ulong stream) => new(RandomSource.Derive(_seed, stream));
}
