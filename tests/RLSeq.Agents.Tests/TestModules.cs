using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>Small modules and policies with hashed weights.</summary>
internal static class TestModules
{
    /// <summary>Every memory that the laws are checked for, by a short name.</summary>
    public static IEnumerable<string> Memories => ["none", "ffm", "ffm-normalized", "ffm-normalized odd", "gru", "lstm", "lru", "min-gru", "gated-delta-net", "gated-delta-net one head", "delta-net", "linear-attention", "hcam", "hcam odd", "hcam without context", "transformer", "transformer without context", "transformer odd", "transformer-absolute", "transformer-absolute odd", "transformer-gated", "transformer-gated odd", "transformer-distinct", "transformer-distinct odd", "transformer-distinct without context", "transformer-window", "transformer-window odd",
        "transformer-no-attention", "transformer-no-feed-forward", "transformer-no-residual", "transformer-one-head"];

    public static TheoryData<string> AllMemories => [.. Memories];

    /// <summary>The same, and those with matrices in fewer bits too: <c>lstm int8</c>.</summary>
    public static TheoryData<string> AllMemoriesAndPrecisions =>
        [.. Memories, .. Memories.Where(name => name != "none").SelectMany(name => new[] { $"{name} bf16", $"{name} int8", $"{name} f32/int8", $"{name} int8/bf16" })];

    /// <summary>A kernel of a memory that may name a precision at its end.</summary>
    public static IMemoryKernel Kernel(string name, int rows) => Pack(name).CreateKernel(rows);

    /// <summary>The weights of a memory that may name a precision at its end.</summary>
    public static MemoryWeights Pack(string name, int hidden = 8, string salt = "")
    {
        int last = name.LastIndexOf(' ');
        return last >= 0 && PolicyPrecision.TryParse(name[(last + 1)..], out PolicyPrecision precision)
            ? MemoryKernels.Pack(Memory(name[..last], hidden, salt), precision)
            : MemoryKernels.Pack(Memory(name, hidden, salt));
    }

    public static PolicyModule Memory(string name, int hidden = 8, string salt = "") => name switch
    {
        "none" => None(hidden),
        "ffm" or "ffm-normalized" => Ffm(hidden, traces: hidden / 2, contexts: 4, FfmForm.All.Single(form => form.Name == name), salt),
        "ffm-normalized odd" => Ffm(hidden, traces: 5, contexts: 3, FfmForm.Normalized, salt),
        "gru" => Gru(hidden, salt),
        "lstm" => Lstm(hidden, salt),
        "lru" => Lru(hidden, salt),
        "min-gru" => MinGru(hidden, salt),
        "gated-delta-net" or "delta-net" or "linear-attention" => FastWeights(hidden, 2, FastWeightForm.All.Single(form => form.Name == name), salt),
        "gated-delta-net one head" => FastWeights(hidden, 1, FastWeightForm.GatedDeltaNet, salt),
        "hcam" => Hcam(hidden, layers: 2, heads: 2, ffn: 12, new ChunkGrid(Context: 5, Chunk: 2, Top: 1), salt),
        "hcam odd" => Hcam(hidden, layers: 1, heads: 1, ffn: 7, new ChunkGrid(Context: 20, Chunk: 1, Top: 3), salt),
        "hcam without context" => Hcam(hidden, layers: 1, heads: 4, ffn: 5, new ChunkGrid(Context: 0, Chunk: 1, Top: 1), salt),
        "transformer" => Transformer(hidden, layers: 2, heads: 2, context: 3, ffn: 12, salt),
        "transformer without context" => Transformer(hidden, layers: 1, heads: 4, context: 0, ffn: 5, salt),
        "transformer-absolute" => Transformer(hidden, layers: 2, heads: 2, context: 3, ffn: 12, salt, TransformerForm.Absolute),
        "transformer-absolute odd" => Transformer(hidden, layers: 1, heads: 1, context: 20, ffn: 7, salt, TransformerForm.Absolute),
        "transformer-gated" => Transformer(hidden, layers: 2, heads: 2, context: 3, ffn: 12, salt, TransformerForm.Gated),
        "transformer-gated odd" => Transformer(hidden, layers: 1, heads: 1, context: 20, ffn: 7, salt, TransformerForm.Gated),
        "transformer-distinct" => Transformer(hidden, layers: 2, heads: 2, context: 5, ffn: 12, salt, TransformerForm.Distinct), // in three slots
        "transformer-distinct odd" => Transformer(hidden, layers: 1, heads: 1, context: 37, ffn: 7, salt, TransformerForm.Distinct),
        "transformer-distinct without context" => Transformer(hidden, layers: 1, heads: 4, context: 0, ffn: 5, salt, TransformerForm.Distinct),
        "transformer-window" => Transformer(hidden, layers: 2, heads: 2, context: 3, ffn: 12, salt, TransformerForm.Window),
        "transformer-window odd" => Transformer(hidden, layers: 3, heads: 1, context: 20, ffn: 7, salt, TransformerForm.Window),
        "transformer-no-attention" => Transformer(hidden, layers: 2, heads: 2, context: 3, ffn: 12, salt, TransformerForm.NoAttention),
        "transformer-no-feed-forward" => Transformer(hidden, layers: 2, heads: 2, context: 3, ffn: 12, salt, TransformerForm.NoFeedForward),
        "transformer-no-residual" => Transformer(hidden, layers: 2, heads: 2, context: 3, ffn: 12, salt, TransformerForm.NoResidual),
        "transformer-one-head" => Transformer(hidden, layers: 2, heads: 1, context: 3, ffn: 12, salt, TransformerForm.OneHead),
        "transformer odd" => Transformer(hidden, layers: 1, heads: 1, context: 20, ffn: 7, salt),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a test memory."),
    };

