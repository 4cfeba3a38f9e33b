using TorchSharp;

namespace RLSeq.LibTorch;

/// <summary>
/// A Transformer layer with a memory, forward and backward, as an operator of the native library (<c>native/transformer_*</c>) that
/// libtorch lacks. It runs on the CPU, in float32 and float64, its matrix products on libtorch's threads and the rest on the calling one; autograd records it.
/// Second derivatives are refused.
/// </summary>
public static class TransformerOperators
{
    private static readonly Operator LayerOperator = new("rlseq::transformer_layer");

    /// <summary>Whether the native library that is loaded has it.</summary>
    public static bool Exist => LayerOperator.Exists;

    /// <summary>
    /// One pre-norm layer: <c>h = x + W_o · attention(LN₁(x)) + b_o</c>, then <c>h + W₂ · relu(W₁ · LN₂(h) + b₁) + b₂</c>. Each of T
    /// queries attends over its own item and at most M items before it, as far as they belong to its episode, with scores
    /// <c>q·k / √(D/H) + relative[h, distance]</c>. Norms add 1e-5 to the variance. With gates (GTrXL, Parisotto et al. 2020) it is
    /// <c>h = gate₁(x, relu(…))</c> and <c>gate₂(h, relu(…))</c> of the same parts: <c>gate(x, y) = x + z·(n − x)</c> with
    /// <c>r = σ(W_r y + U_r x)</c>, <c>z = σ(W_z y + U_z x − b)</c> and <c>n = tanh(W_g y + U_g (r·x))</c>.
    /// </summary>
    /// <param name="x">The segment, <c>[B, T, D]</c>, at least one step.</param>
    /// <param name="stored">The memory's items, <c>[B, M, D]</c>, or <c>[B, S, D]</c> where it holds some steps only. No gradient flows into them, but what they do to the parameters is learned.</param>
    /// <param name="count">How many of the memory's items belong to the episode, the newest ones: <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="parameters">
    /// Weight and bias of norm1, query, key and value (<c>[D, D]</c> each), then relative (<c>[H, M + 1]</c>, H divides D), then weight and
    /// bias of out (<c>[D, D]</c>), norm2, ffn1 (<c>[F, D]</c>) and ffn2 (<c>[D, F]</c>). A layer with gates has eight more, for both
    /// gates: <c>[W_r W_z W_g]</c> (<c>[3D, D]</c>), <c>[U_r U_z]</c> (<c>[2D, D]</c>), U_g (<c>[D, D]</c>) and b (<c>[D]</c>).
    /// </param>
    /// <param name="choices">
    /// Nothing where every step is held. Otherwise, of the items <c>[S + T]</c>: the first one that each query sees (int32 <c>[B, T]</c>, never
    /// decreasing), which step each item is (int32 <c>[B, S + T]</c>, 0 to T − 1 in the segment, increasing from the first item that is seen on), and
    /// which are held (bool <c>[B, S + T]</c>). A query sees those held from its first item on, and its own; <c>count</c> and <c>starts</c> are not asked then.
    /// </param>
    /// <returns>The next layer's input, <c>[B, T, D]</c>.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static torch.Tensor Layer(torch.Tensor x, torch.Tensor stored, torch.Tensor count, torch.Tensor starts, torch.Tensor[] parameters, params torch.Tensor[] choices) =>
        LayerOperator.Call(x, stored, count, starts, parameters, choices);
}
