namespace RLSeq.Agents;

/// <summary>What a Transformer's layer computes with, for some items at a time, and everything in a layer but attending itself.</summary>
internal sealed class TransformerScratch
{
    /// <summary>As many items at a time as keep a layer's weights and numbers in the caches; more items go block by block.</summary>
    public const int Block = 64;

    private readonly TransformerSizes _sizes;
    private readonly float[] _normal; // [n, D]
    private readonly float[] _query; // [n, D]
    private readonly float[] _keyValue; // [n, 2D]
    private readonly float[] _residual; // [n, D]
    private readonly float[] _attended; // [n, D]
    private readonly float[] _wide; // [n, F]
    private readonly GruGateScratch? _gate;

    /// <summary>Makes room.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="form">What the layers have.</param>
    /// <param name="items">The most items at a time.</param>
    public TransformerScratch(TransformerSizes sizes, TransformerForm form, int items)
    {
        (_sizes, Items) = (sizes, items);
        _normal = new float[checked(items * sizes.Hidden)];
        _query = new float[_normal.Length];
        _keyValue = new float[checked(2 * _normal.Length)];
        _residual = new float[_normal.Length];
        _attended = new float[_normal.Length];
        _wide = new float[checked(items * sizes.FeedForward)];
        if (form.Residual == ResidualConnection.Gate) _gate = new GruGateScratch(sizes.Hidden, items);
    }

    /// <summary>The most items at a time.</summary>
    public int Items { get; }

    /// <summary>The query of an item that was projected, <c>[D]</c>.</summary>
    public Span<float> Query(int item) => _query.AsSpan(item * _sizes.Hidden, _sizes.Hidden);

    /// <summary>Its key, then its value, <c>[2D]</c>.</summary>
    public Span<float> KeyValue(int item) => _keyValue.AsSpan(2 * item * _sizes.Hidden, 2 * _sizes.Hidden);

    /// <summary>Where its attended values go, <c>[D]</c>.</summary>
    public Span<float> Attended(int item) => _attended.AsSpan(item * _sizes.Hidden, _sizes.Hidden);

    /// <summary>Norms one layer input into its place, for <see cref="ProjectKeys"/>.</summary>
    public void Normalize(TransformerLayer layer, int item, ReadOnlySpan<float> x) => layer.Norm1.Apply(x, _normal.AsSpan(item * _sizes.Hidden), 1);

    /// <summary>What <see cref="Normalize"/> put there, <c>[n, D]</c>.</summary>
    public Span<float> Normal(int item, int items) => _normal.AsSpan(item * _sizes.Hidden, items * _sizes.Hidden);

    /// <summary>Queries of what <see cref="Normalize"/> put there.</summary>
    public void ProjectQueries(TransformerLayer layer, int items) => layer.Query.Apply(_normal, _query, items);

    /// <summary>Keys and values of what <see cref="Normalize"/> put there.</summary>
    public void ProjectKeys(TransformerLayer layer, int items) => layer.KeyValue.Apply(_normal, _keyValue, items);

    /// <summary>Queries, keys and values of layer inputs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The layer inputs, <c>[n, D]</c>.</param>
    public void Project(TransformerLayer layer, ReadOnlySpan<float> x)
    {
        int items = x.Length / _sizes.Hidden;
        layer.Norm1.Apply(x, _normal, items);
        ProjectQueries(layer, items);
        ProjectKeys(layer, items);
    }

    /// <summary>From attended values to the next layer's inputs: the output, and the feed-forward part where there is one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The layer inputs, <c>[n, D]</c>; become the next layer's.</param>
    public void Finish(TransformerLayer layer, Span<float> x)
    {
        int items = x.Length / _sizes.Hidden;
        Apply(layer.Out, _attended, x, items, layer.Residual, layer.Gate1);
        if (layer is not { Norm2: { } norm, FeedForward1: { } first, FeedForward2: { } second }) return;
        norm.Apply(x, _normal, items);
        first.Apply(_normal, _wide, items);
        Elementwise.Apply(ElementFunction.Relu, _wide.AsSpan(0, items * _sizes.FeedForward));
        Apply(second, _wide, x, items, layer.Residual, layer.Gate2);
    }

    /// <summary><c>x += part(input)</c>, or <c>x = part(input)</c> without a residual connection, or a gate's mixture of the two.</summary>
    private void Apply(DenseLayer part, ReadOnlySpan<float> input, Span<float> x, int items, ResidualConnection residual, GruGate? gate)
    {
        if (residual == ResidualConnection.None)
        {
            part.Apply(input, x, items);
            return;
        }
        part.Apply(input, _residual, items);
        Span<float> made = _residual.AsSpan(0, x.Length);
        if (gate is not null) gate.Apply(made, x, _gate!);
        else Elementwise.Add(made, x);
    }
}