    public static PolicyModule None(int hidden)
    {
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        return writer.ToModule("none");
    }

    public static PolicyModule Gru(int hidden, string salt = "")
    {
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        foreach (string part in new[] { "input", "recurrent" })
        {
            Add(writer, $"{part}.weight", 0.5f, salt, 3 * hidden, hidden);
            Add(writer, $"{part}.bias", 0.5f, salt, 3 * hidden);
        }
        return writer.ToModule("gru");
    }

    public static PolicyModule Lstm(int hidden, string salt = "")
    {
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        Add(writer, "weight_ih", 0.5f, salt, 4 * hidden, hidden);
        Add(writer, "weight_hh", 0.5f, salt, 4 * hidden, hidden);
        Add(writer, "bias", 0.5f, salt, 4 * hidden);
        return writer.ToModule("lstm");
    }

    public static PolicyModule MinGru(int hidden, string salt = "")
    {
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        Add(writer, "gates.weight", 0.5f, salt, 3 * hidden, hidden);
        Add(writer, "gates.bias", 0.5f, salt, 3 * hidden);
        foreach (string norm in new[] { "input_norm", "output_norm" })
        {
            Add(writer, $"{norm}.weight", 1.5f, salt, hidden);
            Add(writer, $"{norm}.bias", 0.5f, salt, hidden);
        }
        return writer.ToModule("min-gru");
    }

    public static PolicyModule FastWeights(int hidden, int heads, FastWeightForm form, string salt = "")
    {
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        writer.Set("heads", heads);
        Add(writer, "projection.weight", 0.5f, salt, form.Projected(hidden, heads), hidden);
        Add(writer, "projection.bias", 0.5f, salt, form.Projected(hidden, heads));
        if (form.Convolves) Add(writer, "convolution.weight", 0.7f, salt, 3 * hidden, FastWeightForm.Taps);
        if (form.NormalizesReads) Add(writer, "read_norm.weight", 1.5f, salt, hidden);
        Add(writer, "out.weight", 0.5f, salt, hidden, hidden);
        Add(writer, "out.bias", 0.5f, salt, hidden);
        foreach (string norm in new[] { "input_norm", "output_norm" })
        {
            Add(writer, $"{norm}.weight", 1.5f, salt, hidden);
            Add(writer, $"{norm}.bias", 0.5f, salt, hidden);
        }
        return writer.ToModule(form.Name);
    }

