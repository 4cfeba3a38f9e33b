using RLSeq.Agents;
using RLSeq.Environments;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// Raw observations to features: discrete parts become one-hot, bytes become floats, continuous elements are normalised, and a
/// multi-layer perceptron with tanh makes D features of them.
/// </summary>
public sealed class ObservationEncoder : nn.Module
{
    private readonly Space _space;
    private readonly Linear[] _layers;
    [ComponentName("mean")] private readonly Tensor _mean;
    [ComponentName("scale")] private readonly Tensor _scale;
    private float _clip = float.PositiveInfinity;

    /// <summary>Makes the encoder with freshly drawn weights.</summary>
    /// <param name="space">The observations.</param>
    /// <param name="hidden">The width of every layer, D.</param>
    /// <param name="layers">The number of layers, at least 1.</param>
    public ObservationEncoder(Space space, int hidden, int layers) : base("encoder")
    {
        _space = space;
        _layers = [.. Enumerable.Range(0, layers).Select(i => Initialization.Linear(i == 0 ? space.EncodedSize : hidden, hidden, Math.Sqrt(2)))];
        for (int i = 0; i < layers; i++) register_module($"{i}", _layers[i]);
        _mean = zeros(space.EncodedSize);
        _scale = ones(space.EncodedSize);
        register_buffer("mean", _mean);
        register_buffer("scale", _scale);
    }

    /// <summary>The normalisation of encoded observations, or null for none.</summary>
    public ObservationNormalization? Normalization { get; private set; }

    /// <summary>Sets the normalisation.</summary>
    /// <param name="normalization">Statistics per encoded element, or null for none.</param>
    public void Normalize(ObservationNormalization? normalization)
    {
        Normalization = normalization;
        if (normalization is null) return;
        using IDisposable _ = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _mean.copy_(tensor(normalization.Mean));
        _scale.copy_(tensor(normalization.Scale));
        _clip = normalization.Clip;
    }

    /// <summary>Encodes observations.</summary>
    /// <param name="observation">Raw observations, <c>[T, B, O]</c>.</param>
    /// <returns>Features, <c>[T, B, D]</c>.</returns>
    public Tensor Forward(Tensor observation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Encode(observation, _layers[0].weight!.dtype);
        if (Normalization is not null) x = ((x - _mean) * _scale).clamp(-_clip, _clip);
        foreach (Linear layer in _layers) x = layer.call(x).tanh();
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The encoder as data.</summary>
    public PolicyModule Export()
    {
        var writer = new PolicyWriter();
        writer.Set("layers", _layers.Length);
        writer.Set("activation", "tanh");
        for (int i = 0; i < _layers.Length; i++) writer.Weights($"{i}", _layers[i]);
        return writer.ToModule("mlp");
    }

    /// <summary>As <see cref="Space.Encode"/>, for tensors: <c>[…, O]</c> to <c>[…, E]</c>.</summary>
    private Tensor Encode(Tensor observation, ScalarType type)
    {
        var encoded = new List<Tensor>();
        long offset = 0;
        foreach (Space part in _space.Parts)
        {
            Tensor value = observation.narrow(-1, offset, part.Size);
            offset += part.Size;
            switch (part)
            {
                case DiscreteSpace discrete:
                    encoded.Add(OneHot(value, discrete.Count));
                    break;
                case MultiDiscreteSpace multi:
                    for (int i = 0; i < multi.Counts.Count; i++) encoded.Add(OneHot(value.narrow(-1, i, 1), multi.Counts[i]));
                    break;
                case BoxSpace { Element: BoxElement.UInt8 }:
                    encoded.Add(value.to(type) * (1.0 / 255));
                    break;
                default:
                    encoded.Add(value.to(type));
                    break;
            }
        }
        return encoded.Count == 1 ? encoded[0] : cat(encoded, -1);

        Tensor OneHot(Tensor index, int count) => (index == arange(count, dtype: index.dtype, device: index.device)).to(type);
    }
}
