using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// The way of an observation to features: encoded by its space, normalised, and through dense layers with an activation after each.
/// Read-only and shared; the buffers belong to the caller.
/// </summary>
internal sealed class ObservationEncoder
{
    private const int MostLayers = 64;
    private readonly Space _space;
    private readonly ObservationNormalization? _normalization;
    private readonly DenseLayer[] _layers;
    private readonly ElementFunction _activation;

    public ObservationEncoder(Space space, ObservationNormalization? normalization, PolicyModule module, PolicyPrecision precision)
    {
        if (!string.Equals(module.Kind, "mlp", StringComparison.Ordinal))
            throw new PolicyFormatException($"The policy's encoder is of kind '{Shown.Text(module.Kind)}', which this version does not know; it knows: mlp.");
        _space = space;
        if (normalization is not null)
        {
            Check(normalization, space.EncodedSize);
            // Copies, as of all weights: whoever made the arrays may go on to change them.
            _normalization = normalization with { Mean = [.. normalization.Mean], Scale = [.. normalization.Scale] };
        }
        var reader = new ModuleReader(module, "encoder");
        _activation = reader.Word("activation") switch
        {
            "tanh" => ElementFunction.Tanh,
            "relu" => ElementFunction.Relu,
            var other => throw new PolicyFormatException($"The policy's encoder has the activation '{Shown.Text(other)}'; expected tanh or relu."),
        };
        _layers = new DenseLayer[reader.Setting("layers", 1, MostLayers)];
        int width = space.EncodedSize;
        for (int i = 0; i < _layers.Length; i++)
        {
            // Raw observations may differ in size by orders of magnitude, so the first layer keeps all its bits.
            _layers[i] = reader.Dense($"{i}", width, reader.Height($"{i}.weight"), i == 0 ? NumberFormat.Float32 : precision.Weights);
            width = _layers[i].Outputs;
        }
        reader.Finish();
    }

    /// <summary>The floats of one row of features.</summary>
    public int Features => _layers[^1].Outputs;

    /// <summary>The longest row that the buffers must hold.</summary>
    public int WidestRow => _layers.Aggregate(_space.EncodedSize, (widest, layer) => Math.Max(widest, layer.Outputs));

    /// <summary>Multiply-adds for one row.</summary>
    public long Operations => _layers.Sum(layer => layer.Operations);

    /// <summary>The bytes that one application reads.</summary>
    public long Bytes => _layers.Sum(layer => layer.Bytes);

    /// <summary>The widths of all layers, the input's first.</summary>
    public IEnumerable<int> Widths => _layers.Select(layer => layer.Outputs).Prepend(_space.EncodedSize);

    /// <summary>Computes features.</summary>
    /// <param name="observations"><c>[rows, O]</c>, checked by <see cref="ObservationGuard"/>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="front">Scratch, <c>[rows, WidestRow]</c>.</param>
    /// <param name="back">Scratch, <c>[rows, WidestRow]</c>.</param>
    /// <returns>The features, <c>[rows, Features]</c>, in one of the two buffers.</returns>
    public Span<float> Encode(ReadOnlySpan<float> observations, int rows, Span<float> front, Span<float> back)
    {
        int encoded = _space.EncodedSize, size = _space.Size;
        for (int r = 0; r < rows; r++) _space.Encode(observations.Slice(r * size, size), front.Slice(r * encoded, encoded));
        if (_normalization is not null) Elementwise.Normalize(front[..(rows * encoded)], _normalization);
        foreach (DenseLayer layer in _layers)
        {
            layer.Apply(front, back, rows);
            Elementwise.Apply(_activation, back[..(rows * layer.Outputs)]);
            Span<float> next = back;
            back = front;
            front = next;
        }
        return front[..(rows * Features)];
    }

    private static void Check(ObservationNormalization normalization, int size)
    {
        if (normalization.Mean.Length != size || normalization.Scale.Length != size)
            throw new PolicyFormatException($"The policy's normalisation has {normalization.Mean.Length} means and {normalization.Scale.Length} scales; its encoded observations have {size} elements.");
        if (!normalization.Mean.All(float.IsFinite) || !normalization.Scale.All(float.IsFinite) || !(normalization.Clip > 0))
            throw new PolicyFormatException("The policy's normalisation needs finite means and scales and a clip above 0.");
    }
}
