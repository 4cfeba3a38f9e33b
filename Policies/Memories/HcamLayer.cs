using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>One layer of <see cref="HcamMemory"/>.</summary>
internal sealed class HcamLayer : nn.Module
{
    private readonly ChunkGrid _grid;
    private readonly LayerNorm _norm1, _norm2;
    private readonly Linear _query, _key, _value, _out, _relevance, _summary, _ffn1, _ffn2;
    [ComponentName("place")] private readonly Parameter _place;
    [ComponentName("relative")] private readonly Parameter _relative;
    [ComponentName("own")] private readonly Parameter _own;
    [ComponentName("number")] private readonly Parameter _number;
    [ComponentName("early")] private readonly Parameter _early;
    [ComponentName("age")] private readonly Parameter _age;

    public HcamLayer(MemorySettings settings, ChunkGrid grid) : base("layer")
    {
        (int width, int feedForward) = (settings.Hidden, settings.FeedForward);
        _grid = grid;
        double residual = 1 / Math.Sqrt(2.0 * settings.Layers); // so that the stack begins near the identity
        _norm1 = nn.LayerNorm(width);
        (_query, _key, _value) = (Initialization.Linear(width, width, 1), Initialization.Linear(width, width, 1), Initialization.Linear(width, width, 1));
        (_relevance, _summary) = (Initialization.Linear(width, width, 1), Initialization.Linear(width, width, 1));
        _out = Initialization.Linear(width, width, residual);
        _norm2 = nn.LayerNorm(width);
        _ffn1 = Initialization.Linear(width, feedForward, Math.Sqrt(2));
        _ffn2 = Initialization.Linear(feedForward, width, residual);
        _place = nn.Parameter(Places(grid.Chunk, width));
        _relative = nn.Parameter(zeros(settings.Heads, 2 * grid.Chunk));
        _own = nn.Parameter(zeros(width));
        _number = nn.Parameter(Numbers(grid.Held, width));
        _early = nn.Parameter(Nearness(grid.Held, 0.9f, begin: 1));
        _age = nn.Parameter(Nearness(grid.Held, 1, begin: 0));
        foreach ((string name, nn.Module module) in Modules()) register_module(name, module);
        register_parameter("place", _place);
        register_parameter("relative", _relative);
        register_parameter("own", _own);
        register_parameter("number", _number);
        register_parameter("early", _early);
        register_parameter("age", _age);
    }

    /// <summary>
    /// Is told of every choice, for tests: the relevances of all chunks, <c>[B, T, K]</c>, minus infinity where they are not seen, the chosen chunks
    /// <c>[B, T, k]</c>, and how many chunks ago each was, <c>[B, T, K]</c>.
    /// </summary>
    internal Action<Tensor, Tensor, Tensor>? Chosen { get; set; }

    /// <summary>Runs the layer.</summary>
    /// <param name="x">The segment, <c>[B, T, D]</c>.</param>
    /// <param name="stored">The memory, <c>[B, M, D]</c>.</param>
    /// <param name="view">The chunks of both.</param>
    /// <returns>The next layer's input, <c>[B, T, D]</c>.</returns>
    public Tensor Forward(Tensor x, Tensor stored, ChunkView view)
    {
        using DisposeScope scope = NewDisposeScope();
        (long batch, long steps, long width, long chunks) = (x.shape[0], x.shape[1], x.shape[2], view.Number.shape[1]);
        Tensor normed = _norm1.call(cat([stored, x], 1)).view(-1, width); // [B · (M + T), D]
        Tensor items = normed.index_select(0, view.Source).view(batch, chunks, _grid.Chunk, width) + _place;
        Tensor flat = items.view(batch, chunks * _grid.Chunk, width);
        Tensor queries = normed.view(batch, -1, width).narrow(1, stored.shape[1], steps) + Rows(_place, view.Place);
        Tensor asked = _relevance.call(queries + Rows(_number, view.OwnNumber)) / Math.Sqrt(width), answer = _summary.call(items.mean([2]) + Rows(_number, view.Number));
        (Tensor chosen, Tensor weights) = Choose(asked, answer, view);
        Tensor query = _query.call(queries) * Math.Sqrt((double)_relative.shape[0] / width);
        Tensor attended = ChunkAttentionComposition.Run(query, _key.call(flat), _value.call(flat), chosen, weights, view.Place, _relative);
        Tensor h = x + _out.call(attended);
        return (h + _ffn2.call(_ffn1.call(_norm2.call(h)).relu())).MoveToOuterDisposeScope();
    }

