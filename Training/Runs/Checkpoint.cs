using System.Buffers;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// Saves all that a trainer needs to go on exactly as if it had not stopped: weights, Adam's moments, generators, statistics, the
/// environments and the memory states of their agents.
/// </summary>
internal static class Checkpoint
{
    private const int Fields = 11;

    public static byte[] Save(Trainer trainer)
    {
        if (trainer.IsAhead) throw new InvalidOperationException("A rollout was collected ahead, which a checkpoint does not hold; save after an update that pauses overlap.");
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Fields);
        writer.Write(ConfigurationFile.Write(trainer.Configuration));
        writer.Write(trainer.Updates);
        writer.Write(trainer.Seconds);
        WriteWeights(ref writer, trainer);
        WriteOptimizer(ref writer, trainer);
        (ulong s0, ulong s1, ulong s2, ulong s3) = trainer.Shuffle.State;
        writer.WriteArrayHeader(4);
        writer.Write(s0);
        writer.Write(s1);
        writer.Write(s2);
        writer.Write(s3);
        writer.Write(trainer.Observed.Count);
        WriteNumbers(ref writer, [.. trainer.Observed.Values, .. trainer.Rewarded.Values]);
        WriteEpisodes(ref writer, trainer.Episodes);
        WriteAgents(ref writer, trainer);
        if (trainer.Environments.CanSave) trainer.Environments.Save(ref writer);
        else writer.WriteNil();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The configuration of a saved run.</summary>
    public static TrainingConfiguration Configuration(byte[] payload, string path)
    {
        var reader = new MessagePackReader(payload);
        if (reader.ReadArrayHeader() != Fields) throw new MessagePackSerializationException("it has another number of fields");
        return ConfigurationFile.Read(reader.ReadString() ?? "", path, new TrainingConfiguration());
    }

    /// <summary>Sets a trainer of the same configuration to the saved state.</summary>
    /// <returns>Whether the environments went on where they were; otherwise they began new episodes.</returns>
    public static bool Restore(Trainer trainer, byte[] payload)
    {
        var reader = new MessagePackReader(payload);
        reader.ReadArrayHeader();
        reader.Skip(); // the configuration, from which the trainer was made
        trainer.Updates = reader.ReadInt64();
        trainer.Seconds = reader.ReadDouble();
        ReadWeights(ref reader, trainer);
        ReadOptimizer(ref reader, trainer);
        reader.ReadArrayHeader();
        trainer.Shuffle = new RandomSource((reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64()));
        long observed = reader.ReadInt64();
        double[] numbers = ReadNumbers(ref reader);
        int split = trainer.Observed.Values.Length;
        trainer.Observed.Restore(observed, numbers.AsSpan(0, split));
        trainer.Rewarded.Restore(numbers.AsSpan(split));
        if (trainer.Configuration.Ppo.NormalizeObservations) trainer.Network.Encoder.Normalize(trainer.Observed.ToNormalization());
        ReadEpisodes(ref reader, trainer.Episodes);
        trainer.Collector.TakeWeights();
        ReadAgents(ref reader, trainer);
        if (reader.TryReadNil())
        {
            // New episodes, and other ones than those that the run began with.
            trainer.Environments.Reset(RandomSource.Derive(RandomSource.Derive(trainer.Configuration.Seed, 1), (ulong)trainer.Updates));
            trainer.Rewarded.BeginEpisodes();
            return false;
        }
        trainer.Environments.Restore(ref reader);
        return true;
    }

    private static void WriteWeights(ref MessagePackWriter writer, Trainer trainer)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = trainer.Network.state_dict();
        writer.WriteMapHeader(weights.Count);
        foreach ((string name, Tensor weight) in weights)
        {
            writer.Write(name);
            MessagePackFloats.WriteFloats(ref writer, weight.detach().cpu().contiguous().data<float>().ToArray());
        }
    }

    private static void ReadWeights(ref MessagePackReader reader, Trainer trainer)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable _ = no_grad();
        Dictionary<string, Tensor> weights = trainer.Network.state_dict();
        int count = reader.ReadMapHeader();
        if (count != weights.Count) throw new MessagePackSerializationException($"it has {count} weights, and the network {weights.Count}");
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString() ?? "";
            float[] values = MessagePackFloats.ReadFloats(ref reader);
            if (!weights.TryGetValue(name, out Tensor? weight) || weight.numel() != values.Length)
                throw new MessagePackSerializationException($"its weight '{name}' of {values.Length} values does not fit the network");
            weight.copy_(tensor(values, weight.shape));
        }
    }

    private static void WriteOptimizer(ref MessagePackWriter writer, Trainer trainer)
    {
        using var stream = new MemoryStream();
        using (var binary = new BinaryWriter(stream)) trainer.Optimizer.save_state_dict(binary);
        writer.Write(stream.ToArray());
    }

    private static void ReadOptimizer(ref MessagePackReader reader, Trainer trainer)
    {
        using var stream = new MemoryStream(reader.ReadBytes()?.ToArray() ?? []);
        using var binary = new BinaryReader(stream);
        trainer.Optimizer.load_state_dict(binary);
    }

    private static void WriteNumbers(ref MessagePackWriter writer, double[] numbers)
    {
        writer.WriteArrayHeader(numbers.Length);
        foreach (double number in numbers) writer.Write(number);
    }

    private static double[] ReadNumbers(ref MessagePackReader reader)
    {
        var numbers = new double[reader.ReadArrayHeader()];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = reader.ReadDouble();
        return numbers;
    }

    private static void WriteEpisodes(ref MessagePackWriter writer, EpisodeWindow episodes)
    {
        (double Return, long Length)[] last = [.. episodes.Last];
        writer.WriteArrayHeader(1 + (2 * last.Length));
        writer.Write(episodes.Count);
        foreach ((double total, long length) in last)
        {
            writer.Write(total);
            writer.Write(length);
        }
    }

    private static void ReadEpisodes(ref MessagePackReader reader, EpisodeWindow episodes)
    {
        var last = new (double Return, long Length)[reader.ReadArrayHeader() / 2];
        long count = reader.ReadInt64();
        for (int i = 0; i < last.Length; i++) last[i] = (reader.ReadDouble(), reader.ReadInt64());
        episodes.Restore(count, last);
    }

    private static void WriteAgents(ref MessagePackWriter writer, Trainer trainer)
    {
        var state = new float[trainer.Network.Memory.Layout.Size];
        writer.WriteArrayHeader(2 * trainer.Environments.Rows);
        for (int row = 0; row < trainer.Environments.Rows; row++)
        {
            writer.Write(trainer.Collector.Save(row, state));
            MessagePackFloats.WriteFloats(ref writer, state);
        }
    }

    private static void ReadAgents(ref MessagePackReader reader, Trainer trainer)
    {
        int rows = reader.ReadArrayHeader() / 2, size = trainer.Network.Memory.Layout.Size;
        if (rows != trainer.Environments.Rows) throw new MessagePackSerializationException($"it has {rows} rows of environments, and the configuration {trainer.Environments.Rows}");
        var state = new float[size];
        for (int row = 0; row < rows; row++)
        {
            ulong steps = reader.ReadUInt64();
            MessagePackFloats.ReadFloats(ref reader, state);
            trainer.Collector.Restore(row, state, steps);
        }
    }
}
