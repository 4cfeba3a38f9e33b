using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>Damaged and hostile policy files: the documented exception or a policy that works, and never much memory.</summary>
public sealed class PolicyFileFuzzTests
{
    private static readonly PolicyDefinition Policy = FuzzSeeds.Policy("transformer");
    private static readonly byte[] Payload = PolicyFormat.Write(Policy);

    public static TheoryData<string> Seeds => [.. FuzzSeeds.Names];

    /// <summary>As a bad disk or download leaves a file: the checksum tells.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Damaged_files_are_noticed(string seed)
    {
        byte[] file = PolicyFile.Write(FuzzSeeds.Policy(seed));
        var random = new RandomSource(1);
        for (int i = 0; i < FuzzSeeds.Mutations / 10; i++)
        {
            byte[] damaged = ByteMutator.Mutate(file, ref random);
            if (!damaged.AsSpan().SequenceEqual(file)) Assert.False(IsAccepted(damaged, seed, i));
        }
    }

    /// <summary>The same, the checksum being mended, so that the parser itself must notice; changes of a weight's last bits are allowed to pass.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Damaged_payloads_with_a_right_checksum_give_an_error_or_a_policy_that_acts(string seed)
    {
        byte[] payload = PolicyFormat.Write(FuzzSeeds.Policy(seed));
        var random = new RandomSource(2);
        int count = FuzzSeeds.Mutations * 3 / 10, refused = 0;
        for (int i = 0; i < count; i++)
            if (!IsAccepted(PolicyFiles.Envelope(ByteMutator.Mutate(payload, ref random)), seed, i)) refused++;
        Assert.InRange(refused, count / 2, count);
    }

    /// <summary>As somebody changes a file who knows the format and means harm.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_payloads_give_an_error_or_a_policy_that_acts(string seed)
    {
        var mutator = new DocumentMutator(PolicyFormat.Write(FuzzSeeds.Policy(seed)));
        var random = new RandomSource(3);
        int count = FuzzSeeds.Mutations * 5 / 10, refused = 0;
        for (int i = 0; i < count; i++)
            if (!IsAccepted(PolicyFiles.Envelope(mutator.Mutate(ref random)), seed, i)) refused++;
        Assert.InRange(refused, count / 2, count - 1); // some changes are harmless: another number of training steps, no normalisation
    }

    /// <summary>The envelope changed in the same way: another name, other versions and checksums, a payload that is something else.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_envelopes_are_refused(string seed)
    {
        byte[] file = PolicyFile.Write(FuzzSeeds.Policy(seed));
        var mutator = new DocumentMutator(file);
        var random = new RandomSource(4);
        for (int i = 0; i < FuzzSeeds.Mutations / 10; i++)
        {
            byte[] hostile = mutator.Mutate(ref random);
            // The same number or bytes may be written with more bytes than they need, which is no harm.
            if (IsAccepted(hostile, seed, i)) Assert.Equal(PolicyFile.Write(PolicyFile.Read(file)), PolicyFile.Write(PolicyFile.Read(hostile)));
        }
    }