    public static PolicyModule Lru(int hidden, string salt = "")
    {
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        Norm("input_norm");
        Add(writer, "factor", 0.7f, salt, 2 * hidden); // moduli of less than 0.7 · √2 < 1
        Add(writer, "gain", 1f, salt, hidden);
        Add(writer, "input", 0.5f, salt, 2 * hidden, hidden);
        Add(writer, "readout", 0.5f, salt, hidden, 2 * hidden);
        Add(writer, "skip", 1f, salt, hidden);
        Add(writer, "gates.weight", 0.5f, salt, 2 * hidden, hidden);
        Add(writer, "gates.bias", 0.5f, salt, 2 * hidden);
        Norm("output_norm");
        return writer.ToModule("lru");

        void Norm(string name)
        {
            Add(writer, $"{name}.weight", 1.5f, salt, hidden);
            Add(writer, $"{name}.bias", 0.5f, salt, hidden);
        }
    }

    public static PolicyModule Ffm(int hidden, int traces, int contexts, FfmForm form, string salt = "")
    {
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        writer.Set("traces", traces);
        writer.Set("contexts", contexts);
        Add(writer, "projection.weight", 0.5f, salt, 2 * (traces + hidden), hidden);
        Add(writer, "projection.bias", 0.5f, salt, 2 * (traces + hidden));
        Add(writer, "factor", 0.7f, salt, 2 * traces * contexts); // moduli of less than 0.7 · √2 < 1
        if (form.Normalizes) Add(writer, "gain", 1f, salt, traces);
        Add(writer, "mix.weight", 0.5f, salt, hidden, 2 * traces * contexts);
        Add(writer, "mix.bias", 0.5f, salt, hidden);
        return writer.ToModule(form.Name);
    }

    public static PolicyModule Transformer(int hidden, int layers, int heads, int context, int ffn, string salt = "", TransformerForm? form = null)
    {
        form ??= TransformerForm.Relative;
        var writer = new PolicyWriter();
        writer.Set("hidden", hidden);
        writer.Set("layers", layers);
        writer.Set("heads", heads);
        writer.Set("context", context);
        if (form.FeedForward) writer.Set("ffn", ffn);
        for (int l = 0; l < layers; l++)
        {
            Norm($"layers.{l}.norm1");
            foreach (string part in form.UniformAttention ? ["value", "out"] : (string[])["query", "key", "value", "out"]) Affine($"layers.{l}.{part}", hidden, hidden);
            if (form.RelativePositions) Add(writer, $"layers.{l}.relative", 1f, salt, heads, context + 1);
            if (form.Residual == ResidualConnection.Gate) Gate($"layers.{l}.gate1");
            if (!form.FeedForward) continue;
            Norm($"layers.{l}.norm2");
            Affine($"layers.{l}.ffn1", hidden, ffn);
            Affine($"layers.{l}.ffn2", ffn, hidden);
            if (form.Residual == ResidualConnection.Gate) Gate($"layers.{l}.gate2");
        }
        Norm("norm");
        if (form.SkipsNearDuplicates) writer.Tensor("tolerance", [WriteGate.Tolerance], 1);
        return writer.ToModule(form.Name);

        void Norm(string name) => AddNorm(writer, name, salt, hidden);

        void Affine(string name, int inputs, int outputs) => AddAffine(writer, name, salt, inputs, outputs);

        void Gate(string name)
        {
            Add(writer, $"{name}.part.weight", 0.5f, salt, 3 * hidden, hidden);
            Add(writer, $"{name}.stream.weight", 0.5f, salt, 2 * hidden, hidden);
            Add(writer, $"{name}.candidate.weight", 0.5f, salt, hidden, hidden);
            Add(writer, $"{name}.bias", 0.5f, salt, hidden);
        }
    }

