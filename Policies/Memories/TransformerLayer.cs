using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer, with what the form has of it: <c>x' = x + W_o · attention(LN₁(x))</c>, <c>x'' = x' + W₂ · relu(W₁ · LN₂(x'))</c>, with scores
/// <c>q·k / √(D/H) + relative[h, distance]</c>.
/// </summary>
internal sealed class TransformerLayer : nn.Module
{
    private readonly LayerNorm _norm1;
    private readonly Linear? _query, _key;
    private readonly Linear _value, _out;
    [ComponentName("relative")] private readonly Parameter? _relative;
    private readonly LayerNorm? _norm2;
    private readonly Linear? _ffn1, _ffn2;
    private readonly GruGate? _gate1, _gate2;
    private readonly bool _residual;
    private readonly long _width, _heads, _distances;

    public TransformerLayer(MemorySettings settings, TransformerForm form) : base("layer")
    {
        (int width, int feedForward) = (settings.Hidden, settings.FeedForward);
        (_residual, _width, _heads, _distances) = (form.Residual != ResidualConnection.None, width, settings.Heads, settings.Context + 1L);
        // What a layer adds to the residual stream begins small, so that the stack begins near the identity; a gate sees to that by itself.
        double residual = form.Residual == ResidualConnection.Sum ? 1 / Math.Sqrt(2.0 * settings.Layers) : 1;
        _norm1 = nn.LayerNorm(width);
        register_module("norm1", _norm1);
        if (!form.UniformAttention)
        {
            _query = Initialization.Linear(width, width, 1);
            _key = Initialization.Linear(width, width, 1);
            register_module("query", _query);
            register_module("key", _key);
        }
        _value = Initialization.Linear(width, width, 1);
        _out = Initialization.Linear(width, width, residual);
        register_module("value", _value);
        register_module("out", _out);
        if (form.RelativePositions)
        {
            _relative = nn.Parameter(zeros(_heads, _distances));
            register_parameter("relative", _relative);
        }
        bool gated = form.Residual == ResidualConnection.Gate;
        if (gated)
        {
            _gate1 = new GruGate(width);
            register_module("gate1", _gate1);
        }
        if (!form.FeedForward) return;
        _norm2 = nn.LayerNorm(width);
        _ffn1 = Initialization.Linear(width, feedForward, Math.Sqrt(2));
        _ffn2 = Initialization.Linear(feedForward, width, residual);
        register_module("norm2", _norm2);
        register_module("ffn1", _ffn1);
        register_module("ffn2", _ffn2);
        if (!gated) return;
        _gate2 = new GruGate(width);
        register_module("gate2", _gate2);
    }

    /// <summary>Whether a segment runs as one operator, which always adds to its input or has gates.</summary>
    /// <param name="form">What the layer has.</param>
    /// <param name="input">The segment's features.</param>
    public static bool IsFused(TransformerForm form, Tensor input) => form.Residual != ResidualConnection.None && FusedTransformer.Serves(input);

    /// <summary>Runs the layer, as one operator or composed.</summary>
    /// <param name="x">The segment, <c>[B, T, D]</c>.</param>
    /// <param name="stored">The memory, <c>[B, M, D]</c>, or <c>[B, S, D]</c> where it holds some steps only.</param>
    /// <param name="count">How many of the memory's items belong to the episode, the newest ones: <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="window">What each step sees; null runs the layer as one operator.</param>
    /// <param name="kept">What the memory holds, where that is some steps only.</param>
    /// <returns>The next layer's input, <c>[B, T, D]</c>.</returns>
    public Tensor Forward(Tensor x, Tensor stored, Tensor count, Tensor starts, AttentionWindow? window, StoredSteps? kept = null)
    {
        using DisposeScope scope = NewDisposeScope();
        // What a form lacks is zero and does not learn: zero queries and keys score all items alike, a zero feed-forward part of width 1 adds nothing.
        Tensor[] parameters =
        [
            _norm1.weight!, _norm1.bias!, .. Part(_query, _width, _width), .. Part(_key, _width, _width), .. Part(_value, _width, _width), _relative ?? Zeros(_heads, _distances),
            .. Part(_out, _width, _width), _norm2?.weight ?? Zeros(_width), _norm2?.bias ?? Zeros(_width), .. Part(_ffn1, 1, _width), .. Part(_ffn2, _width, 1),
            .. _gate1?.Weights ?? [], .. _gate2?.Weights ?? [],
        ];
        Tensor next = window is null ? FusedTransformer.Run(x, stored, count, starts, parameters, kept) : TransformerComposition.Run(x, stored, window, parameters, _residual);
        return next.MoveToOuterDisposeScope();

        Tensor[] Part(Linear? linear, long outputs, long inputs) => linear is null ? [Zeros(outputs, inputs), Zeros(outputs)] : [linear.weight!, linear.bias!];
        Tensor Zeros(params long[] shape) => zeros(shape, dtype: x.dtype, device: x.device);
    }

    public void Export(PolicyWriter writer, string prefix)
    {
        writer.Weights($"{prefix}.norm1", _norm1);
        if (_query is not null) writer.Weights($"{prefix}.query", _query);
        if (_key is not null) writer.Weights($"{prefix}.key", _key);
        writer.Weights($"{prefix}.value", _value);
        writer.Weights($"{prefix}.out", _out);
        if (_relative is not null) writer.Weights($"{prefix}.relative", _relative);
        _gate1?.Export(writer, $"{prefix}.gate1");
        if (_norm2 is null || _ffn1 is null || _ffn2 is null) return;
        writer.Weights($"{prefix}.norm2", _norm2);
        writer.Weights($"{prefix}.ffn1", _ffn1);
        writer.Weights($"{prefix}.ffn2", _ffn2);
        _gate2?.Export(writer, $"{prefix}.gate2");
    }
}
