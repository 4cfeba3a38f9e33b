using RLSeq.Agents;
using RLSeq.Environments;
using TorchSharp.Modules;

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
public sealed class TransformerMemory : Memory
{
    private readonly MemorySettings _settings;
    private readonly TransformerForm _form;
    private readonly PositionTables? _positions;
    private readonly TransformerLayer[] _layers;
    private readonly LayerNorm _norm;

    /// <summary>Makes the memory with freshly drawn weights.</summary>
    /// <param name="settings">Hidden D, layers L, heads H (dividing D), context M (0 or more) and feed-forward width F.</param>
    /// <param name="form">What it has and does not have.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public TransformerMemory(MemorySettings settings, TransformerForm form) : base(form.Name)
    {
        _form = form;
        (int width, int layers, int heads, int context) = (settings.Hidden, settings.Layers, settings.Heads, settings.Context);
        if (layers < 1) throw new UserInputException($"A transformer needs at least one layer; memory.layers is {layers}.");
        if (context > form.MostCounted(context)) throw new UserInputException($"The context of {form.Name} is at most {form.MostCounted(context)}, the last position that it tells apart; memory.context is {context}.");
        if (context < 0) throw new UserInputException($"A transformer's context is 0 steps or more; memory.context is {context}.");
        if (heads < 1 || width % heads != 0)
            throw new UserInputException($"The heads must divide the width: network.hidden is {width} and memory.heads is {heads}, which leaves {(heads < 1 ? width : width % heads)}.");
        _settings = settings with { FeedForward = settings.FeedForward > 0 ? settings.FeedForward : 4 * width };
        _layers = [.. Enumerable.Range(0, layers).Select(_ => new TransformerLayer(_settings, form))];
        for (int i = 0; i < layers; i++) register_module($"layer{i}", _layers[i]);
        _norm = nn.LayerNorm(width);
        register_module("norm", _norm);
        Layout = new MemoryLayout(
            new MemoryBlock("inputs", [layers, context, width], WindowAxis: 1),
            new MemoryBlock(form.Counter, [1]));
        if (!form.AbsolutePositions) return;
        _positions = new PositionTables(width);
        register_module("positions", _positions);
    }

    /// <inheritdoc/>
    public override MemoryLayout Layout { get; }

    /// <inheritdoc/>
    public override int Width => _settings.Hidden;

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        long steps = input.shape[0], context = _settings.Context;
        if (steps == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        int most = _form.MostCounted((int)context);
        Tensor counter = state[1].detach(), count = counter.clamp(0, context);
        AttentionWindow? window = FusedTransformer.Serves(input) ? null : AttentionWindow.Make(count, starts, (int)context);
        Tensor stored = state[0].detach(); // [B, L, M, D]
        Tensor x = (_positions is null ? input : input + _positions.At(AttentionWindow.CountBefore(counter, starts, most))).transpose(0, 1); // [B, T, D]
        long kept = Math.Min(steps, context);
        var newest = new Tensor[_layers.Length]; // what the window keeps of the segment, per layer
        for (int l = 0; l < _layers.Length; l++)
        {
            newest[l] = x.detach().narrow(1, steps - kept, kept);
            x = _layers[l].Forward(x, stored.select(1, l), count, starts, window);
        }
        Tensor output = _norm.call(x).transpose(0, 1);
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
            int before = Math.Min((int)count[row], _settings.Context); // items of the episode before the step
            if (!begins[row]) remembered += before;
            for (int t = 0; t < steps; t++)
            {
                before = begins[(t * batch) + row] ? 0 : before;
                seen += before + 1;
                before = Math.Min(before + 1, _settings.Context);
            }
        }
        long width = _settings.Hidden, layers = _layers.Length;
        return (layers * 2 * width * seen, layers * 2 * width * width * remembered);
    }

    /// <inheritdoc/>
    public override void CheckState(ReadOnlySpan<float> state) => _form.CheckCounter(state[^1], _settings.Context);

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _settings.Hidden);
        writer.Set("layers", _settings.Layers);
        writer.Set("heads", _settings.Heads);
        writer.Set("context", _settings.Context);
        writer.Set("ffn", _settings.FeedForward);
        for (int i = 0; i < _layers.Length; i++) _layers[i].Export(writer, $"layers.{i}");
        writer.Weights("norm", _norm);
    }
}
