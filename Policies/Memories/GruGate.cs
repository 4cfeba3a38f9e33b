using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// The gate in the place of a residual connection (GTrXL, Parisotto et al. 2020): with the stream x and a part's rectified output y,
/// <c>r = σ(W_r y + U_r x)</c>, <c>z = σ(W_z y + U_z x − b)</c>, <c>n = tanh(W_g y + U_g (r·x))</c>, and the next x is <c>x + z·(n − x)</c>.
/// b begins at 2, so that a layer begins near the identity.
/// </summary>
internal sealed class GruGate : nn.Module
{
    private const float TowardsIdentity = 2;

    [ComponentName("part")] private readonly Parameter _part; // W_r, W_z, W_g: [3D, D]
    [ComponentName("stream")] private readonly Parameter _stream; // U_r, U_z: [2D, D]
    [ComponentName("candidate")] private readonly Parameter _candidate; // U_g: [D, D]
    [ComponentName("bias")] private readonly Parameter _bias; // b: [D]

    /// <summary>Draws orthogonal weights per matrix.</summary>
    /// <param name="width">The width of the stream, D.</param>
    public GruGate(int width) : base("gate")
    {
        _part = Matrices(width, 3);
        _stream = Matrices(width, 2);
        _candidate = Matrices(width, 1);
        _bias = nn.Parameter(tensor(Enumerable.Repeat(TowardsIdentity, width).ToArray()));
        register_parameter("part", _part);
        register_parameter("stream", _stream);
        register_parameter("candidate", _candidate);
        register_parameter("bias", _bias);
    }

    /// <summary>W_r, W_z and W_g in one, then U_r and U_z in one, U_g, and b, in the order of <see cref="TransformerComposition.Run"/>.</summary>
    public Tensor[] Weights => [_part, _stream, _candidate, _bias];

    public void Export(PolicyWriter writer, string prefix)
    {
        writer.Weights($"{prefix}.part.weight", _part);
        writer.Weights($"{prefix}.stream.weight", _stream);
        writer.Weights($"{prefix}.candidate.weight", _candidate);
        writer.Weights($"{prefix}.bias", _bias);
    }

    private static Parameter Matrices(int width, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        return nn.Parameter(cat([.. Enumerable.Range(0, count).Select(_ => Initialization.Orthogonal(width, width, 1))], 0).MoveToOuterDisposeScope());
    }
}
