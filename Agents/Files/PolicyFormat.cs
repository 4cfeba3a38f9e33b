using System.Buffers;
using MessagePack;

namespace RLSeq.Agents;

/// <summary>The payload of a policy file: a map of the fields below, in this order. <c>docs/policy-file.md</c> describes it for readers in other languages.</summary>
internal static class PolicyFormat
{
    private const int FieldCount = 11, FieldCountOfVersion1 = 9;

    public static byte[] Write(PolicyDefinition definition)
    {
        if (definition.Encoder.Tensors.Count == 0)
            throw new PolicyFormatException($"This policy has no weights to write: a network that was loaded to act lets them go. Load the file with {nameof(PolicyFile)}.{nameof(PolicyFile.Load)} to have all of it.");
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteMapHeader(FieldCount);
        writer.Write("observation_space");
        SpaceFormat.Write(ref writer, definition.ObservationSpace);
        writer.Write("action_space");
        SpaceFormat.Write(ref writer, definition.ActionSpace);
        writer.Write("encoder");
        ModuleFormat.Write(ref writer, definition.Encoder);
        writer.Write("memory");
        ModuleFormat.Write(ref writer, definition.Memory);
        writer.Write("policy_head");
        ModuleFormat.Write(ref writer, definition.PolicyHead);
        writer.Write("value_head");
        ModuleFormat.Write(ref writer, definition.ValueHead);
        writer.Write("precision");
        writer.Write(definition.Precision.ToString());
        writer.Write("conversion");
        ConversionFormat.Write(ref writer, definition.Conversion);
        writer.Write("normalization");
        WriteNormalization(ref writer, definition.Normalization);
        writer.Write("provenance");
        ModuleFormat.WriteTexts(ref writer, definition.Provenance);
        writer.Write("example");
        WriteExample(ref writer, definition.Example);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a payload.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="version">The format's version: the first had no precision.</param>
    public static PolicyDefinition Read(ReadOnlyMemory<byte> payload, long version)
    {
        var reader = new MessagePackReader(payload);
        Fields.Count(reader.ReadMapHeader(), version == 1 ? FieldCountOfVersion1 : FieldCount, "the policy");
        Fields.Expect(ref reader, "observation_space");
        Environments.Space observations = SpaceFormat.Read(ref reader);
        Fields.Expect(ref reader, "action_space");
        Environments.Space actions = SpaceFormat.Read(ref reader);
        Fields.Expect(ref reader, "encoder");
        PolicyModule encoder = ModuleFormat.Read(ref reader);
        Fields.Expect(ref reader, "memory");
        PolicyModule memory = ModuleFormat.Read(ref reader);
        Fields.Expect(ref reader, "policy_head");
        PolicyModule policyHead = ModuleFormat.Read(ref reader);
        Fields.Expect(ref reader, "value_head");
        PolicyModule valueHead = ModuleFormat.Read(ref reader);
        (PolicyPrecision precision, ConversionLoss? conversion) = version == 1 ? default : ReadPrecision(ref reader);
        Fields.Expect(ref reader, "normalization");
        ObservationNormalization? normalization = ReadNormalization(ref reader);
        Fields.Expect(ref reader, "provenance");
        Dictionary<string, string> provenance = ModuleFormat.ReadTexts(ref reader);
        Fields.Expect(ref reader, "example");
        PolicyExample? example = ReadExample(ref reader);
        if (!reader.End) throw new PolicyFormatException("there is more data after its end");
        return new PolicyDefinition(observations, actions, encoder, memory, policyHead, valueHead)
        {
            Precision = precision,
            Conversion = conversion,
            Normalization = normalization,
            Provenance = provenance,
            Example = example,
        };
    }

    private static (PolicyPrecision Precision, ConversionLoss? Conversion) ReadPrecision(ref MessagePackReader reader)
    {
        Fields.Expect(ref reader, "precision");
        string text = Fields.Text(ref reader);
        if (!PolicyPrecision.TryParse(text, out PolicyPrecision precision))
            throw new PolicyFormatException($"it has the precision '{Shown.Text(text)}'; expected f32, bf16, int8, or two of them with a slash");
        Fields.Expect(ref reader, "conversion");
        return (precision, ConversionFormat.Read(ref reader));
    }

    private static void WriteNormalization(ref MessagePackWriter writer, ObservationNormalization? normalization)
    {
        if (normalization is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteMapHeader(3);
        writer.Write("mean");
        MessagePackFloats.WriteFloats(ref writer, normalization.Mean);
        writer.Write("scale");
        MessagePackFloats.WriteFloats(ref writer, normalization.Scale);
        writer.Write("clip");
        writer.Write(normalization.Clip);
    }

    private static ObservationNormalization? ReadNormalization(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        Fields.Count(reader.ReadMapHeader(), 3, "the normalisation");
        Fields.Expect(ref reader, "mean");
        float[] mean = MessagePackFloats.ReadFloats(ref reader);
        Fields.Expect(ref reader, "scale");
        float[] scale = MessagePackFloats.ReadFloats(ref reader);
        Fields.Expect(ref reader, "clip");
        return new ObservationNormalization(mean, scale, reader.ReadSingle());
    }

    private static void WriteExample(ref MessagePackWriter writer, PolicyExample? example)
    {
        if (example is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteMapHeader(4);
        writer.Write("observations");
        MessagePackFloats.WriteFloats(ref writer, example.Observations);
        writer.Write("starts");
        writer.WriteArrayHeader(example.Starts.Length);
        foreach (bool start in example.Starts) writer.Write(start);
        writer.Write("logits");
        MessagePackFloats.WriteFloats(ref writer, example.Logits);
        writer.Write("values");
        MessagePackFloats.WriteFloats(ref writer, example.Values);
    }

    private static PolicyExample? ReadExample(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        Fields.Count(reader.ReadMapHeader(), 4, "the example");
        Fields.Expect(ref reader, "observations");
        float[] observations = MessagePackFloats.ReadFloats(ref reader);
        Fields.Expect(ref reader, "starts");
        bool[] starts = new bool[reader.ReadArrayHeader()]; // the header promises no more than there are bytes
        for (int i = 0; i < starts.Length; i++) starts[i] = reader.ReadBoolean();
        Fields.Expect(ref reader, "logits");
        float[] logits = MessagePackFloats.ReadFloats(ref reader);
        Fields.Expect(ref reader, "values");
        return new PolicyExample(observations, starts, logits, MessagePackFloats.ReadFloats(ref reader));
    }
}
