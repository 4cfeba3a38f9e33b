using static TorchSharp.torch.nn.functional;

namespace RLSeq.Policies;

/// <summary>
/// A Transformer layer composed of plain operators, for every device and provider; the twin of <see cref="FusedTransformer.Run"/>. It
/// scores every item for every query and hides what a query must not see: about half of it, and more where episodes begin.
/// </summary>
internal static class TransformerComposition
{
    /// <summary>The parameters of a layer without gates.</summary>
    private const int Plain = 17;

    /// <summary>
    /// <c>h = x + W_o · attention(LN₁(x)) + b_o</c>, then <c>h + W₂ · relu(W₁ · LN₂(h) + b₁) + b₂</c>, with scores
    /// <c>q·k / √(D/H) + relative[h, distance]</c>. With gates, <c>h = gate₁(x, relu(…))</c> and <c>gate₂(h, relu(…))</c> (<see cref="GruGate"/>).
    /// </summary>
    /// <param name="x">The segment, <c>[B, T, D]</c>.</param>
    /// <param name="stored">The memory's items, <c>[B, M, D]</c>, or as many as the window is about.</param>
    /// <param name="window">What each step sees.</param>
    /// <param name="parameters">
    /// Weight and bias of norm1, query, key and value, then relative (<c>[H, M + 1]</c>), then weight and bias of out, norm2, ffn1 and ffn2;
    /// in a layer with gates then those of both: part (<c>[3D, D]</c>), stream (<c>[2D, D]</c>), candidate (<c>[D, D]</c>) and bias.
    /// </param>
    /// <param name="residual">Whether both parts add to their input, or take its place, in a layer without gates.</param>
    /// <returns>The next layer's input, <c>[B, T, D]</c>.</returns>
    public static Tensor Run(Tensor x, Tensor stored, AttentionWindow window, Tensor[] parameters, bool residual = true)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] p = parameters;
        (long batch, long steps, long width) = (x.shape[0], x.shape[1], x.shape[2]);
        (long length, long heads) = (stored.shape[1] + steps, p[8].shape[0]);
        Tensor normed = layer_norm(cat([stored, x], 1), [width], p[0], p[1]); // [B, M + T, D]
        // Scaled before the product: T·D numbers instead of T·(M + T) per head.
        Tensor q = Split(linear(normed.narrow(1, length - steps, steps), p[2], p[3]) * (1 / Math.Sqrt((double)width / heads)), steps);
        Tensor k = Split(linear(normed, p[4], p[5]), length);
        Tensor v = Split(linear(normed, p[6], p[7]), length);
        Tensor relative = p[8].index_select(1, window.Distance).view(heads, -1, steps, length).transpose(0, 1); // [1 or B, H, T, M + T]
        Tensor scores = q.matmul(k.transpose(-2, -1)) + relative; // [B, H, T, M + T]
        Tensor weights = scores.masked_fill(window.Hidden, double.NegativeInfinity).softmax(-1);
        Tensor attended = weights.matmul(v).transpose(1, 2).reshape(batch, steps, width);
        Tensor afterAttention = Join(x, linear(attended, p[9], p[10]), 0);
        Tensor hidden = linear(layer_norm(afterAttention, [width], p[11], p[12]), p[13], p[14]).relu();
        return Join(afterAttention, linear(hidden, p[15], p[16]), 1).MoveToOuterDisposeScope();

        Tensor Join(Tensor before, Tensor part, int gate) => p.Length > Plain ? Gate(before, part.relu(), p.AsSpan(Plain + (4 * gate), 4)) : residual ? before + part : part;

        Tensor Split(Tensor projected, long count) => projected.view(batch, count, heads, width / heads).transpose(1, 2);
    }

    /// <summary><c>x + z·(n − x)</c>; see <see cref="GruGate"/>.</summary>
    private static Tensor Gate(Tensor x, Tensor part, ReadOnlySpan<Tensor> parameters)
    {
        long width = x.shape[^1];
        Tensor fromPart = linear(part, parameters[0]), fromStream = linear(x, parameters[1]);
        Tensor r = (fromPart.narrow(-1, 0, width) + fromStream.narrow(-1, 0, width)).sigmoid();
        Tensor z = (fromPart.narrow(-1, width, width) + fromStream.narrow(-1, width, width) - parameters[3]).sigmoid();
        Tensor n = (fromPart.narrow(-1, 2 * width, width) + linear(r * x, parameters[2])).tanh();
        return x + (z * (n - x));
    }
}
