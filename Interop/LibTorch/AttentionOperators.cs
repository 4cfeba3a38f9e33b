using TorchSharp;

namespace RLSeq.LibTorch;

/// <summary>
/// Attention that never leaves a window or an episode, forward and backward, as an operator of the native library
/// (<c>native/attention*</c>) that libtorch lacks. It runs on the CPU, in float32 and float64, and splits rows and heads over libtorch's
/// threads; autograd records it. Second derivatives are refused.
/// </summary>
public static class AttentionOperators
{
    private static readonly Operator WindowedOperator = new("rlseq::windowed_attention");

    /// <summary>Whether the native library that is loaded has it.</summary>
    public static bool Exist => WindowedOperator.Exists;

    /// <summary>
    /// Each of T queries attends over its own item and at most M items before it, as far as they belong to its episode, with scores
    /// <c>q·k / √(D/H) + relative[h, distance]</c>. The gradient of <paramref name="relative"/> is summed in one order.
    /// </summary>
    /// <param name="query">The queries of the segment, <c>[B, T, D]</c>, at least one step.</param>
    /// <param name="items">Keys and then values of memory and segment, <c>[B, M + T, 2D]</c>.</param>
    /// <param name="relative">The bias of every distance, <c>[H, M + 1]</c>; H divides D.</param>
    /// <param name="count">How many of the memory's items belong to the episode, the newest ones: <c>[B, 1]</c>. No gradient flows into it.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <returns>What was attended to, <c>[B, T, D]</c>.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static torch.Tensor Windowed(torch.Tensor query, torch.Tensor items, torch.Tensor relative, torch.Tensor count, torch.Tensor starts) =>
        WindowedOperator.Call(query, items, relative, count, starts);
}
