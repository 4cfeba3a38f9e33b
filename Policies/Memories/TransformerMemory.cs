using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>
/// A Transformer (Vaswani et al. 2017) with layer norm before each part and a memory of the last M layer inputs of each layer
/// (Transformer-XL, Dai et al. 2019). Its positions are a learned bias per head and distance (Raffel et al. 2020, not bucketed), or, in the
/// absolute form, sinusoids of the step in the episode, which are added to the input of the first layer.
/// </summary>
/// <remarks>
/// Training attends over <c>[memory M | segment T]</c> in one pass with a mask that is causal, at most M steps long and stays within
/// the episode. Keys and values are projected once per item with the current weights; no gradient flows into the layer inputs that
/// the memory stored. A layer runs as one operator where the provider of tensors has it (<see cref="FusedTransformer"/>), and as its twin
/// of plain operators elsewhere.
/// </remarks>
public sealed class TransformerMemory : TransformerStack
{
    private readonly PositionTables? _positions;

    /// <summary>Makes the memory with freshly drawn weights.</summary>
    /// <param name="settings">Hidden D, layers L, heads H (dividing D), context M (0 or more) and feed-forward width F.</param>
    /// <param name="form">What it has and does not have.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public TransformerMemory(MemorySettings settings, TransformerForm form) : base(settings, form)
    {
        if (!form.AbsolutePositions) return;
        _positions = new PositionTables(settings.Hidden);
        register_module("positions", _positions);
    }

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        long steps = input.shape[0], context = Settings.Context;
        if (steps == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        int most = Form.MostCounted((int)context);
        Tensor counter = state[1].detach(), count = counter.clamp(0, context);
        AttentionWindow? window = TransformerLayer.IsFused(Form, input) ? null : AttentionWindow.Make(count, starts, (int)context);
        Tensor stored = state[0].detach(); // [B, L, M, D]
        Tensor x = (_positions is null ? input : input + _positions.At(AttentionWindow.CountBefore(counter, starts, most))).transpose(0, 1); // [B, T, D]
        long kept = Math.Min(steps, context);
        var newest = new Tensor[Layers.Count]; // what the window keeps of the segment, per layer
        for (int l = 0; l < Layers.Count; l++)
        {
            newest[l] = x.detach().narrow(1, steps - kept, kept);
            x = Layers[l].Forward(x, stored.select(1, l), count, starts, window);
        }
        Tensor output = Norm.call(x).transpose(0, 1);
        Tensor items = stack(newest, 1); // [B, L, min(T, M), D]
        if (kept < context) items = cat([stored.narrow(2, kept, context - kept), items], 2);
        var after = new MemoryState(Layout,
            items.MoveToOuterDisposeScope(),
            AttentionWindow.CountAfter(counter, starts, most).MoveToOuterDisposeScope());
        return (output.MoveToOuterDisposeScope(), after);
    }

    /// <inheritdoc/>
    /// <remarks>For each layer: 2·D for every item that a step sees, and 2·D² for every item of the memory that some step sees.</remarks>
    public override (long Attending, long Projecting) RecallOperations(MemoryState state, Tensor starts)
    {
        using DisposeScope scope = NewDisposeScope();
        (int steps, int batch) = ((int)starts.shape[0], (int)starts.shape[1]);
        float[] count = state[1].to(float32).cpu().contiguous().data<float>().ToArray();
        bool[] begins = starts.cpu().contiguous().data<bool>().ToArray();
        long seen = 0, remembered = 0;
        for (int row = 0; row < batch; row++)
        {
            int before = Math.Min((int)count[row], Settings.Context); // items of the episode before the step
            if (!begins[row]) remembered += before;
            for (int t = 0; t < steps; t++)
            {
                before = begins[(t * batch) + row] ? 0 : before;
                seen += before + 1;
                before = Math.Min(before + 1, Settings.Context);
            }
        }
        long width = Settings.Hidden, layers = Layers.Count;
        return (layers * 2 * width * seen, layers * 2 * width * width * remembered);
    }
}
