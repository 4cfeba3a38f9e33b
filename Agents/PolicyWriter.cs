namespace RLSeq.Agents;

/// <summary>Collects the settings and weights with which a learned module describes itself to the acting engine.</summary>
public sealed class PolicyWriter
{
    private readonly Dictionary<string, long> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Records a whole number, such as a size.</summary>
    /// <param name="name">The setting's name, unique within the module.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, long value) => _settings.Add(name, value);

    /// <summary>Records a word, such as an activation.</summary>
    /// <param name="name">The setting's name, unique within the module.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, string value) => _texts.Add(name, value);

    /// <summary>Records a weight.</summary>
    /// <param name="name">The weight's name, unique within the module.</param>
    /// <param name="values">The values, row-major; kept, not copied.</param>
    /// <param name="shape">The dimensions; their product is the number of values.</param>
    public void Tensor(string name, float[] values, params int[] shape)
    {
        int expected = shape.Aggregate(1, (product, length) => checked(product * length));
        if (expected != values.Length)
            throw new ArgumentException($"Weight '{name}' has {values.Length} values, but its shape [{string.Join(", ", shape)}] needs {expected}.", nameof(values));
        _tensors.Add(name, new PolicyTensor(shape, values));
    }

    /// <summary>Makes the module of all that was recorded.</summary>
    /// <param name="kind">The module's kind.</param>
    public PolicyModule ToModule(string kind) => new(kind, _settings, _texts, _tensors);
}
