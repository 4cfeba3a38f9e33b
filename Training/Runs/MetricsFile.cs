using System.Buffers;
using MessagePack;

namespace RLSeq.Training;

/// <summary>
/// The metrics of a run: a stream of MessagePack maps, one per update, appended as they come. Python reads it with
/// <c>msgpack.Unpacker(open("metrics.msgpack", "rb"))</c>. A last entry that a crash cut off is left out on reading.
/// </summary>
public static class MetricsFile
{
    /// <summary>The numbers of an update by name, in the order in which they are written.</summary>
    /// <param name="progress">The update.</param>
    public static IReadOnlyList<(string Name, double Value)> Fields(TrainingProgress progress) =>
    [
        ("update", progress.Update), ("steps", progress.Steps), ("seconds", progress.Seconds),
        ("collect_seconds", progress.CollectSeconds), ("update_seconds", progress.UpdateSeconds),
        ("episodes", progress.Episodes), ("return_mean", progress.Return), ("length_mean", progress.EpisodeLength), ("learning_rate", progress.LearningRate),
        ("policy_loss", progress.Learning.PolicyLoss), ("value_loss", progress.Learning.ValueLoss), ("entropy", progress.Learning.Entropy),
        ("kl_divergence", progress.Learning.KlDivergence), ("clip_fraction", progress.Learning.ClipFraction), ("gradient_norm", progress.Learning.GradientNorm),
        ("first_ratio_error", progress.Learning.FirstRatioError), ("epochs", progress.Learning.Epochs),
        ("environment_failures", progress.EnvironmentFailures),
        .. Fields(progress.Clock),
    ];

    /// <summary>What is written under a clock only.</summary>
    private static IEnumerable<(string Name, double Value)> Fields(ClockMetrics? clock) => clock is null ? [] :
    [
        ("ticks_per_decision", clock.TicksPerDecision), ("miss_rate", clock.MissRate), ("dropped_observations", clock.Dropped), ("applied_share", clock.AppliedShare),
    ];

    /// <summary>Appends an update's entry.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="progress">The update.</param>
    public static void Append(Stream stream, TrainingProgress progress)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        IReadOnlyList<(string Name, double Value)> fields = Fields(progress);
        writer.WriteMapHeader(fields.Count);
        foreach ((string name, double value) in fields)
        {
            writer.Write(name);
            writer.Write(value);
        }
        writer.Flush();
        stream.Write(buffer.WrittenSpan);
        stream.Flush();
    }

    /// <summary>Reads the entries of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The entries, and the bytes that hold whole ones.</returns>
    public static (IReadOnlyList<IReadOnlyDictionary<string, double>> Entries, long Bytes) Read(string path)
    {
        var entries = new List<IReadOnlyDictionary<string, double>>();
        var reader = new MessagePackReader(File.ReadAllBytes(path));
        long whole = 0;
        try
        {
            while (!reader.End)
            {
                var entry = new Dictionary<string, double>(StringComparer.Ordinal);
                for (int left = reader.ReadMapHeader(); left > 0; left--) entry[reader.ReadString() ?? ""] = reader.ReadDouble();
                entries.Add(entry);
                whole = reader.Consumed;
            }
        }
        catch (MessagePackSerializationException)
        {
            // The end was cut off while it was written; what stands before it is whole.
        }
        return (entries, whole);
    }

    /// <summary>Cuts a file back to the updates that a checkpoint knows, so that a resumed run does not record them twice.</summary>
    /// <param name="path">The file.</param>
    /// <param name="updates">The updates done at the checkpoint.</param>
    public static void CutTo(string path, long updates)
    {
        if (!File.Exists(path)) return;
        var reader = new MessagePackReader(File.ReadAllBytes(path));
        long keep = 0;
        try
        {
            for (long i = 0; i < updates && !reader.End; i++)
            {
                reader.Skip();
                keep = reader.Consumed;
            }
        }
        catch (MessagePackSerializationException)
        {
            // As in Read: everything before the cut is whole.
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        stream.SetLength(keep);
    }
}
