using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer: <c>x' = x + W_o · attention(LN₁(x))</c>, <c>x'' = x' + W₂ · relu(W₁ · LN₂(x'))</c>, with scores
/// <c>q·k / √(D/H) + relative[h, distance]</c>.
/// </summary>
internal sealed class TransformerLayer : nn.Module
{
    private readonly LayerNorm _norm1, _norm2;
    private readonly Linear _query, _key, _value, _out, _ffn1, _ffn2;
    [ComponentName("relative")] private readonly Parameter _relative;

    public TransformerLayer(MemorySettings settings) : base("layer")
    {
        (int width, int feedForward) = (settings.Hidden, settings.FeedForward);
        // What a layer adds to the residual stream begins small, so that the stack begins near the identity.
        double residual = 1 / Math.Sqrt(2.0 * settings.Layers);
        _norm1 = nn.LayerNorm(width);
        _query = Initialization.Linear(width, width, 1);
        _key = Initialization.Linear(width, width, 1);
        _value = Initialization.Linear(width, width, 1);
        _out = Initialization.Linear(width, width, residual);
        _relative = nn.Parameter(zeros(settings.Heads, settings.Context + 1));
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

    /// <summary>Runs the layer.</summary>
    /// <param name="x">The segment, <c>[B, T, D]</c>.</param>
    /// <param name="items">Memory and segment, <c>[B, M + T, D]</c>; its last T items are <paramref name="x"/>.</param>
    /// <param name="window">What each step sees; null where <see cref="FusedAttention"/> serves.</param>
    /// <param name="count">How many of the memory's items belong to the episode, <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <returns>The next layer's input, <c>[B, T, D]</c>.</returns>
    public Tensor Forward(Tensor x, Tensor items, AttentionWindow? window, Tensor count, Tensor starts)
    {
        using DisposeScope scope = NewDisposeScope();
        long steps = x.shape[1], length = items.shape[1];
        Tensor normed = _norm1.call(items);
        Tensor query = _query.call(normed.narrow(1, length - steps, steps));
        Tensor keysAndValues = nn.functional.linear(normed, cat([_key.weight!, _value.weight!], 0), cat([_key.bias!, _value.bias!], 0));
        Tensor attended = window is null
            ? FusedAttention.Run(query, keysAndValues, _relative, count, starts)
            : AttentionComposition.Run(query, keysAndValues, _relative, window);
        Tensor afterAttention = x + _out.call(attended);
        Tensor result = afterAttention + _ffn2.call(_ffn1.call(_norm2.call(afterAttention)).relu());
        return result.MoveToOuterDisposeScope();
    }

    public void Export(PolicyWriter writer, string prefix)
    {
        writer.Weights($"{prefix}.norm1", _norm1);
        writer.Weights($"{prefix}.query", _query);
        writer.Weights($"{prefix}.key", _key);
        writer.Weights($"{prefix}.value", _value);
        writer.Weights($"{prefix}.out", _out);
        writer.Weights($"{prefix}.relative", _relative);
        writer.Weights($"{prefix}.norm2", _norm2);
        writer.Weights($"{prefix}.ffn1", _ffn1);
        writer.Weights($"{prefix}.ffn2", _ffn2);
    }
}
