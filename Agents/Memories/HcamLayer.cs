namespace RLSeq.Agents;

/// <summary>The packed weights of one layer of an <see cref="HcamMemory"/>.</summary>
internal sealed class HcamLayer
{
    private readonly int _hidden, _heads, _chunk;
    private readonly float[] _place; // [C, D]
    private readonly float[] _byAge; // [H, 2C]: the bias of every distance, from the longest to 0
    private readonly float[] _number; // [A + 1, D]
    private readonly float[] _early, _age; // [A + 1]

    public HcamLayer(ModuleReader reader, string name, TransformerSizes sizes, ChunkGrid grid, TransformerForm form)
    {
        (_hidden, _heads, _chunk) = (sizes.Hidden, sizes.Heads, grid.Chunk);
        Common = new TransformerLayer(reader, name, sizes, form);
        float scale = 1f / MathF.Sqrt(_hidden);
        Relevance = reader.Pack(
            TransformerLayer.Scaled(reader.Weight($"{name}.relevance.weight", _hidden, _hidden), scale), TransformerLayer.Scaled(reader.Weight($"{name}.relevance.bias", _hidden), scale), _hidden, _hidden);
        Summary = reader.Dense($"{name}.summary", _hidden, _hidden);
        _place = [.. reader.Weight($"{name}.place", _chunk, _hidden)];
        _byAge = TransformerLayer.ByAge(reader.Weight($"{name}.relative", _heads, 2 * _chunk), 2 * _chunk);
        Own = [.. reader.Weight($"{name}.own", _hidden)];
        _number = [.. reader.Weight($"{name}.number", grid.Held + 1, _hidden)];
        _early = [.. reader.Weight($"{name}.early", grid.Held + 1)];
        _age = [.. reader.Weight($"{name}.age", grid.Held + 1)];
    }

    /// <summary>Norms, projections and the feed-forward part, which are those of a Transformer's layer.</summary>
    public TransformerLayer Common { get; }

    /// <summary>What a query asks of summaries, scaled by <c>1/√D</c> already.</summary>
    public DenseLayer Relevance { get; }

    /// <summary>What a summary answers.</summary>
    public DenseLayer Summary { get; }

    /// <summary>What the open chunk answers in the place of a summary, <c>[D]</c>.</summary>
    public float[] Own { get; }

    /// <summary>Multiply-adds of one step but for scoring, attending and closing a chunk.</summary>
    public long Operations => Common.Operations + Relevance.Operations;

    /// <summary>The bytes of one step but for summaries, keys and values.</summary>
    public long Bytes => Common.Bytes + Relevance.Bytes + (((2 * _hidden) + _byAge.Length + Own.Length + _early.Length + _age.Length) * sizeof(float));

    /// <summary>The vector of a place in a chunk, <c>[D]</c>.</summary>
    public ReadOnlySpan<float> Place(int place) => _place.AsSpan(place * _hidden, _hidden);

    /// <summary>The vector of a chunk's number in the episode, <c>[D]</c>; from A on all have one.</summary>
    public ReadOnlySpan<float> Number(int number) => _number.AsSpan(Math.Min(number, _age.Length - 1) * _hidden, _hidden);

    /// <summary>The bias on the relevance of a chunk.</summary>
    /// <param name="age">How many chunks ago it was; 0 for the open one, which has none for its number.</param>
    /// <param name="number">Its number in the episode, from 0 on.</param>
    public float Bias(int age, int number) => age == 0 ? _age[0] : _age[age] + _early[Math.Min(number, _early.Length - 1)];

    /// <summary>The biases of a chunk's items, as <see cref="AttentionCache"/> takes them.</summary>
    /// <param name="age">0 for the open chunk, 1 for the one before it; others have no biases.</param>
    /// <param name="place">The query's place in the open chunk.</param>
    /// <param name="biases">Receives <c>[H, C]</c>.</param>
    public void Biases(int age, int place, Span<float> biases)
    {
        int first = age == 0 ? _chunk : _chunk - 1 - place;
        for (int head = 0; head < _heads; head++) _byAge.AsSpan((2 * head * _chunk) + first, _chunk).CopyTo(biases.Slice(head * _chunk));
    }
}