    public void Export(PolicyWriter writer, string prefix)
    {
        foreach ((string name, nn.Module module) in Modules())
        {
            if (module is Linear linear) writer.Weights($"{prefix}.{name}", linear);
            else writer.Weights($"{prefix}.{name}", (LayerNorm)module);
        }
        writer.Weights($"{prefix}.place", _place);
        writer.Weights($"{prefix}.relative", _relative);
        writer.Weights($"{prefix}.own", _own);
        writer.Weights($"{prefix}.number", _number);
        writer.Weights($"{prefix}.early", _early);
        writer.Weights($"{prefix}.age", _age);
    }

    /// <summary>The chunks that each query looks into and how much: its own, and the closed ones of the largest relevances.</summary>
    /// <param name="relevance">What queries ask of summaries, scaled: <c>[B, T, D]</c>.</param>
    /// <param name="summary">What summaries answer, <c>[B, K, D]</c>.</param>
    /// <param name="view">The chunks.</param>
    /// <returns>The chunks, int64 <c>[B, T, S]</c>, and the softmax of their relevances; weights are 0 where fewer are seen than may be chosen.</returns>
    private (Tensor Chosen, Tensor Weights) Choose(Tensor relevance, Tensor summary, ChunkView view)
    {
        Tensor closed = relevance.matmul(summary.transpose(1, 2)) + Rows(_age, view.Age) + Rows(_early, view.Number).unsqueeze(1); // [B, T, K]
        Tensor own = relevance.matmul(_own.unsqueeze(1)) + _age.narrow(0, 0, 1); // [B, T, 1]
        closed = closed.masked_fill(view.Visible.logical_not(), double.NegativeInfinity);
        Tensor top = closed.detach().topk((int)Math.Min(_grid.Top, closed.shape[2])).indexes;
        Chosen?.Invoke(closed.detach(), top, view.Age);
        return (cat([view.Own.unsqueeze(2), top], 2), cat([own, closed.gather(2, top)], 2).softmax(-1));
    }

    /// <summary>The rows of a table, in the shape of the indexes and theirs.</summary>
    private static Tensor Rows(Tensor table, Tensor index) => table.index_select(0, index.view(-1)).view([.. index.shape, .. table.shape.AsSpan(1)]);

    private (string Name, nn.Module Module)[] Modules() =>
    [
        ("norm1", _norm1), ("query", _query), ("key", _key), ("value", _value), ("out", _out), ("relevance", _relevance), ("summary", _summary),
        ("norm2", _norm2), ("ffn1", _ffn1), ("ffn2", _ffn2),
    ];

    /// <summary>Sinusoids of period C and its fractions, <c>[C, D]</c>: so many places before is the same rotation within a chunk and across its beginning.</summary>
    private static Tensor Places(int chunk, int width) => Sinusoids(chunk, width, 1, i => 2 * Math.PI * (i + 1) / chunk);

    /// <summary>Sinusoids of periods from 2π chunks to those of all A + 1, <c>[A + 1, D]</c>; small, so that biases decide at first.</summary>
    private static Tensor Numbers(int held, int width) => Sinusoids(held + 1, width, 0.25, i => Math.Pow(held + 1, -2.0 * i / width));

    private static Tensor Sinusoids(int rows, int width, double size, Func<int, double> frequency)
    {
        var values = new float[rows * width];
        for (int row = 0; row < rows; row++)
            for (int i = 0; i < width; i++)
            {
                double angle = row * frequency(i / 2);
                values[(row * width) + i] = (float)(size * (i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle)));
            }
        return tensor(values, [rows, width]);
    }

    /// <summary>
    /// Biases that fall off with the distance to the newest or the first chunk, so that at first the newest are looked into and the first, from which
    /// an episode can learn of what was long ago. No two chunks begin alike, so that a choice between two that hold the same items in
    /// another order does not hang on rounding.
    /// </summary>
    /// <param name="held">A.</param>
    /// <param name="largest">The largest bias.</param>
    /// <param name="begin">What is added to an index for a distance, which is at least 1.</param>
    private static Tensor Nearness(int held, float largest, int begin) => tensor([.. Enumerable.Range(0, held + 1).Select(index => largest / Math.Max(1, index + begin))]);
}
