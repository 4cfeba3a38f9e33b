using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>
/// A Transformer without any cache, as public PPO implementations have it: every step runs its last M + 1 raw inputs through all layers and
/// takes the newest one's output. It is what the cost of the memories that keep something is held against.
/// </summary>
/// <remarks>
/// Its layers are those of <see cref="TransformerMemory"/> with relative positions, but all of them see the same M + 1 steps, where
/// layers that keep their inputs reach M steps further back each. Learning runs one window per step, so it takes about M + 1 times the
/// operations and the room of <c>transformer</c>; the gradient reaches all inputs of a window that belong to the segment.
/// </remarks>
public sealed class TransformerWindowMemory : TransformerStack
{
    /// <summary>Makes the memory with freshly drawn weights.</summary>
    /// <param name="settings">Hidden D, layers L, heads H (dividing D), context M (0 or more) and feed-forward width F.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public TransformerWindowMemory(MemorySettings settings) : base(settings, TransformerForm.Window) { }

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        (long steps, long batch, long width) = (input.shape[0], input.shape[1], input.shape[2]);
        int context = Settings.Context;
        if (steps == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        Tensor all = cat([state[0].detach().select(1, 0), input.transpose(0, 1)], 1); // [B, M + T, D]
        Tensor windows = all.unfold(1, context + 1, 1).transpose(2, 3).reshape(batch * steps, context + 1, width);
        // Items that a step must not see stand before its episode's first one, as if another episode ended there.
        Tensor seen = AttentionWindow.CountBefore(state[1], starts, context).t().reshape(1, -1); // [1, B·T]
        Tensor begins = arange(context + 1, dtype: int64, device: input.device).unsqueeze(1) == (context - seen); // [M + 1, B·T]
        Tensor newest = Newest(windows, begins).view(batch, steps, width).transpose(0, 1);
        var after = new MemoryState(Layout,
            all.detach().narrow(1, steps, context).unsqueeze(1).clone().MoveToOuterDisposeScope(),
            AttentionWindow.CountAfter(state[1], starts, context).MoveToOuterDisposeScope());
        return (newest.MoveToOuterDisposeScope(), after);
    }

    /// <inheritdoc/>
    /// <remarks>For each layer, and every window of n items: the layer's weights n − 1 times more than once, and 2·D for each of n·(n + 1)/2 scores.</remarks>
    public override (long Attending, long Projecting) RecallOperations(MemoryState state, Tensor starts)
    {
        using DisposeScope scope = NewDisposeScope();
        long width = Settings.Hidden, weights = (4 * width * width) + (2 * width * Settings.FeedForward), sum = 0;
        foreach (long before in AttentionWindow.CountBefore(state[1].to(float32), starts, Settings.Context).cpu().contiguous().data<long>())
            sum += (before * weights) + (width * (before + 1) * (before + 2));
        return (sum * Layers.Count, 0);
    }

    /// <summary>The newest item's output of each window, <c>[N, D]</c>.</summary>
    /// <param name="windows"><c>[N, M + 1, D]</c>.</param>
    /// <param name="begins">True at the first item of a window's episode: bool <c>[M + 1, N]</c>.</param>
    private Tensor Newest(Tensor windows, Tensor begins)
    {
        int context = Settings.Context;
        Tensor nothing = zeros(1, 1, 1, dtype: windows.dtype, device: windows.device).expand(windows.shape[0], context, windows.shape[2]);
        Tensor none = zeros(windows.shape[0], 1, dtype: windows.dtype, device: windows.device);
        AttentionWindow? mask = TransformerLayer.IsFused(Form, windows) ? null : AttentionWindow.Make(none, begins, context);
        Tensor x = windows;
        foreach (TransformerLayer layer in Layers) x = layer.Forward(x, nothing, none, begins, mask);
        return Norm.call(x.select(1, context));
    }
}
