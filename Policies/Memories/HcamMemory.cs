using RLSeq.Agents;
using RLSeq.Environments;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// Hierarchical chunk attention (Lampinen et al. 2021, "Towards mental time travel") in the layers of a pre-norm Transformer. The steps of an
/// episode are divided into chunks of C; of each closed chunk there is a summary, the mean of its items. A query scores the summaries, looks into
/// the k chunks of the largest relevances, attends within each, and adds up what it finds there, weighted by the softmax of the relevances.
/// </summary>
/// <remarks>
/// <para>The open chunk, up to the query's own step, is one more chunk, which is always looked into; its relevance is a learned vector's. The
/// paper attends to it in a layer of its own; here one softmax decides between what was just seen and what was seen long ago.</para>
/// <para>A closed chunk is seen as long as all of its steps are among the last M. Which chunks are chosen depends on the query only through
/// relevances, and no gradient flows through the choice itself; it flows into the relevances of the chosen ones by their weights.</para>
/// <para>Positions: a learned vector per place in a chunk is added to what the norm gives; the biases <c>relative</c> tell distances in the open chunk and the one
/// before it. A learned vector per chunk of the episode is added to summaries, and to the queries that are compared with them; a vector and not only a bias, so
/// that a product of matrices can ask for it and not one number alone. Two biases on the relevance, by how many chunks ago a chunk was and how many were before
/// it, begin so that the newest chunks and the first are preferred: what is never looked into teaches nothing.</para>
/// <para>State: the layer inputs <c>[L, M, D]</c>, and the position in the episode, which goes back by C where nothing tells the difference
/// (<see cref="ChunkGrid.Positions"/>).</para>
/// </remarks>
public sealed class HcamMemory : Memory
{
    private readonly MemorySettings _settings;
    private readonly ChunkGrid _grid;
    private readonly HcamLayer[] _layers;
    private readonly LayerNorm _norm;

    /// <summary>Makes the memory with freshly drawn weights, and chunks as they suit its context.</summary>
    /// <param name="settings">Hidden D, layers L, heads H (dividing D), context M (0 or more) and feed-forward width F.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public HcamMemory(MemorySettings settings) : base("hcam")
    {
        TransformerBase.Check(settings, "hcam", settings.Heads);
        _settings = settings with { FeedForward = settings.FeedForward > 0 ? settings.FeedForward : 4 * settings.Hidden };
        _grid = ChunkGrid.For(settings.Context);
        _layers = [.. Enumerable.Range(0, settings.Layers).Select(_ => new HcamLayer(_settings, _grid))];
        _norm = nn.LayerNorm(settings.Hidden);
        for (int i = 0; i < _layers.Length; i++) register_module($"layer{i}", _layers[i]);
        register_module("norm", _norm);
        Layout = new MemoryLayout(new MemoryBlock("inputs", [settings.Layers, settings.Context, settings.Hidden], WindowAxis: 1), new MemoryBlock("position", [1]));
    }

    /// <inheritdoc/>
    public override MemoryLayout Layout { get; }

    /// <inheritdoc/>
    public override int Width => _settings.Hidden;

    /// <summary>The layers, for tests of what they choose.</summary>
    internal IReadOnlyList<HcamLayer> Layers => _layers;

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        long steps = input.shape[0], context = _grid.Context, kept = Math.Min(steps, context);
        if (steps == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        Tensor stored = state[0].detach(), position = state[1].detach(), x = input.transpose(0, 1); // [B, L, M, D], [B, 1], [B, T, D]
        ChunkView view = ChunkView.Make(position, starts, _grid);
        var newest = new Tensor[_layers.Length]; // what the memory keeps of the segment, per layer
        for (int l = 0; l < _layers.Length; l++)
        {
            newest[l] = x.detach().narrow(1, steps - kept, kept);
            x = _layers[l].Forward(x, stored.select(1, l), view);
        }
        Tensor output = _norm.call(x).transpose(0, 1), items = stack(newest, 1); // [B, L, min(T, M), D]
        if (kept < context) items = cat([stored.narrow(2, kept, context - kept), items], 2);
        var after = new MemoryState(Layout, items.MoveToOuterDisposeScope(), Fold(AttentionWindow.CountAfter(position, starts, int.MaxValue)).MoveToOuterDisposeScope());
        return (output.MoveToOuterDisposeScope(), after);
    }

    /// <inheritdoc/>
    /// <remarks>For each layer: D for every summary that a step scores, 2·D for every item that it attends to, and 2·D² for every item of the memory that belongs to the episode.</remarks>
    public override (long Attending, long Projecting) RecallOperations(MemoryState state, Tensor starts)
    {
        using DisposeScope scope = NewDisposeScope();
        int batch = (int)starts.shape[1];
        float[] position = state[1].to(float32).cpu().contiguous().data<float>().ToArray();
        bool[] begins = starts.cpu().contiguous().data<bool>().ToArray();
        long seen = 0, remembered = 0;
        for (int row = 0; row < batch; row++)
        {
            int at = (int)position[row];
            if (!begins[row]) remembered += Math.Min(at, _grid.Context);
            for (int i = row; i < begins.Length; i += batch)
            {
                at = begins[i] ? 0 : at;
                seen += _grid.Visible(at) + 1 + (2 * _grid.Attended(at));
                at = _grid.Fold(at + 1L);
            }
        }
        long width = _settings.Hidden, layers = _layers.Length;
        return (layers * width * seen, layers * 2 * width * width * remembered);
    }

    /// <inheritdoc/>
    public override void CheckState(ReadOnlySpan<float> state) => _grid.CheckPosition(state[^1]);

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _settings.Hidden);
        writer.Set("layers", _settings.Layers);
        writer.Set("heads", _settings.Heads);
        writer.Set("context", _settings.Context);
        writer.Set("ffn", _settings.FeedForward);
        writer.Set("chunk", _grid.Chunk);
        writer.Set("top", _grid.Top);
        for (int i = 0; i < _layers.Length; i++) _layers[i].Export(writer, $"layers.{i}");
        writer.Weights("norm", _norm);
    }

    /// <summary><see cref="ChunkGrid.Fold"/> of every row.</summary>
    private Tensor Fold(Tensor steps)
    {
        long last = _grid.Positions - _grid.Chunk;
        return where(steps < _grid.Positions, steps, (steps - last).remainder(_grid.Chunk) + last);
    }
}
