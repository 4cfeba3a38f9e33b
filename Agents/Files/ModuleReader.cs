namespace RLSeq.Agents;

/// <summary>
/// Takes settings and weights out of a module of a policy file, checking each; at the end nothing may be left over. Whatever does not fit is a
/// <see cref="PolicyFormatException"/> that says what was found and what was expected.
/// </summary>
public sealed class ModuleReader
{
    private readonly PolicyModule _module;
    private readonly string _part;
    private readonly NumberFormat _format;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Begins with a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="part">What it is in the policy, for messages: <c>encoder</c>, <c>memory</c>.</param>
    /// <param name="format">How its matrices are to be kept.</param>
    public ModuleReader(PolicyModule module, string part, NumberFormat format = NumberFormat.Float32) => (_module, _part, _format) = (module, part, format);

    /// <summary>A whole number within bounds: they keep a hostile file from asking for more memory than there is.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="least">The least that is possible.</param>
    /// <param name="most">The most that is possible.</param>
    /// <exception cref="PolicyFormatException">There is none, or it lies outside.</exception>
    public int Setting(string name, int least, int most)
    {
        if (!_module.Settings.TryGetValue(name, out long value))
            throw new PolicyFormatException($"The policy's {_part} '{Shown.Text(_module.Kind)}' lacks the setting '{name}'.");
        if (value < least || value > most)
            throw new PolicyFormatException($"The policy's {_part} '{Shown.Text(_module.Kind)}' has {name} = {value}; expected {least} to {most}.");
        return (int)value;
    }

    /// <summary>A word.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="PolicyFormatException">There is none.</exception>
    public string Word(string name) => _module.Texts.TryGetValue(name, out string? value)
        ? value
        : throw new PolicyFormatException($"The policy's {_part} '{Shown.Text(_module.Kind)}' lacks the text '{name}'.");

    /// <summary>The first dimension of a matrix, for sizes that only the weights tell.</summary>
    /// <param name="name">The weight's name.</param>
    /// <exception cref="PolicyFormatException">There is none, or it is no matrix.</exception>
    public int Height(string name)
    {
        PolicyTensor tensor = Find(name);
        return tensor.Shape.Count == 2 && tensor.Shape[0] >= 1
            ? tensor.Shape[0]
            : throw new PolicyFormatException($"The policy's {_part} weight '{name}' has shape {Shown.Shape(tensor.Shape)}; expected a matrix.");
    }

    /// <summary>A weight of exactly the given shape, all its values finite; the module's own array.</summary>
    /// <param name="name">The weight's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="PolicyFormatException">There is none, its shape is another, or a value is NaN or infinite.</exception>
    public float[] Weight(string name, params int[] shape)
    {
        PolicyTensor tensor = Find(name);
        if (!tensor.Shape.SequenceEqual(shape))
            throw new PolicyFormatException($"The policy's {_part} weight '{name}' has shape {Shown.Shape(tensor.Shape)}; expected {Shown.Shape(shape)}.");
        long size = shape.Aggregate(1L, (product, length) => checked(product * length));
        if (tensor.Values.Length != size)
            throw new PolicyFormatException($"The policy's {_part} weight '{name}' holds {tensor.Values.Length} values; its shape {Shown.Shape(shape)} needs {size}.");
        foreach (float value in tensor.Values)
            if (!float.IsFinite(value)) throw new PolicyFormatException($"The policy's {_part} weight '{name}' holds {value}; weights must be finite (has training diverged?).");
        _seen.Add(name);
        return tensor.Values;
    }

    /// <summary>A dense layer of the weights <c>{name}.weight [outputs, inputs]</c> and <c>{name}.bias [outputs]</c>, in the module's format.</summary>
    /// <param name="name">What the weights' names begin with.</param>
    /// <param name="inputs">The length of an input row.</param>
    /// <param name="outputs">The length of an output row.</param>
    /// <exception cref="PolicyFormatException">As <see cref="Weight"/>.</exception>
    public DenseLayer Dense(string name, int inputs, int outputs) => Dense(name, inputs, outputs, _format);

    /// <summary>As <see cref="Dense(string, int, int)"/>, in a format of its own.</summary>
    /// <param name="name">What the weights' names begin with.</param>
    /// <param name="inputs">The length of an input row.</param>
    /// <param name="outputs">The length of an output row.</param>
    /// <param name="format">How the weights are kept.</param>
    /// <exception cref="PolicyFormatException">As <see cref="Weight"/>.</exception>
    public DenseLayer Dense(string name, int inputs, int outputs, NumberFormat format) =>
        new(Weight($"{name}.weight", outputs, inputs), Weight($"{name}.bias", outputs), inputs, outputs, format);

    /// <summary>A dense layer of weights that were put together, in the module's format.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>, row-major.</param>
    /// <param name="bias"><c>[outputs]</c>.</param>
    /// <param name="inputs">The length of an input row.</param>
    /// <param name="outputs">The length of an output row.</param>
    public DenseLayer Pack(float[] weight, float[] bias, int inputs, int outputs) => new(weight, bias, inputs, outputs, _format);

    /// <summary>A layer normalisation of the weights <c>{name}.weight [D]</c> and <c>{name}.bias [D]</c>.</summary>
    internal LayerNorm Norm(string name, int length) => new(Weight($"{name}.weight", length), Weight($"{name}.bias", length));

    /// <summary>Refuses weights that nothing asked for.</summary>
    /// <exception cref="PolicyFormatException">There are some.</exception>
    public void Finish()
    {
        foreach (string name in _module.Tensors.Keys)
            if (!_seen.Contains(name))
                throw new PolicyFormatException($"The policy's {_part} '{Shown.Text(_module.Kind)}' has an unexpected weight '{Shown.Text(name)}'.");
    }

    private PolicyTensor Find(string name) => _module.Tensors.TryGetValue(name, out PolicyTensor? tensor)
        ? tensor
        : throw new PolicyFormatException($"The policy's {_part} '{Shown.Text(_module.Kind)}' lacks the weight '{name}'.");
}
