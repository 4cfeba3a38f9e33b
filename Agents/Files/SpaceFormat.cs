using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// Spaces in a policy file: <c>["discrete", n]</c>, <c>["multi_discrete", [n, …]]</c>, <c>["box", low, high, "float32"|"uint8", [length, …]]</c>
/// and <c>["tuple", [part, …]]</c>, whose parts are none themselves.
/// </summary>
internal static class SpaceFormat
{
    public static void Write(ref MessagePackWriter writer, Space space)
    {
        switch (space)
        {
            case DiscreteSpace discrete:
                writer.WriteArrayHeader(2);
                writer.Write("discrete");
                writer.Write(discrete.Count);
                break;
            case MultiDiscreteSpace multi:
                writer.WriteArrayHeader(2);
                writer.Write("multi_discrete");
                Numbers.Write(ref writer, multi.Counts);
                break;
            case BoxSpace box:
                writer.WriteArrayHeader(5);
                writer.Write("box");
                writer.Write(box.Low);
                writer.Write(box.High);
                writer.Write(box.Element == BoxElement.UInt8 ? "uint8" : "float32");
                Numbers.Write(ref writer, box.Shape);
                break;
            case TupleSpace tuple:
                writer.WriteArrayHeader(2);
                writer.Write("tuple");
                writer.WriteArrayHeader(tuple.Parts.Count);
                foreach (Space part in tuple.Parts) Write(ref writer, part);
                break;
            default:
                throw new PolicyFormatException($"A space of type {space.GetType().Name} cannot be written into a policy file.");
        }
    }

    public static Space Read(ref MessagePackReader reader, bool isPart = false)
    {
        int fields = reader.ReadArrayHeader();
        string kind = reader.ReadString() ?? "";
        switch (kind, fields)
        {
            case ("discrete", 2):
                return Space.Discrete(reader.ReadInt32());
            case ("multi_discrete", 2):
                return Space.MultiDiscrete(Numbers.Read(ref reader));
            case ("box", 5):
                (float low, float high) = (reader.ReadSingle(), reader.ReadSingle());
                BoxElement element = reader.ReadString() switch
                {
                    "float32" => BoxElement.Float32,
                    "uint8" => BoxElement.UInt8,
                    var other => throw new PolicyFormatException($"it has a box of '{Shown.Text(other ?? "nil")}'; expected float32 or uint8"),
                };
                return new BoxSpace(low, high, element, Numbers.Read(ref reader));
            case ("tuple", 2) when !isPart:
                var parts = new List<Space>();
                for (int left = reader.ReadArrayHeader(); left > 0; left--) parts.Add(Read(ref reader, isPart: true));
                return Space.Tuple([.. parts]);
            default:
                throw new PolicyFormatException($"it has a space of kind '{Shown.Text(kind)}' with {fields} fields, which this version does not know");
        }
    }
}
