using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer, with what the form has of it: <c>x' = x + W_o · attention(LN₁(x))</c>, <c>x'' = x' + W₂ · relu(W₁ · LN₂(x'))</c>, with scores
/// <c>q·k / √(D/H) + relative[h, distance]</c>.
/// </summary>
internal sealed class TransformerLayer : nn.Module
{
    private readonly LayerNorm _norm1, _norm2;
    private readonly Linear _query, _key, _value, _out, _ffn1, _ffn2;
    [ComponentName("relative")] private readonly Parameter? _relative;
    private readonly long[] _biases; // H, M + 1

    public TransformerLayer(MemorySettings settings, TransformerForm form) : base("layer")
    {
        (int width, int feedForward) = (settings.Hidden, settings.FeedForward);
        // What a layer adds to the residual stream begins small, so that the stack begins near the identity.
        double residual = 1 / Math.Sqrt(2.0 * settings.Layers);
        _norm1 = nn.LayerNorm(width);
        _query = Initialization.Linear(width, width, 1);
        _key = Initialization.Linear(width, width, 1);
        _value = Initialization.Linear(width, width, 1);
        _out = Initialization.Linear(width, width, residual);
        _biases = [settings.Heads, settings.Context + 1];
        if (form.RelativePositions) _relative = nn.Parameter(zeros(_biases));
        _norm2 = nn.LayerNorm(width);
        _ffn1 = Initialization.Linear(width, feedForward, Math.Sqrt(2));
        _ffn2 = Initialization.Linear(feedForward, width, residual);
        register_module("norm1", _norm1);
        register_module("query", _query);
        register_module("key", _key);
        register_module("value", _value);
        register_module("out", _out);
        register_parameter("relative", _relative);
        register_module("norm2", _norm2);
        register_module("ffn1", _ffn1);
        register_module("ffn2", _ffn2);
    }

    /// <summary>Runs the layer, as one operator or composed.</summary>
    /// <param name="x">The segment, <c>[B, T, D]</c>.</param>
    /// <param name="stored">The memory, <c>[B, M, D]</c>.</param>
    /// <param name="count">How many of the memory's items belong to the episode, the newest ones: <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="window">What each step sees; null runs the layer as one operator.</param>
    /// <returns>The next layer's input, <c>[B, T, D]</c>.</returns>
    public Tensor Forward(Tensor x, Tensor stored, Tensor count, Tensor starts, AttentionWindow? window)
    {
        using DisposeScope scope = NewDisposeScope();
        // What a form lacks is zero and does not learn.
        Tensor relative = _relative ?? zeros(_biases, dtype: x.dtype, device: x.device);
        Tensor[] parameters =
        [
            _norm1.weight!, _norm1.bias!, _query.weight!, _query.bias!, _key.weight!, _key.bias!, _value.weight!, _value.bias!, relative,
            _out.weight!, _out.bias!, _norm2.weight!, _norm2.bias!, _ffn1.weight!, _ffn1.bias!, _ffn2.weight!, _ffn2.bias!,
        ];
        Tensor next = window is null ? FusedTransformer.Run(x, stored, count, starts, parameters) : TransformerComposition.Run(x, stored, window, parameters);
        return next.MoveToOuterDisposeScope();
    }

    public void Export(PolicyWriter writer, string prefix)
    {
        writer.Weights($"{prefix}.norm1", _norm1);
        writer.Weights($"{prefix}.query", _query);
        writer.Weights($"{prefix}.key", _key);
        writer.Weights($"{prefix}.value", _value);
        writer.Weights($"{prefix}.out", _out);
        if (_relative is not null) writer.Weights($"{prefix}.relative", _relative);
        writer.Weights($"{prefix}.norm2", _norm2);
        writer.Weights($"{prefix}.ffn1", _ffn1);
        writer.Weights($"{prefix}.ffn2", _ffn2);
    }
}
