using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>
/// Memories of the sizes that people use: 40 features, which are whole vectors of every width and a rest, heads of 20, and windows of
/// more items than go through a layer at a time (<see cref="TransformerScratch.Block"/>).
/// </summary>
internal static class WideMemories
{
    public const int D = 40, Context = 130;

    /// <summary>The window that is projected anew for every action: more than one block too, but no more, as it is slow.</summary>
    public const int WindowContext = 70;

    private const int Layers = 2, Heads = 2, FeedForward = 70;

    /// <summary>Every kind of memory in 32 bits and in mixed formats, and one of each kind of kernel in all formats.</summary>
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string name in (string[])["gru", "lstm", "lru", "min-gru", "hcam", .. FfmForm.All.Select(form => form.Name), .. FastWeightForm.All.Select(form => form.Name), .. TransformerForm.All.Select(form => form.Name)])
            {
                all.Add(name, "f32");
                all.Add(name, "int8/bf16");
            }
            foreach (string name in (string[])["ffm", "gru", "lstm", "lru", "min-gru", "gated-delta-net", "linear-attention", "hcam", "transformer"])
                foreach (string precision in (string[])["bf16", "int8"]) all.Add(name, precision);
            all.Add("transformer", "f32/int8");
            return all;
        }
    }

    public static MemoryWeights Pack(string name, string precision, string salt = "") => MemoryKernels.Pack(Module(name, salt), Precision(precision));

    /// <summary>The memory in a policy of the tests, whose encoder is as wide, with outputs about as large as those of narrow ones.</summary>
    public static PolicyDefinition Policy(string name, string precision, Space? actions = null)
    {
        PolicyDefinition policy = TestModules.Policy("none", D, actions: actions);
        return policy with { Memory = Module(name, ""), PolicyHead = Scaled(policy.PolicyHead), ValueHead = Scaled(policy.ValueHead), Precision = Precision(precision) };
    }

    /// <summary>The steps after which a window is full, has gone round, and holds nothing of the first round any more; less for what is slow.</summary>
    public static int Steps(string name) => name == TransformerForm.Window.Name ? WindowContext + 25 : (2 * Context) + 30;

    /// <summary>Every third is a near-duplicate of one shortly before.</summary>
    public static float[] Input(int row, int t) => HashedNumbers.WithNearDuplicates(row, t, D);

    public static PolicyPrecision Precision(string precision) => PolicyPrecision.TryParse(precision, out PolicyPrecision parsed) ? parsed : throw new ArgumentOutOfRangeException(nameof(precision), precision, "Not a precision.");

    private static PolicyModule Scaled(PolicyModule head) =>
        head with { Tensors = head.Tensors.ToDictionary(tensor => tensor.Key, tensor => new PolicyTensor(tensor.Value.Shape, [.. tensor.Value.Values.Select(value => value / 6)]), StringComparer.Ordinal) };

    private static PolicyModule Module(string name, string salt) => name switch
    {
        "ffm" or "ffm-normalized" => TestModules.Ffm(D, D / 2, contexts: 4, FfmForm.All.Single(form => form.Name == name), salt),
        "gru" => TestModules.Gru(D, salt),
        "lstm" => TestModules.Lstm(D, salt),
        "lru" => TestModules.Lru(D, salt),
        "min-gru" => TestModules.MinGru(D, salt),
        "gated-delta-net" or "delta-net" or "linear-attention" => TestModules.FastWeights(D, Heads, FastWeightForm.All.Single(form => form.Name == name), salt),
        "hcam" => TestModules.Hcam(D, Layers, Heads, FeedForward, new ChunkGrid(Context, Chunk: 11, Top: 4), salt),
        _ => Transformer(TransformerForm.All.Single(form => form.Name == name), salt),
    };

    private static PolicyModule Transformer(TransformerForm form, string salt) =>
        TestModules.Transformer(D, Layers, form.SingleHead ? 1 : Heads, form.Reprojects ? WindowContext : Context, FeedForward, salt, form);
}