    [Fact]
    public void That_is_a_hundred_thousand_mutations() => Assert.InRange(FuzzSeeds.Mutations / 10 * 10 * FuzzSeeds.Names.Count, 100_000, 200_000);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_truncation_is_noticed_and_called_one(string seed)
    {
        PolicyDefinition policy = FuzzSeeds.Policy(seed);
        byte[] file = PolicyFile.Write(policy), payload = PolicyFormat.Write(policy);
        for (int length = 0; length < file.Length; length += length < 300 ? 1 : 7) Refuse(file[..length]);
        for (int length = 0; length < payload.Length; length += length < 300 ? 1 : 7) Refuse(PolicyFiles.Envelope(payload.AsSpan(0, length)));
        byte[] longer = [.. file, 0xc0], longerPayload = PolicyFiles.Envelope([.. payload, 0xc0]);
        Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(longer));
        Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(longerPayload));

        static void Refuse(byte[] cut) => Assert.Contains("cut off", Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(cut)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
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

    /// <summary>What costs the most memory for its bytes: names, tiny tensors and parts, and layers of one output, which are padded to whole vectors.</summary>
    [Fact]
    public void Files_of_many_tiny_parts_stay_within_the_bound()
    {
        const int Many = 20_000, MostNames = 8192;
        string[] names = [.. Enumerable.Range(0, MostNames).Select(i => Convert.ToString(i, 16))];
        PolicyDefinition policy = FuzzSeeds.Policy("none") with { Example = null, Normalization = null };
        PolicyTensor one = new([1], [1]);
        IsAccepted(PolicyFile.Write(policy with { Memory = policy.Memory with { Settings = names.ToDictionary(name => name, _ => 1L) } }));
        IsAccepted(PolicyFile.Write(policy with { Memory = policy.Memory with { Texts = names.ToDictionary(name => name, _ => "") } }));
        IsAccepted(PolicyFile.Write(policy with { Memory = policy.Memory with { Tensors = names.ToDictionary(name => name, _ => one) } }));
        Assert.True(IsAccepted(PolicyFile.Write(policy with { Provenance = names.ToDictionary(name => name, _ => "") })));
        IsAccepted(PolicyFile.Write(policy with { ActionSpace = Space.MultiDiscrete([.. Enumerable.Repeat(2, Many)]) }));
        IsAccepted(PolicyFile.Write(policy with { ObservationSpace = Space.Tuple([.. Enumerable.Repeat(Space.Discrete(2), Many)]) }));
        Assert.True(IsAccepted(PolicyFile.Write(policy with
        {
            ObservationSpace = Space.Box(0, 1, Many),
            Encoder = TestModules.Mlp("relu", "narrow", Many, 1),
            PolicyHead = TestModules.Linear(1, 5, "head"),
            ValueHead = TestModules.Linear(1, 1, "head"),
        })));
    }

    [Fact]
    public void Heads_of_one_number_that_would_widen_the_cache_beyond_all_bounds_are_refused()
    {
        // 2^25 numbers of state are allowed, but heads of one number are kept as 16 columns each.
        PolicyModule module = TestModules.Transformer(8, 1, 8, 0, 4);
        var settings = new Dictionary<string, long>(module.Settings, StringComparer.Ordinal) { ["hidden"] = 1 << 14, ["heads"] = 1 << 14, ["context"] = 500 };
        PolicyFormatException exception = Assert.Throws<PolicyFormatException>(() => MemoryKernels.Create(module with { Settings = settings }, 1));
        Assert.Contains("floats of state per row", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_space_too_large_to_count_is_refused()
    {
        // A box of 2^20 × 2^20 and a tuple of tuples, as bytes: the classes themselves refuse to make them.
        foreach (string space in new[] { "95 a3 626f78 ca00000000 ca3f800000 a7 666c6f61743332 92 ce00100000 ce00100000", "92 a5 7475706c65 91 92 a5 7475706c65 91 92 a8 6469736372657465 02", "92 a8 6469736372657465 00", "92 a5 7475706c65 90" })
        {
            byte[] prefix = [0x8b, 0xb1, .. Encoding.ASCII.GetBytes("observation_space")];
            Assert.True(Payload.AsSpan().StartsWith(prefix));
            byte[] file = PolicyFiles.Envelope([.. prefix, .. Convert.FromHexString(space.Replace(" ", "", StringComparison.Ordinal)), .. Payload[prefix.Length..]]);
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(file));
        }
    }

    /// <summary>The state that a file's example runs on, where it gets that far: sizes that no weight depends on, as a context and heads without biases, may be any.</summary>
    private static long BytesOfTheExamplesState(byte[] file)
    {
        try
        {
            var reader = new MessagePackReader(file);
            reader.ReadArrayHeader();
            reader.Skip();
            long version = reader.ReadInt64();
            reader.Skip();
            PolicyDefinition policy = PolicyFormat.Read(reader.ReadBytes()!.Value.ToArray(), version);
            if (policy.Example is null) return 0;
            // Cached values have whole vectors per head.
            long vectors = policy.Memory.Settings.TryGetValue("heads", out long heads) ? Math.Max(1, SimdWidth.Widest * heads / policy.Memory.Settings["hidden"]) : 1;
            return vectors * MemoryKernels.Pack(policy.Memory).Layout.Bytes;
        }
        catch (Exception exception) when (exception is PolicyFormatException or MessagePackSerializationException or EndOfStreamException or ArgumentException or OverflowException)
        {
            return 0;
        }
    }

    /// <summary>Reads a file as <see cref="PolicyFile"/> promises: within the allocations that it documents, with its one exception or a policy that acts.</summary>
    private static bool IsAccepted(byte[] file, string seed = "a hand-made file", int mutation = 0)
    {
        PolicyDefinition? policy = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            policy = PolicyFile.Read(file);
        }
        catch (PolicyFormatException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
            Assert.InRange(exception.Message.Length, 20, 600);
        }
        catch (Exception exception)
        {
            Assert.Fail($"Mutation {mutation} of '{seed}' gave {exception}");
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long allowed = (64 * file.Length) + (64 << 10);
        if (allocated > allowed) allowed += 8 * BytesOfTheExamplesState(file);
        Assert.True(allocated <= allowed, $"Mutation {mutation} of '{seed}', {file.Length} bytes, made reading allocate {allocated} bytes; allowed were {allowed}.");
        if (policy is null) return false;

        PolicyNetwork network = PolicyNetwork.From(policy);
        float[] observation = new float[policy.ObservationSpace.Size], action = new float[network.Distribution.ActionSize], one = new float[1];
        var agents = new AgentBatch(network, 1);
        try
        {
            agents.Act([0], observation, action, one, one, ActionSelection.Sample);
        }
        catch (ArithmeticException)
        {
            // Weights that are finite and far too large: the documented exception of acting.
        }
        return true;
    }
}
