using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// A policy ready to act: validated, with packed, read-only weights, none of which it shares with the policy as data. One instance serves
/// any number of agents and threads.
/// </summary>
public sealed class PolicyNetwork
{
    private PolicyNetwork(PolicyDefinition definition)
    {
        Definition = definition;
        Distribution = ActionDistributions.For(definition.ActionSpace);
        Encoder = new ObservationEncoder(definition.ObservationSpace, definition.Normalization, definition.Encoder, definition.Precision);
        Memory = MemoryKernels.Pack(definition.Memory, definition.Precision);
        if (Memory.Features != 0 && Memory.Features != Encoder.Features)
            throw new PolicyFormatException($"The policy's encoder gives {Encoder.Features} features, but its memory takes {Memory.Features}.");
        Heads = PackHeads(definition, Encoder.Features, Distribution.Parameters);
    }

    /// <summary>The policy as data.</summary>
    public PolicyDefinition Definition { get; }

    /// <summary>How the logits are read as a distribution over actions.</summary>
    public IActionDistribution Distribution { get; }

    /// <summary>The memory's weights.</summary>
    public MemoryWeights Memory { get; }

    /// <summary>The floats D of one row between encoder, memory and heads.</summary>
    public int Features => Encoder.Features;

    internal ObservationEncoder Encoder { get; }

    /// <summary>Both heads as one layer: the logits, then the value.</summary>
    internal DenseLayer Heads { get; }

    /// <summary>Checks a policy and packs its weights.</summary>
    /// <param name="definition">The policy as data.</param>
    /// <exception cref="PolicyFormatException">A kind is unknown, or settings, spaces and weights do not fit each other.</exception>
    public static PolicyNetwork From(PolicyDefinition definition) => new(definition);

    /// <summary>The multiply-adds of matrix products in one action.</summary>
    /// <param name="position">The steps of the episode that came before, at least 0.</param>
    public long OperationsPerStep(int position) => Encoder.Operations + Memory.OperationsPerStep(position) + Heads.Operations;

    /// <summary>As <see cref="OperationsPerStep"/>, but what small sizes really cost: see <see cref="MemoryWeights.WorkPerStep"/>.</summary>
    internal long WorkPerStep(int position) => Encoder.Operations + Memory.WorkPerStep(position) + Heads.Operations;

    /// <summary>The bytes that one action must read: all weights once, and cached keys and values. Over the bandwidth they are its time's floor.</summary>
    /// <param name="position">The steps of the episode that came before, at least 0.</param>
    public long BytesPerStep(int position) => Encoder.Bytes + Memory.BytesPerStep(position) + Heads.Bytes;

    /// <summary>Whether agents of this network can go on with another one's weights: the same spaces, precision and sizes throughout.</summary>
    /// <param name="other">The other network.</param>
    public bool HasArchitectureOf(PolicyNetwork other) =>
        Definition.ObservationSpace.Equals(other.Definition.ObservationSpace)
        && Definition.ActionSpace.Equals(other.Definition.ActionSpace)
        && Definition.Precision == other.Definition.Precision
        && Encoder.Widths.SequenceEqual(other.Encoder.Widths)
        && string.Equals(Memory.Kind, other.Memory.Kind, StringComparison.Ordinal)
        && Memory.Layout.Matches(other.Memory.Layout)
        && SameSettings(Definition.Memory, other.Definition.Memory);

    /// <summary>Sizes that the state's layout does not show, such as a Transformer's heads, stand in the settings.</summary>
    private static bool SameSettings(PolicyModule a, PolicyModule b) =>
        a.Settings.Count == b.Settings.Count && a.Settings.All(setting => b.Settings.TryGetValue(setting.Key, out long value) && value == setting.Value);

    private static DenseLayer PackHeads(PolicyDefinition definition, int features, int logits)
    {
        (float[] policyWeight, float[] policyBias) = Head(definition.PolicyHead, "policy head", logits);
        (float[] valueWeight, float[] valueBias) = Head(definition.ValueHead, "value head", 1);
        return new DenseLayer([.. policyWeight, .. valueWeight], [.. policyBias, .. valueBias], features, logits + 1);

        (float[] Weight, float[] Bias) Head(PolicyModule module, string part, int outputs)
        {
            if (!string.Equals(module.Kind, "linear", StringComparison.Ordinal))
                throw new PolicyFormatException($"The policy's {part} is of kind '{Shown.Text(module.Kind)}', which this version does not know; it knows: linear.");
            var reader = new ModuleReader(module, part);
            (float[] Weight, float[] Bias) head = (reader.Weight("weight", outputs, features), reader.Weight("bias", outputs));
            reader.Finish();
            return head;
        }
    }
}
