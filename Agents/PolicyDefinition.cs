using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>A whole policy as data: what the acting engine runs and what a policy file holds.</summary>
/// <param name="ObservationSpace">The observations it takes.</param>
/// <param name="ActionSpace">The actions it gives.</param>
/// <param name="Encoder">Encoded observation <c>[E]</c> to features <c>[D]</c>.</param>
/// <param name="Memory">Features <c>[D]</c> to features <c>[D]</c>, with state.</param>
/// <param name="PolicyHead">Features <c>[D]</c> to the parameters of the action distribution: logits, means and logarithms of standard deviations.</param>
/// <param name="ValueHead">Features <c>[D]</c> to the value, one number.</param>
public sealed record PolicyDefinition(
    Space ObservationSpace,
    Space ActionSpace,
    PolicyModule Encoder,
    PolicyModule Memory,
    PolicyModule PolicyHead,
    PolicyModule ValueHead)
{
    /// <summary>The formats that it acts in.</summary>
    public PolicyPrecision Precision { get; init; }

    /// <summary>What its precision costs, measured when it was converted; null for a policy as it was trained.</summary>
    public ConversionLoss? Conversion { get; init; }

    /// <summary>Statistics that encoded observations are normalised with, or null.</summary>
    public ObservationNormalization? Normalization { get; init; }

    /// <summary>How it was trained: free words by name (environment, steps, seed, version).</summary>
    public IReadOnlyDictionary<string, string> Provenance { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A short sequence of inputs and the outputs they gave when the policy was exported, verified on loading; or null.</summary>
    public PolicyExample? Example { get; init; }

    /// <summary>How many numbers it learned, encoder and heads included; 0 where the weights were let go (see <see cref="PolicyNetwork.Parameters"/>).</summary>
    public long Parameters => ((PolicyModule[])[Encoder, Memory, PolicyHead, ValueHead]).Sum(module => module.Tensors.Values.Sum(tensor => (long)tensor.Values.Length));
}
