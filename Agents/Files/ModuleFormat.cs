using MessagePack;

namespace RLSeq.Agents;

/// <summary>
/// Modules in a policy file: <c>{"kind": str, "settings": {name: int}, "texts": {name: str}, "tensors": {name: [[length, …], bin]}}</c>,
/// the bin holding little-endian 32-bit floats, row-major.
/// </summary>
internal static class ModuleFormat
{
    private const int MostDimensions = 8;

    public static void Write(ref MessagePackWriter writer, PolicyModule module)
    {
        writer.WriteMapHeader(4);
        writer.Write("kind");
        writer.Write(module.Kind);
        writer.Write("settings");
        Fields.WriteEntries(ref writer, module.Settings.Count);
        foreach ((string name, long value) in module.Settings)
        {
            writer.Write(name);
            writer.Write(value);
        }
        writer.Write("texts");
        WriteTexts(ref writer, module.Texts);
        writer.Write("tensors");
        Fields.WriteEntries(ref writer, module.Tensors.Count);
        foreach ((string name, PolicyTensor tensor) in module.Tensors)
        {
            writer.Write(name);
            writer.WriteArrayHeader(2);
            Numbers.Write(ref writer, tensor.Shape);
            MessagePackFloats.WriteFloats(ref writer, tensor.Values);
        }
    }

    public static PolicyModule Read(ref MessagePackReader reader)
    {
        Fields.Count(reader.ReadMapHeader(), 4, "a module");
        Fields.Expect(ref reader, "kind");
        string kind = Fields.Text(ref reader);
        Fields.Expect(ref reader, "settings");
        var settings = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int left = Fields.Entries(ref reader); left > 0; left--) Fields.Add(settings, Fields.Text(ref reader), reader.ReadInt64());
        Fields.Expect(ref reader, "texts");
        Dictionary<string, string> texts = ReadTexts(ref reader);
        Fields.Expect(ref reader, "tensors");
        var tensors = new Dictionary<string, PolicyTensor>(StringComparer.Ordinal);
        for (int left = Fields.Entries(ref reader); left > 0; left--) Fields.Add(tensors, Fields.Text(ref reader), ReadTensor(ref reader));
        return new PolicyModule(kind, settings, texts, tensors);
    }

    public static void WriteTexts(ref MessagePackWriter writer, IReadOnlyDictionary<string, string> texts)
    {
        Fields.WriteEntries(ref writer, texts.Count);
        foreach ((string name, string value) in texts)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    public static Dictionary<string, string> ReadTexts(ref MessagePackReader reader)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int left = Fields.Entries(ref reader); left > 0; left--) Fields.Add(texts, Fields.Text(ref reader), Fields.Text(ref reader));
        return texts;
    }

    private static PolicyTensor ReadTensor(ref MessagePackReader reader)
    {
        Fields.Count(reader.ReadArrayHeader(), 2, "a weight");
        int[] shape = Numbers.Read(ref reader);
        float[] values = MessagePackFloats.ReadFloats(ref reader);
        long size = 1;
        if (shape.Length > MostDimensions || shape.Any(length => length < 0)) size = -1;
        // Stops before it could overflow: a product above the number of values is wrong whatever follows, unless a 0 follows.
        else foreach (int length in shape) size = size > int.MaxValue ? size : size * length;
        if (size != values.Length) throw new PolicyFormatException($"it has a weight of {values.Length} values whose shape {Shown.Shape(shape.Take(MostDimensions))} does not fit them");
        return new PolicyTensor(shape, values);
    }
}
