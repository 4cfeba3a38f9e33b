namespace RLSeq.Agents;

/// <summary>
/// A matrix S per head, to which each step adds what it has to remember under a key, and which a query reads. With
/// <c>[q k v g a_b a_a] = W LN(x) + b</c>, in the form <c>gated-delta-net</c> (Yang, Kautz and Hatamizadeh 2024):
/// <c>q, k, v ← SiLU(Σ_j w_j · (q, k, v of j steps ago))</c> for j = 0 to 3, then per head <c>q ← q / √(|q|² + 1e-6)</c>, k likewise,
/// <c>S ← σ(a_a) S</c>, <c>S ← S + σ(a_b) (v − S k) kᵀ</c>, <c>r = S q</c>, <c>r ← r / √(mean r² + 1e-5) · w</c>; the output is
/// <c>LN'(x + W_o (r · SiLU(g)) + b_o)</c>. <c>delta-net</c> has no a_a and forgets nothing. <c>linear-attention</c> (Katharopoulos et al.
/// 2020) has neither a_a, a_b nor the convolution: <c>q ← 1 + ELU(q)</c>, k likewise, <c>S ← S + v kᵀ</c>, <c>z ← z + k</c>,
/// <c>r = S q / (z·q + 1e-6)</c>.
/// </summary>
/// <remarks>
/// Settings: <c>hidden</c> (D), <c>heads</c> (H, which divides D). Weights: <c>input_norm.weight|bias [D]</c>, <c>projection.weight [4D + …, D]</c>
/// and <c>bias</c> in the order q k v g a_b a_a, with H of each of the latter; where the form has them <c>convolution.weight [3D, 4]</c>, the
/// present step first, and <c>read_norm.weight [D]</c>; <c>out.weight [D, D]</c>, <c>out.bias [D]</c>, <c>output_norm.weight|bias [D]</c>.
/// State: <c>S [H, D/H, D/H]</c>, keys down and values across, and <c>recent [3, 3D]</c>, what the convolution saw of the last steps, oldest
/// first, or <c>z [H, D/H]</c>.
/// </remarks>
internal sealed class FastWeightMemory : MemoryWeights
{
    private const int LargestHidden = 1 << 14;

    public FastWeightMemory(FastWeightForm form, PolicyModule module, PolicyPrecision precision) : this(form, new ModuleReader(module, "memory", precision.Weights)) { }

    private FastWeightMemory(FastWeightForm form, ModuleReader reader) : this(form, reader, Sizes(form, reader)) { }

    private FastWeightMemory(FastWeightForm form, ModuleReader reader, (int Hidden, int Heads) sizes)
        : base(form.Name, sizes.Hidden, form.Layout(sizes.Hidden, sizes.Heads))
    {
        (Form, Heads) = (form, sizes.Heads);
        int hidden = sizes.Hidden;
        InputNorm = reader.Norm("input_norm", hidden);
        Projection = reader.Dense("projection", hidden, form.Projected(hidden, Heads));
        Convolution = form.Convolves ? ByTap(reader.Weight("convolution.weight", 3 * hidden, FastWeightForm.Taps)) : [];
        ReadNorm = form.NormalizesReads ? [.. reader.Weight("read_norm.weight", hidden)] : [];
        Out = reader.Dense("out", hidden, hidden);
        OutputNorm = reader.Norm("output_norm", hidden);
        reader.Finish();
    }

    public FastWeightForm Form { get; }

    public int Heads { get; }

    /// <summary>The units of a head, of its keys and of its values.</summary>
    public int HeadSize => Features / Heads;

    public LayerNorm InputNorm { get; }

    public DenseLayer Projection { get; }

    /// <summary>The convolution's weights, <c>[taps, 3D]</c>, the present step first; none in forms without it.</summary>
    public float[] Convolution { get; }

    /// <summary>What a normalised read is multiplied by, <c>[D]</c>; none in forms without it.</summary>
    public float[] ReadNorm { get; }

    public DenseLayer Out { get; }

    public LayerNorm OutputNorm { get; }

    /// <inheritdoc/>
    /// <remarks>Two matrices; the convolution; and D²/H each for what a key recalls, what is written and what is read, or for the last two and the sum of the keys.</remarks>
    public override long OperationsPerStep(int position)
    {
        long matrix = (long)Features * HeadSize;
        return Projection.Operations + Out.Operations + Convolution.Length + (Form.Corrects ? 3 * matrix : 2 * (matrix + Features));
    }

    /// <inheritdoc/>
    /// <remarks>All weights and the state.</remarks>
    public override long BytesPerStep(int position) =>
        Projection.Bytes + Out.Bytes + ((Convolution.Length + ReadNorm.Length + (4L * Features)) * sizeof(float)) + Layout.Bytes;

    public override IMemoryKernel CreateKernel(int rows) =>
        new FastWeightKernel(this, MemoryGuard.RowCount(rows, Math.Max(Layout.Size, Math.Max(Projection.Outputs, (Form.Convolves ? 3L : 0) * Features))));

    private static (int Hidden, int Heads) Sizes(FastWeightForm form, ModuleReader reader)
    {
        int hidden = reader.Setting("hidden", 1, LargestHidden), heads = reader.Setting("heads", 1, hidden);
        if (hidden % heads != 0) throw new PolicyFormatException($"The policy's memory '{form.Name}' has heads = {heads}, which does not divide hidden = {hidden}.");
        MemoryGuard.StateSize(form.Name, form.StateSize(hidden, heads));
        return (hidden, heads);
    }

    /// <summary><c>[units, taps]</c> as <c>[taps, units]</c>, so that vectors run over the units.</summary>
    private static float[] ByTap(float[] weight)
    {
        float[] turned = new float[weight.Length];
        int units = weight.Length / FastWeightForm.Taps;
        for (int unit = 0; unit < units; unit++)
            for (int tap = 0; tap < FastWeightForm.Taps; tap++) turned[(tap * units) + unit] = weight[(unit * FastWeightForm.Taps) + tap];
        return turned;
    }
}
