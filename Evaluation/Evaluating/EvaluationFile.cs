using System.Buffers;
using MessagePack;
using RLSeq.Agents;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// An evaluation's record: one MessagePack map, which Python reads with <c>msgpack.unpackb(open("evaluation.msgpack", "rb").read())</c>. Its
/// schema is <c>docs/records.md</c>.
/// </summary>
public static class EvaluationFile
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string Name = "evaluation.msgpack";

    /// <summary>The version of the schema; 1 had neither episodes nor a clock.</summary>
    public const int Format = 2;

    /// <summary>Writes a record, beside and then renamed.</summary>
    /// <param name="path">Where it will stand.</param>
    /// <param name="policy">Where the policy comes from.</param>
    /// <param name="settings">How it was evaluated.</param>
    /// <param name="result">What came out.</param>
    public static void Write(string path, IReadOnlyDictionary<string, string> policy, EvaluationSettings settings, EvaluationResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(16);
        Key(ref writer, "format").Write(Format);
        Key(ref writer, "policy").WriteMapHeader(policy.Count);
        foreach ((string key, string value) in policy) Key(ref writer, key).Write(value);
        Key(ref writer, "seed").Write(settings.Seed);
        Key(ref writer, "selection").Write(settings.Selection == ActionSelection.Mode ? "mode" : "sample");
        Key(ref writer, "seconds").Write(result.Seconds);
        Key(ref writer, "clock");
        WriteClock(ref writer, result.Clock);
        Key(ref writer, "allocated_bytes").Write(result.AllocatedBytes);
        Key(ref writer, "collections");
        Write(ref writer, result.Collections);
        Key(ref writer, "returns").WriteArrayHeader(result.Returns.Length);
        foreach (double value in result.Returns) writer.Write(value);
        Key(ref writer, "lengths").WriteArrayHeader(result.Lengths.Length);
        foreach (int length in result.Lengths) writer.Write(length);
        Key(ref writer, "latency_warmup_actions").Write(result.Warmup.Count);
        Key(ref writer, "latency_warmup");
        Write(ref writer, result.Warmup);
        Key(ref writer, "latency");
        Write(ref writer, result.Latency);
        Key(ref writer, "positions");
        WritePositions(ref writer, result.Positions);
        Key(ref writer, "jitter");
        WriteJitter(ref writer, result.Jitter);
        Key(ref writer, "episodes").WriteArrayHeader(result.Episodes.Count);
        foreach (EpisodeRecord episode in result.Episodes) WriteEpisode(ref writer, episode);
        writer.Flush();
        AtomicFile.Write(path, buffer.WrittenSpan);
    }

    private static void WriteClock(ref MessagePackWriter writer, EvaluationClock? clock)
    {
        if (clock is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteMapHeader(7);
        Key(ref writer, "kind").Write(clock.Wall ? "wall" : "simulated");
        Key(ref writer, "period_ns").Write(clock.Settings.PeriodNanoseconds);
        Key(ref writer, "deadline_ns").Write(clock.Settings.DeadlineNanoseconds);
        Key(ref writer, "action_delay").Write(clock.Settings.ActionDelay);
        Key(ref writer, "on_miss").Write(OnMissNames.NameOf(clock.Settings.OnMiss));
        Key(ref writer, "slow_down").Write(clock.Settings.SlowDown);
        Key(ref writer, "latency").Write(clock.Replayed?.ToString() ?? "measured");
    }

    private static void WriteEpisode(ref MessagePackWriter writer, EpisodeRecord episode)
    {
        writer.WriteMapHeader(13);
        Key(ref writer, "return").Write(episode.Return);
        Key(ref writer, "length").Write(episode.Counts.Ticks);
        Key(ref writer, "success");
        if (episode.Success is { } success) writer.Write(success);
        else writer.WriteNil();
        Key(ref writer, "decisions").Write(episode.Counts.Decisions);
        Key(ref writer, "misses").Write(episode.Counts.Misses);
        Key(ref writer, "dropped").Write(episode.Counts.Dropped);
        Key(ref writer, "own").Write(episode.Counts.Own);
        Key(ref writer, "late").Write(episode.Counts.Late);
        Key(ref writer, "filled").Write(episode.Counts.Filled);
        Key(ref writer, "latency");
        Write(ref writer, episode.Latency);
        Key(ref writer, "allocated_bytes").Write(episode.AllocatedBytes);
        Key(ref writer, "collections");
        Write(ref writer, episode.Collections);
        Key(ref writer, "jitter");
        if (episode.Jitter is null) writer.WriteNil();
        else Write(ref writer, episode.Jitter);
    }

    private static void WritePositions(ref MessagePackWriter writer, LatencyRecording positions)
    {
        writer.WriteArrayHeader(positions.Segments.Count);
        for (int segment = 0; segment < positions.Segments.Count; segment++)
        {
            writer.WriteMapHeader(3);
            Key(ref writer, "from").Write(LatencyRecording.From(segment));
            Key(ref writer, "to").Write(LatencyRecording.To(segment));
            Key(ref writer, "latency");
            Write(ref writer, positions.Segments[segment]);
        }
    }

    private static void WriteJitter(ref MessagePackWriter writer, ClockJitter? jitter)
    {
        if (jitter is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteMapHeader(4);
        Key(ref writer, "exact_ticks").Write(jitter.ExactTicks);
        Key(ref writer, "published");
        Write(ref writer, jitter.Published);
        Key(ref writer, "wake_ups");
        Write(ref writer, jitter.WakeUps);
        Key(ref writer, "added");
        Write(ref writer, jitter.Added);
    }

    private static void Write(ref MessagePackWriter writer, LatencyHistogram histogram)
    {
        LatencyCount[] buckets = histogram.Buckets();
        writer.WriteArrayHeader(buckets.Length);
        foreach (LatencyCount bucket in buckets)
        {
            writer.WriteArrayHeader(2);
            writer.Write(bucket.Value);
            writer.Write(bucket.Count);
        }
    }

    private static void Write(ref MessagePackWriter writer, LatencySummary summary)
    {
        writer.WriteMapHeader(7);
        Key(ref writer, "count").Write(summary.Count);
        Key(ref writer, "mean").Write(summary.Mean);
        Key(ref writer, "p50").Write(summary.P50);
        Key(ref writer, "p90").Write(summary.P90);
        Key(ref writer, "p99").Write(summary.P99);
        Key(ref writer, "p999").Write(summary.P999);
        Key(ref writer, "max").Write(summary.Max);
    }

    private static void Write(ref MessagePackWriter writer, CollectionCounts collections)
    {
        writer.WriteArrayHeader(3);
        foreach (long count in (ReadOnlySpan<long>)[collections.Gen0, collections.Gen1, collections.Gen2]) writer.Write(count);
    }

    /// <summary>Writes a key, and gives the writer back for its value.</summary>
    private static ref MessagePackWriter Key(ref MessagePackWriter writer, string key)
    {
        writer.Write(key);
        return ref writer;
    }
}
