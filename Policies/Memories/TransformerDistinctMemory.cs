using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>
/// A Transformer that does not store near-duplicates: a step is stored unless its input x is a near-duplicate of that of a step that is held
/// (<see cref="WriteGate"/>). Held are the latest S = ⌈M / 2⌉ stored steps that are at most M steps old. A query sees itself, stored or not, and
/// what is held, with a learned bias per head and distance in steps, as in <see cref="TransformerMemory"/>.
/// </summary>
/// <remarks>
/// Whether to store is decided once per step, for all layers. Training makes the choices first, in managed code (<see cref="StoredSteps"/>), and
/// then attends over <c>[S slots | segment T]</c> in one pass, with a mask for what was not stored. No gradient flows through a choice, nor
/// into the layer inputs that the memory stored. State: <c>inputs [L, S, D]</c> from the oldest to the newest, right-aligned with zeros before;
/// <c>ages [S]</c>, in steps as the next step sees them, 1 for the step before it; and <c>count [1]</c>.
/// </remarks>
public sealed class TransformerDistinctMemory : TransformerBase
{
    /// <summary>Makes the memory with freshly drawn weights.</summary>
    /// <param name="settings">Hidden D, layers L, heads H (dividing D), context M (0 or more) and feed-forward width F.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public TransformerDistinctMemory(MemorySettings settings) : base(settings, TransformerForm.Distinct) { }

    /// <summary>Called with every segment's choices: for tests, which look whether they are clear.</summary>
    internal Action<StoredSteps>? Chosen { get; set; }

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        if (input.shape[0] == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        (long batch, long width, int slots) = (input.shape[1], input.shape[2], Form.Slots(Settings.Context));
        Tensor stored = state[0].detach(); // [B, L, S, D]
        StoredSteps choices = StoredSteps.Choose(input, stored.select(1, 0), state[1], state[2], starts, Settings.Context, WriteGate.Tolerance);
        Chosen?.Invoke(choices);
        AttentionWindow? window = TransformerLayer.IsFused(Form, input) ? null : AttentionWindow.Make(choices, Settings.Context, input.device);
        Tensor empty = tensor(choices.HeldAfter, [batch, slots], device: input.device) < 0;
        Tensor held = Rows(choices, input.device);
        Tensor x = input.transpose(0, 1); // [B, T, D]
        var after = new Tensor[Layers.Count];
        for (int l = 0; l < Layers.Count; l++)
        {
            Tensor items = cat([stored.select(1, l), x.detach()], 1).reshape(-1, width); // [B · (S + T), D]
            after[l] = items.index_select(0, held).view(batch, slots, width).masked_fill(empty.unsqueeze(2), 0);
            x = Layers[l].Forward(x, stored.select(1, l), state[2], starts, window, choices);
        }
        Tensor output = Norm.call(x).transpose(0, 1);
        var next = new MemoryState(Layout,
            stack(after, 1).MoveToOuterDisposeScope(),
            tensor(choices.AgesAfter, [batch, slots]).to(input.dtype, input.device).MoveToOuterDisposeScope(),
            tensor(choices.CountAfter, [batch, 1]).to(input.dtype, input.device).MoveToOuterDisposeScope());
        return (output.MoveToOuterDisposeScope(), next);
    }

    /// <inheritdoc/>
    /// <remarks>At most, as if all steps were distinct: 2·D per layer for every item that a step sees, and 2·D² for every item of the memory.</remarks>
    public override (long Attending, long Projecting) RecallOperations(MemoryState state, Tensor starts)
    {
        using DisposeScope scope = NewDisposeScope();
        int slots = Form.Slots(Settings.Context);
        long width = Settings.Hidden, seen = starts.numel() + AttentionWindow.CountBefore(state[2].to(float32), starts, slots).sum().item<long>();
        long remembered = (state[2].to(int64).squeeze(1) * starts.select(0, 0).logical_not().to(int64)).sum().item<long>();
        return (Layers.Count * 2 * width * seen, Layers.Count * 2 * width * width * remembered);
    }

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        base.Export(writer);
        writer.Tensor("tolerance", [WriteGate.Tolerance], 1);
    }

    /// <summary>What is held afterwards among the items of all rows, <c>[B · S]</c>; any item where nothing is.</summary>
    private static Tensor Rows(StoredSteps choices, Device device)
    {
        var rows = new long[choices.HeldAfter.Length];
        for (int i = 0; i < rows.Length; i++) rows[i] = ((long)i / choices.Slots * choices.Items) + Math.Max(0, choices.HeldAfter[i]);
        return tensor(rows, device: device);
    }
}
