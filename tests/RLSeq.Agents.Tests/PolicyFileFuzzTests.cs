using System.Buffers.Binary;
using System.Text;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>Damaged and hostile policy files: the documented exception or a policy that works, and never much memory.</summary>
public sealed class PolicyFileFuzzTests
{
    private static readonly PolicyDefinition Policy = PolicyFiles.WithExample(TestModules.Policy("transformer"));
    private static readonly byte[] Payload = PolicyFormat.Write(Policy);

    [Fact]
    public void Ten_thousand_damaged_files_are_noticed()
    {
        byte[] file = PolicyFile.Write(Policy);
        var random = new RandomSource(1);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] damaged = Mutate(file, ref random);
            if (damaged.AsSpan().SequenceEqual(file)) continue;
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(damaged));
        }
    }

    [Fact]
    public void Twenty_thousand_damaged_payloads_with_a_right_checksum_give_an_error_or_a_policy()
    {
        var random = new RandomSource(2);
        int refused = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20_000; i++)
            if (!IsAccepted(PolicyFiles.Envelope(Mutate(Payload, ref random)))) refused++;
        Assert.InRange(refused, 10_000, 20_000); // changes of a weight's last bits are allowed to pass
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 20_000, 0, 40 * Payload.Length);
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        byte[] file = PolicyFile.Write(Policy);
        for (int length = 0; length < file.Length; length += length < 300 ? 1 : 37)
        {
            byte[] cut = file[..length];
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(cut));
        }
        for (int length = 0; length < Payload.Length; length += length < 300 ? 1 : 37)
        {
            byte[] cut = PolicyFiles.Envelope(Payload.AsSpan(0, length));
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(cut));
        }
        byte[] longer = [.. file, 0xc0], longerPayload = PolicyFiles.Envelope([.. Payload, 0xc0]);
        Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(longer));
        Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(longerPayload));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Another_version_is_refused_by_name(long version) =>
        Assert.Contains($"version {version}", Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(PolicyFiles.Envelope(Payload, version))).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_files_are_refused_as_no_policy()
    {
        foreach (byte[] bytes in new byte[][] { [], [0xc1], "PK\u0003\u0004 a zip archive"u8.ToArray(), new byte[4096], PolicyFiles.Envelope(Payload, magic: "another") })
            Assert.Contains("no policy file", Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lying_lengths_allocate_nothing_to_speak_of()
    {
        // Every header of an array, a map, a bin or a string, replaced by one that claims 2^32 - 1 or 2^31 - 1 entries.
        foreach (byte code in new byte[] { 0xdd, 0xdf, 0xc6, 0xdb })
            foreach (uint length in new[] { uint.MaxValue, (uint)int.MaxValue, 1u << 28 })
                for (int at = 0; at < Payload.Length - 5; at += at < 400 ? 1 : 11)
                {
                    byte[] lying = [.. Payload];
                    lying[at] = code;
                    BinaryPrimitives.WriteUInt32BigEndian(lying.AsSpan(at + 1), length);
                    byte[] file = PolicyFiles.Envelope(lying);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    IsAccepted(file);
                    Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * Payload.Length);
                }
    }

    [Fact]
    public void Shapes_whose_product_overflows_are_refused()
    {
        foreach (int[] shape in new int[][] { [65536, 65536], [65536, 65537], [int.MaxValue, int.MaxValue, int.MaxValue], [-1, -32], [0, int.MaxValue], [1 << 16, 1 << 16, 1 << 16, 1 << 16], [1, 1, 1, 1, 1, 1, 1, 1, 32] })
        {
            var tensors = new Dictionary<string, PolicyTensor>(TestModules.Lstm(8).Tensors, StringComparer.Ordinal);
            tensors["bias"] = new PolicyTensor(shape, tensors["bias"].Values);
            PolicyDefinition bad = Policy with { Memory = TestModules.Lstm(8) with { Tensors = tensors }, Example = null };
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(PolicyFile.Write(bad)));
        }
    }

    [Fact]
    public void Hostile_sizes_are_refused_before_anything_is_allocated_for_them()
    {
        Refuse(Policy with { Memory = TestModules.Memory("transformer") with { Settings = Sizes(8, 2, 2, (1 << 20) - 1, 12) } });
        Refuse(Policy with { Memory = TestModules.Memory("transformer") with { Settings = Sizes(1 << 14, 256, 1, 1 << 20, 12) } });
        Refuse(Policy with { Memory = TestModules.Memory("transformer") with { Settings = Sizes(8, 2, 0, 3, 12) } });
        Refuse(Policy with { ObservationSpace = Space.Discrete(1 << 24) });
        Refuse(Policy with { ObservationSpace = Space.Box(0, 1, 1 << 15, 1 << 15) });

        static void Refuse(PolicyDefinition definition)
        {
            byte[] file = PolicyFile.Write(definition with { Normalization = null, Example = null });
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * file.Length);
        }

        static Dictionary<string, long> Sizes(long hidden, long layers, long heads, long context, long ffn) =>
            new(StringComparer.Ordinal) { ["hidden"] = hidden, ["layers"] = layers, ["heads"] = heads, ["context"] = context, ["ffn"] = ffn };
    }

    [Fact]
    public void A_space_too_large_to_count_is_refused()
    {
        // A box of 2^20 × 2^20 and a tuple of tuples, as bytes: the classes themselves refuse to make them.
        foreach (string space in new[] { "95 a3 626f78 ca00000000 ca3f800000 a7 666c6f61743332 92 ce00100000 ce00100000", "92 a5 7475706c65 91 92 a5 7475706c65 91 92 a8 6469736372657465 02", "92 a8 6469736372657465 00", "92 a5 7475706c65 90" })
        {
            byte[] prefix = [0x89, 0xb1, .. Encoding.ASCII.GetBytes("observation_space")];
            Assert.True(Payload.AsSpan().StartsWith(prefix));
            byte[] file = PolicyFiles.Envelope([.. prefix, .. Convert.FromHexString(space.Replace(" ", "", StringComparison.Ordinal)), .. Payload[prefix.Length..]]);
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(file));
        }
    }

    private static bool IsAccepted(byte[] file)
    {
        try
        {
            PolicyDefinition policy = PolicyFile.Read(file);
            _ = new AgentBatch(PolicyNetwork.From(policy), 1);
            return true;
        }
        catch (PolicyFormatException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
            return false;
        }
    }

    private static byte[] Mutate(byte[] bytes, ref RandomSource random)
    {
        byte[] mutated = [.. bytes];
        for (int changes = 1 + random.NextInt(4); changes > 0; changes--)
        {
            int at = random.NextInt(2) == 0 ? random.NextInt(mutated.Length) : random.NextInt(Math.Min(600, mutated.Length));
            switch (random.NextInt(4))
            {
                case 0: mutated[at] = (byte)random.NextInt(256); break;
                case 1: mutated[at] ^= (byte)(1 << random.NextInt(8)); break;
                case 2: mutated = [.. mutated[..at], .. mutated[Math.Min(mutated.Length, at + 1 + random.NextInt(8))..], 0]; break;
                default: mutated = [.. mutated[..at], (byte)random.NextInt(256), .. mutated[at..]]; break;
            }
        }
        return mutated;
    }
}
