using MessagePack;

namespace RLSeq.Agents;

/// <summary>
/// What a conversion cost, in a policy file: nil, or <c>{"steps": int, "mode_agreement": float, "sample_agreement": float, "mean_kl":
/// float, "largest_kl": float, "mean_value_error": float, "episodes": int, "return_before": float or nil, "return_after": float or nil}</c>.
/// </summary>
internal static class ConversionFormat
{
    private const int FieldCount = 9;

    public static void Write(ref MessagePackWriter writer, ConversionLoss? loss)
    {
        if (loss is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteMapHeader(FieldCount);
        writer.Write("steps");
        writer.Write(loss.Steps);
        writer.Write("mode_agreement");
        writer.Write(loss.ModeAgreement);
        writer.Write("sample_agreement");
        writer.Write(loss.SampleAgreement);
        writer.Write("mean_kl");
        writer.Write(loss.MeanKl);
        writer.Write("largest_kl");
        writer.Write(loss.LargestKl);
        writer.Write("mean_value_error");
        writer.Write(loss.MeanValueError);
        writer.Write("episodes");
        writer.Write(loss.Episodes);
        writer.Write("return_before");
        WriteOptional(ref writer, loss.ReturnBefore);
        writer.Write("return_after");
        WriteOptional(ref writer, loss.ReturnAfter);
    }

    public static ConversionLoss? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        Fields.Count(reader.ReadMapHeader(), FieldCount, "the conversion");
        Fields.Expect(ref reader, "steps");
        long steps = reader.ReadInt64();
        double mode = Number(ref reader, "mode_agreement"), sample = Number(ref reader, "sample_agreement");
        double mean = Number(ref reader, "mean_kl"), largest = Number(ref reader, "largest_kl"), value = Number(ref reader, "mean_value_error");
        Fields.Expect(ref reader, "episodes");
        int episodes = reader.ReadInt32();
        return new ConversionLoss(steps, mode, sample, mean, largest, value)
        {
            Episodes = episodes,
            ReturnBefore = OptionalNumber(ref reader, "return_before"),
            ReturnAfter = OptionalNumber(ref reader, "return_after"),
        };
    }

    private static void WriteOptional(ref MessagePackWriter writer, double? value)
    {
        if (value is { } number) writer.Write(number);
        else writer.WriteNil();
    }

    private static double Number(ref MessagePackReader reader, string name)
    {
        Fields.Expect(ref reader, name);
        return reader.ReadDouble();
    }

    private static double? OptionalNumber(ref MessagePackReader reader, string name)
    {
        Fields.Expect(ref reader, name);
        return reader.TryReadNil() ? null : reader.ReadDouble();
    }
}
