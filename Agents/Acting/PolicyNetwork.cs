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
        Parameters = definition.Parameters;
        Distribution = ActionDistributions.For(definition.ActionSpace);
        Encoder = new ObservationEncoder(definition.ObservationSpace, definition.Normalization, definition.Encoder, definition.Precision);
        Memory = MemoryKernels.Pack(definition.Memory, definition.Precision);
        if (Memory.Features != 0 && Memory.Features != Encoder.Features)
            throw new PolicyFormatException($"The policy's encoder gives {Encoder.Features} features, but its memory takes {Memory.Features}.");
        Heads = PackHeads(definition, Encoder.Features, Distribution.Parameters);
    }

    /// <summary>
    /// The policy as data. A network made by <see cref="From"/> keeps all of it, its weights in 32 bits beside the packed ones; of one that was
    /// loaded (<see cref="Load"/>, <see cref="Read"/>) the modules have their kinds and settings but no tensors, and there is no example.
    /// </summary>
    public PolicyDefinition Definition { get; private set; }

    /// <summary>How many numbers the policy learned, encoder and heads included.</summary>
    public long Parameters { get; }

    /// <summary>How the logits are read as a distribution over actions.</summary>
    public IActionDistribution Distribution { get; }

    /// <summary>The memory's weights.</summary>
    public MemoryWeights Memory { get; }

    /// <summary>The floats D of one row between encoder, memory and heads.</summary>
    public int Features => Encoder.Features;

    internal ObservationEncoder Encoder { get; }

    /// <summary>Both heads as one layer: the logits, then the value.</summary>
    internal DenseLayer Heads { get; }

    /// <summary>
    /// Loads a policy to act: verified as <see cref="PolicyFile.Load"/> does, packed once, and without the weights in 32 bits, so that a policy in
    /// <c>int8</c> takes one byte per weight and not five.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PolicyFormatException">There is no such file, or it is no usable policy; the message says what is wrong.</exception>
    public static PolicyNetwork Load(string path) => WithoutWeights(PolicyFile.LoadNetwork(path));

    /// <summary>As <see cref="Load"/>, from the bytes of a policy file: where a game's files are no files, as in Unity on a phone.</summary>
    /// <param name="bytes">The bytes; not kept.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <exception cref="PolicyFormatException">They are no usable policy; the message says what is wrong.</exception>
    public static PolicyNetwork Read(ReadOnlyMemory<byte> bytes, string name = "the policy") => WithoutWeights(PolicyFile.ReadNetwork(bytes, name));

    /// <summary>Checks a policy and packs its weights.</summary>
    /// <param name="definition">The policy as data; it is kept, though none of its arrays is used again.</param>
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

    /// <summary>Lets a new network's weights go as data, which the packed ones have replaced.</summary>
    internal static PolicyNetwork WithoutWeights(PolicyNetwork network)
    {
        PolicyDefinition all = network.Definition;
        network.Definition = all with
        {
            Encoder = Without(all.Encoder),
            Memory = Without(all.Memory),
            PolicyHead = Without(all.PolicyHead),
            ValueHead = Without(all.ValueHead),
            Example = null,
        };
        return network;

        static PolicyModule Without(PolicyModule module) => module with { Tensors = new Dictionary<string, PolicyTensor>(StringComparer.Ordinal) };
    }

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
