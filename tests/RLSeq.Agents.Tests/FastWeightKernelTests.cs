namespace RLSeq.Agents.Tests;

/// <summary>The kernels of fast weights: one number at a time they give the bits that the widest vectors give, and the delta rule does what it says.</summary>
public sealed unsafe class FastWeightKernelTests
{
    /// <summary>Sizes of heads with and without a rest in every vector, and in the 16 partial sums of a length.</summary>
    public static TheoryData<int, bool> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, bool>();
            foreach (int size in (int[])[1, 2, 3, 4, 7, 8, 12, 15, 16, 17, 20, 31, 32, 33, 47, 64, 65])
            {
                sizes.Add(size, true);
                sizes.Add(size, false);
            }
            return sizes;
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_delta_rule_gives_the_same_bits_in_vectors_and_alone(int size, bool forgets)
    {
        Near.Same(Steps(plain: true), Steps(plain: false), $"{size}");

        float[] Steps(bool plain) => Run(size, (q, k, v, state, _, read) =>
        {
            float keep = 1.5f;
            float[] norm = HashedNumbers.Of("norm", size, 1.5f);
            fixed (float* w = norm) SimdWidth.Run(new DeltaRuleKernel(q, k, v, 0.3f, forgets ? &keep : null, state, w, read, size, commit: true), plain);
        });
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Linear_attention_gives_the_same_bits_in_vectors_and_alone(int size, bool commit)
    {
        Near.Same(Steps(plain: true), Steps(plain: false), $"{size}");

        float[] Steps(bool plain) => Run(size, (q, k, v, state, sum, read) => SimdWidth.Run(new LinearAttentionKernel(q, k, v, state, sum, read, size, commit), plain));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_short_convolution_and_the_output_gate_give_the_same_bits_in_vectors_and_alone(int units, bool commit)
    {
        Near.Same(Steps(plain: true), Steps(plain: false), $"{units}");

        float[] Steps(bool plain)
        {
            float[] recent = HashedNumbers.Of("recent", 3 * units, 1), taps = HashedNumbers.Of("taps", 4 * units, 1), output = new float[units];
            for (int t = 0; t < 5; t++)
            {
                float[] input = HashedNumbers.Of($"input {t}", units, 3), gate = HashedNumbers.Of($"gate {t}", units, 4);
                fixed (float* x = input, r = recent, w = taps, y = output, g = gate)
                {
                    SimdWidth.Run(new ElementLoop<ShortConvolutionKernel>(new ShortConvolutionKernel(x, r, w, y, units, commit), units), plain);
                    SimdWidth.Run(new ElementLoop<OutputGateKernel>(new OutputGateKernel(g, y), units), plain);
                }
            }
            return [.. output, .. recent];
        }
    }

    /// <summary>
    /// Two keys across each other, a strength of almost 1 (σ(30)): what was written last under a key is what it recalls, and the other key's value
    /// stays; without the correction the sum of both values would come back. The norm divides (3, 4) by √12.5 and (6, 8) by √50.
    /// </summary>
    [Fact]
    public void The_delta_rule_replaces_what_a_key_recalls_and_nothing_else()
    {
        float[] state = new float[4];
        Step(state, [1, 0], [9, -9], [1, 0]);
        Step(state, [0, 2], [3, 4], [1, 0]); // keys of any length
        float[] read = Step(state, [1, 0], [6, 8], [0, 1]);
        Equal([3 / MathF.Sqrt(12.5f), 4 / MathF.Sqrt(12.5f)], read);
        Equal([6, 8, 3, 4], state);
        // σ(0) = ½ forgets half of everything, and with σ(−90) = 0 nothing is written.
        Step(state, [1, 0], [100, 100], [1, 0], strength: -90, keep: 0);
        Equal([3, 4, 1.5f, 2], state);

        static void Equal(float[] expected, float[] actual)
        {
            for (int i = 0; i < expected.Length; i++) Near.Equal(expected[i], actual[i], 1e-5f, $"element {i}");
        }

        static float[] Step(float[] state, float[] key, float[] value, float[] query, float strength = 30, float keep = 30)
        {
            float[] read = new float[2], norm = [1, 1];
            fixed (float* s = state, k = key, v = value, q = query, w = norm, r = read) SimdWidth.Run(new DeltaRuleKernel(q, k, v, strength, &keep, s, w, r, 2, commit: true));
            return read;
        }
    }

    /// <summary>Equal keys weigh equally: the mean of 1, 2 and 6 is 3. A key that fits thrice as well weighs thrice.</summary>
    [Fact]
    public void Linear_attention_reads_a_weighted_mean()
    {
        float[] state = new float[1], sum = new float[1];
        float[] means = [Step(0, 1), Step(0, 2), Step(0, 6), Step(2, 7)]; // 1 + ELU(0) = 1, and of 2 it is 3
        Near.Equal(1, means[0], 1e-5f, "one");
        Near.Equal(1.5f, means[1], 1e-5f, "two");
        Near.Equal(3, means[2], 1e-5f, "three");
        Near.Equal((9 + 21) / 6f, means[3], 1e-5f, "four");

        float Step(float key, float value)
        {
            float query = 0, read;
            fixed (float* s = state, z = sum) SimdWidth.Run(new LinearAttentionKernel(&query, &key, &value, s, z, &read, 1, commit: true));
            return read;
        }
    }

    [Fact]
    public void A_policy_with_impossible_heads_is_refused()
    {
        PolicyModule module = TestModules.Memory("gated-delta-net");
        foreach (long heads in (long[])[0, 3, 9, -1, long.MaxValue])
        {
            var settings = new Dictionary<string, long>(module.Settings, StringComparer.Ordinal) { ["heads"] = heads };
            Assert.Contains("heads", Assert.Throws<PolicyFormatException>(() => MemoryKernels.Pack(module with { Settings = settings })).Message, StringComparison.Ordinal);
        }
        var wide = new Dictionary<string, long>(module.Settings, StringComparer.Ordinal) { ["hidden"] = 1 << 14, ["heads"] = 1 };
        Assert.Contains("floats of state", Assert.Throws<PolicyFormatException>(() => MemoryKernels.Pack(module with { Settings = wide })).Message, StringComparison.Ordinal);
    }

    private delegate void Head(float* q, float* k, float* v, float* state, float* sum, float* read);

    /// <summary>Five steps of one head; what was read in each, and the state after them.</summary>
    private static float[] Run(int size, Head head)
    {
        float[] state = HashedNumbers.Of("state", size * size, 1), sum = [.. HashedNumbers.Of("sum", size, 1).Select(MathF.Abs)], read = new float[size];
        var reads = new List<float>();
        for (int t = 0; t < 5; t++)
        {
            float[] query = HashedNumbers.Of($"q {t}", size, 2), key = HashedNumbers.Of($"k {t}", size, 2), value = HashedNumbers.Of($"v {t}", size, 2);
            fixed (float* q = query, k = key, v = value, s = state, z = sum, r = read) head(q, k, v, s, z, r);
            reads.AddRange(read);
        }
        return [.. reads, .. state, .. sum];
    }
}
