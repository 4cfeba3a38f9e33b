using System.Buffers;
using MessagePack;
using RLSeq.Agents;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// An evaluation's record: one MessagePack map, which Python reads with <c>msgpack.unpackb(open("evaluation.msgpack", "rb").read())</c>.
/// </summary>
/// <remarks>
/// Keys: <c>policy</c> (a map: environment, memory, seed, steps, version), <c>seed</c>, <c>selection</c> (mode or sample), <c>seconds</c>,
/// <c>allocated_bytes</c>, <c>returns</c> and <c>lengths</c> (one number per episode), <c>latency_warmup_actions</c> and <c>latency</c>: pairs
/// of nanoseconds and count, from fast to slow.
/// </remarks>
public static class EvaluationFile
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string Name = "evaluation.msgpack";

    /// <summary>Writes a record, beside and then renamed.</summary>
    /// <param name="path">Where it will stand.</param>
    /// <param name="policy">Where the policy comes from.</param>
    /// <param name="settings">How it was evaluated.</param>
    /// <param name="result">What came out.</param>
    public static void Write(string path, IReadOnlyDictionary<string, string> policy, EvaluationSettings settings, EvaluationResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(9);
        writer.Write("policy");
        writer.WriteMapHeader(policy.Count);
        foreach ((string key, string value) in policy)
        {
            writer.Write(key);
            writer.Write(value);
        }
        writer.Write("seed");
        writer.Write(settings.Seed);
        writer.Write("selection");
        writer.Write(settings.Selection == ActionSelection.Mode ? "mode" : "sample");
        writer.Write("seconds");
        writer.Write(result.Seconds);
        writer.Write("allocated_bytes");
        writer.Write(result.AllocatedBytes);
        writer.Write("returns");
        writer.WriteArrayHeader(result.Returns.Length);
        foreach (double value in result.Returns) writer.Write(value);
        writer.Write("lengths");
        writer.WriteArrayHeader(result.Lengths.Length);
        foreach (int length in result.Lengths) writer.Write(length);
        writer.Write("latency_warmup_actions");
        writer.Write(result.Latency.Warmup?.Count ?? 0);
        writer.Write("latency");
        LatencyCount[] buckets = result.Latency.Buckets();
        writer.WriteArrayHeader(buckets.Length);
        foreach (LatencyCount bucket in buckets)
        {
            writer.WriteArrayHeader(2);
            writer.Write(bucket.Value);
            writer.Write(bucket.Count);
        }
        writer.Flush();
        AtomicFile.Write(path, buffer.WrittenSpan);
    }
}
