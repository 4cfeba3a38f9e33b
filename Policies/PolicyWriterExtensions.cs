using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>Writing tensors into a policy.</summary>
public static class PolicyWriterExtensions
{
    /// <summary>Records a tensor's values as a weight.</summary>
    /// <param name="writer">Collects it.</param>
    /// <param name="name">The weight's name.</param>
    /// <param name="weight">The tensor, of any type and device.</param>
    public static void Weights(this PolicyWriter writer, string name, Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] values = weight.detach().to(float32).cpu().contiguous().data<float>().ToArray();
        writer.Tensor(name, values, [.. weight.shape.Select(length => (int)length)]);
    }

    /// <summary>Records a linear layer as <c>{prefix}.weight</c> and <c>{prefix}.bias</c>.</summary>
    /// <param name="writer">Collects it.</param>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="layer">The layer; it has a bias.</param>
    public static void Weights(this PolicyWriter writer, string prefix, Linear layer) => writer.WeightAndBias(prefix, layer.weight!, layer.bias!);

    /// <summary>Records a layer norm as <c>{prefix}.weight</c> and <c>{prefix}.bias</c>.</summary>
    /// <param name="writer">Collects it.</param>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="layer">The layer; it has weight and bias.</param>
    public static void Weights(this PolicyWriter writer, string prefix, LayerNorm layer) => writer.WeightAndBias(prefix, layer.weight!, layer.bias!);

    private static void WeightAndBias(this PolicyWriter writer, string prefix, Tensor weight, Tensor bias)
    {
        writer.Weights($"{prefix}.weight", weight);
        writer.Weights($"{prefix}.bias", bias);
    }
}