    public static PolicyModule Hcam(int hidden, int layers, int heads, int ffn, ChunkGrid grid, string salt = "")
    {
        var writer = new PolicyWriter();
        foreach ((string name, int value) in (IEnumerable<(string, int)>)[("hidden", hidden), ("layers", layers), ("heads", heads), ("context", grid.Context), ("ffn", ffn), ("chunk", grid.Chunk), ("top", grid.Top)])
            writer.Set(name, value);
        for (int l = 0; l < layers; l++)
        {
            string layer = $"layers.{l}";
            foreach (string part in (string[])["query", "key", "value", "out", "relevance", "summary"]) Affine($"{layer}.{part}", hidden, hidden);
            Affine($"{layer}.ffn1", hidden, ffn);
            Affine($"{layer}.ffn2", ffn, hidden);
            Norm($"{layer}.norm1");
            Norm($"{layer}.norm2");
            Add(writer, $"{layer}.place", 0.5f, salt, grid.Chunk, hidden);
            Add(writer, $"{layer}.relative", 1f, salt, heads, 2 * grid.Chunk);
            Add(writer, $"{layer}.own", 1f, salt, hidden);
            Add(writer, $"{layer}.number", 0.5f, salt, grid.Held + 1, hidden);
            Add(writer, $"{layer}.early", 1f, salt, grid.Held + 1);
            Add(writer, $"{layer}.age", 1f, salt, grid.Held + 1);
        }
        Norm("norm");
        return writer.ToModule("hcam");

        void Norm(string name) => AddNorm(writer, name, salt, hidden);

        void Affine(string name, int inputs, int outputs) => AddAffine(writer, name, salt, inputs, outputs);
    }

    private static void AddNorm(PolicyWriter writer, string name, string salt, int width)
    {
        Add(writer, $"{name}.weight", 1.5f, salt, width);
        Add(writer, $"{name}.bias", 0.5f, salt, width);
    }

    private static void AddAffine(PolicyWriter writer, string name, string salt, int inputs, int outputs)
    {
        Add(writer, $"{name}.weight", 0.5f, salt, outputs, inputs);
        Add(writer, $"{name}.bias", 0.5f, salt, outputs);
    }

    public static PolicyModule Linear(int inputs, int outputs, string salt)
    {
        var writer = new PolicyWriter();
        Add(writer, "weight", 1f, salt, outputs, inputs);
        Add(writer, "bias", 0.5f, salt, outputs);
        return writer.ToModule("linear");
    }

    public static PolicyModule Mlp(string activation, string salt, params int[] widths)
    {
        var writer = new PolicyWriter();
        writer.Set("layers", widths.Length - 1);
        writer.Set("activation", activation);
        for (int i = 1; i < widths.Length; i++)
        {
            Add(writer, $"{i - 1}.weight", 0.7f, salt, widths[i], widths[i - 1]);
            Add(writer, $"{i - 1}.bias", 0.3f, salt, widths[i]);
        }
        return writer.ToModule("mlp");
    }

    /// <summary>A policy over three numbers and a choice of four, with five actions.</summary>
    public static PolicyDefinition Policy(string memory, int hidden = 8, string salt = "", Space? actions = null)
    {
        Space observations = Space.Tuple(Space.Box(-1, 1, 3), Space.Discrete(4));
        actions ??= Space.Discrete(5);
        return new PolicyDefinition(
            observations, actions, Mlp("tanh", "encoder" + salt, 7, 6, hidden), Memory(memory, hidden, salt),
            Linear(hidden, ActionDistributions.For(actions).Parameters, "policy" + salt), Linear(hidden, 1, "value" + salt))
        {
            Normalization = new ObservationNormalization([0.1f, -0.2f, 0.3f, 0, 0, 0, 0], [1.5f, 0.7f, 2f, 1, 1, 1, 1], 5),
            Provenance = new Dictionary<string, string>(StringComparer.Ordinal) { ["environment"] = "test", ["steps"] = "1000" },
        };
    }

    public static float[] Observations(PolicyDefinition policy, int count, ulong seed)
    {
        var random = new RandomSource(seed);
        float[] observations = new float[count * policy.ObservationSpace.Size];
        for (int i = 0; i < count; i++) policy.ObservationSpace.Sample(ref random, observations.AsSpan(i * policy.ObservationSpace.Size, policy.ObservationSpace.Size));
        return observations;
    }

    private static void Add(PolicyWriter writer, string name, float scale, string salt, params int[] shape) =>
        writer.Tensor(name, HashedNumbers.Of(name + salt, shape.Aggregate(1, (a, b) => a * b), scale), shape);
}
