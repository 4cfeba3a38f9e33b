namespace RLSeq.Agents.Tests;

/// <summary>The laws of memories on the managed side: every memory is put through all of them, bit for bit.</summary>
public sealed class MemoryLawTests
{
    private const int D = 8, Steps = 60;

    public static TheoryData<string> All => TestModules.AllMemoriesAndPrecisions;

    [Theory]
    [MemberData(nameof(All))]
    public void A_row_does_not_depend_on_the_others_their_number_or_their_order(string name)
    {
        const int Rows = 7;
        float[][] alone = [.. Enumerable.Range(0, Rows).Select(row => RunAlone(name, row))];
        IMemoryKernel kernel = TestModules.Kernel(name, Rows);
        var shuffle = new Environments.RandomSource(3);
        int[] order = [.. Enumerable.Range(0, Rows)];
        float[] output = new float[Rows * D];
        for (int t = 0; t < Steps; t++)
        {
            for (int row = 0; row < Rows; row++)
                if (StartsAt(row, t)) kernel.Reset(row);
            shuffle.Shuffle<int>(order);
            int split = shuffle.NextInt(Rows + 1);
            Step(kernel, order.AsSpan(0, split), t, output);
            Step(kernel, order.AsSpan(split), t, output.AsSpan(split * D));
            for (int i = 0; i < Rows; i++) Near.Same(alone[order[i]].AsSpan(t * D, D), output.AsSpan(i * D, D), $"{name}, step {t}, row {order[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void After_a_reset_a_row_is_as_new(string name)
    {
        IMemoryKernel used = TestModules.Kernel(name, 2), fresh = TestModules.Kernel(name, 1);
        float[] a = new float[D], b = new float[D];
        for (int t = 0; t < 31; t++) used.Step([1], Input(0, t), a);
        used.Reset(1);
        for (int t = 0; t < Steps; t++)
        {
            used.Step([1], Input(5, t), a);
            fresh.Step([0], Input(5, t), b);
            Near.Same(b, a, $"{name}, step {t}");
        }
        Near.Same(SaveOf(fresh, 0), SaveOf(used, 1), "state");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_saved_state_continues_in_any_other_row_of_any_other_batch(string name)
    {
        IMemoryKernel original = TestModules.Kernel(name, 1), other = TestModules.Kernel(name, 5);
        float[] a = new float[D], b = new float[D], state = new float[original.Layout.Size];
        for (int t = 0; t < Steps; t++)
        {
            original.Save(0, state);
            int row = t % 5;
            for (int junk = 0; junk < t % 4; junk++) other.Step([row], Input(9, junk), b); // stands elsewhere in its ring
            other.Load(row, state);
            Near.Same(state, SaveOf(other, row), $"{name}, state before step {t}");
            original.Step([0], Input(2, t), a);
            for (int ahead = t; ahead < t + 1; ahead++) other.Step([row], Input(2, ahead), b);
            Near.Same(a, b, $"{name}, step {t}");
            Near.Same(SaveOf(original, 0), SaveOf(other, row), $"{name}, state after step {t}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Looking_ahead_gives_what_a_step_gives_and_changes_nothing(string name)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 2), plain = TestModules.Kernel(name, 2);
        float[] ahead = new float[D], stepped = new float[D], expected = new float[D];
        for (int t = 0; t < Steps; t++)
        {
            float[] before = SaveOf(kernel, 0);
            kernel.Peek([0], Input(8, t), ahead); // another input: its traces must not stay
            kernel.Peek([0], Input(1, t), ahead);
            Near.Same(before, SaveOf(kernel, 0), $"{name}, state at step {t}");
            kernel.Step([0], Input(1, t), stepped);
            plain.Step([0], Input(1, t), expected);
            Near.Same(stepped, ahead, $"{name}, step {t}");
            Near.Same(expected, stepped, $"{name}, step {t} against one that never looked");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_newest_item_is_the_last_of_the_saved_window(string name)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 1);
        float[] output = new float[D];
        for (int t = 0; t < Steps; t++)
        {
            if (t == 33) kernel.Reset(0);
            kernel.Step([0], Input(0, t), output);
            kernel.Peek([0], Input(4, t), output);
            float[] state = SaveOf(kernel, 0);
            for (int block = 0; block < kernel.Layout.Blocks.Count; block++)
            {
                MemoryBlock described = kernel.Layout.Blocks[block];
                if (!described.IsWindow)
                {
                    Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Newest(0, block, new float[described.Size]));
                    continue;
                }
                float[] item = new float[described.ItemSize];
                kernel.Newest(0, block, item);
                int layers = described.Shape[0], m = described.WindowLength;
                for (int l = 0; l < layers && m > 0; l++) Near.Same(state.AsSpan((((l * m) + m - 1) * D), D), item.AsSpan(l * D, D), $"layer {l}, step {t}");
            }
        }
    }

    [Theory]
    [InlineData("transformer", 3)]
    [InlineData("transformer odd", 20)]
    public void A_Transformer_forgets_exactly_what_lies_outside_its_window(string name, int context)
    {
        // Of one layer only: with more layers the window reaches further back through the layers below.
        PolicyModule module = TestModules.Transformer(D, 1, name == "transformer" ? 2 : 1, context, 6);
        IMemoryKernel kernel = MemoryKernels.Create(module, 2);
        float[] a = new float[D], b = new float[D];
        for (int t = 0; t < 5; t++)
        {
            kernel.Step([0], Input(0, t), a);
            kernel.Step([1], Input(1, t), b);
        }
        for (int t = 0; t <= context; t++)
        {
            kernel.Step([0], Input(2, t), a);
            kernel.Step([1], Input(2, t), b);
            if (t < context) Assert.NotEqual(a, b);
            else Near.Same(a, b, "the first step whose window holds only the same inputs");
        }
    }

    /// <summary>Of several layers: those that keep their inputs reach back through each other, those of a raw window do not.</summary>
    [Theory]
    [InlineData("transformer-window odd", true)]
    [InlineData("transformer", false)]
    public void All_layers_of_a_raw_window_see_the_same_steps(string name, bool same)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 2);
        int context = kernel.Layout.Blocks[0].WindowLength;
        float[] a = new float[D], b = new float[D];
        for (int t = 0; t < 5; t++)
        {
            kernel.Step([0], Input(0, t), a);
            kernel.Step([1], Input(1, t), b);
        }
        for (int t = 0; t <= context; t++)
        {
            kernel.Step([0], Input(2, t), a);
            kernel.Step([1], Input(2, t), b);
            if (t < context) Assert.NotEqual(a, b);
        }
        Assert.Equal(same, a.SequenceEqual(b));
    }

    [Fact]
    public void A_Transformers_state_is_right_aligned_with_zeros_before()
    {
        IMemoryKernel kernel = MemoryKernels.Create(TestModules.Transformer(D, 1, 2, 3, 6), 1);
        float[] output = new float[D];
        for (int t = 0; t < 5; t++)
        {
            kernel.Step([0], Input(0, t), output);
            float[] state = SaveOf(kernel, 0);
            int count = Math.Min(t + 1, 3);
            Assert.Equal(count, state[^1]);
            for (int i = 0; i < 3; i++)
                Near.Same(i < 3 - count ? new float[D] : Input(0, t - 2 + i), state.AsSpan(i * D, D), $"step {t}, item {i}");
        }
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(4f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void A_state_with_an_impossible_count_is_refused(float count)
    {
        IMemoryKernel kernel = MemoryKernels.Create(TestModules.Memory("transformer"), 1);
        float[] state = SaveOf(kernel, 0);
        state[^1] = count;
        Assert.Throws<ArgumentException>(() => kernel.Load(0, state));
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    [InlineData("ffm int8")]
    [InlineData("ffm-normalized")]
    [InlineData("lru")]
    [InlineData("lru int8")]
    [InlineData("min-gru")]
    [InlineData("gated-delta-net")]
    [InlineData("gated-delta-net int8")]
    [InlineData("linear-attention")]
    [InlineData("hcam")]
    [InlineData("hcam odd")]
    [InlineData("hcam int8")]
    [InlineData("transformer")]
    [InlineData("transformer odd")]
    [InlineData("transformer-absolute")]
    [InlineData("transformer-gated")]
    [InlineData("transformer-distinct")]
    [InlineData("transformer-distinct odd int8")]
    [InlineData("transformer-window")]
    [InlineData("transformer-no-attention")]
    [InlineData("lstm int8")]
    [InlineData("transformer bf16")]
    [InlineData("transformer int8")]
    [InlineData("transformer-gated odd int8")]
    [InlineData("transformer odd int8/bf16")]
    public void New_weights_go_on_from_the_state_as_if_it_were_loaded_into_them(string name)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 3);
        float[] a = new float[D], b = new float[D];
        for (int t = 0; t < 29; t++) kernel.Step([2], Input(0, t), a);
        float[] state = SaveOf(kernel, 2);
        MemoryWeights next = TestModules.Pack(name, salt: "next");
        IMemoryKernel expected = next.CreateKernel(1);
        expected.Load(0, state);
        kernel.Swap(next);
        Near.Same(state, SaveOf(kernel, 2), "state");
        for (int t = 0; t < 30; t++)
        {
            kernel.Step([2], Input(1, t), a);
            expected.Step([0], Input(1, t), b);
            Near.Same(b, a, $"{name}, step {t}");
        }
        Assert.Throws<ArgumentException>(() => kernel.Swap(MemoryKernels.Pack(TestModules.None(D))));
        Assert.Throws<ArgumentException>(() => kernel.Swap(TestModules.Pack(name, hidden: 12)));
    }

    [Fact]
    public void New_weights_of_another_form_are_refused_though_their_states_look_alike()
    {
        IMemoryKernel kernel = TestModules.Kernel("transformer", 1);
        foreach (string name in (string[])["transformer-gated", "transformer-no-attention", "transformer-no-feed-forward", "transformer-no-residual"])
            Assert.Contains(name, Assert.Throws<ArgumentException>(() => kernel.Swap(TestModules.Pack(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_with_gates_and_without_are_not_taken_for_each_other()
    {
        PolicyModule plain = TestModules.Memory("transformer"), gated = TestModules.Memory("transformer-gated");
        Assert.Contains("lacks the weight 'layers.0.gate1.bias'", Refused(plain with { Kind = gated.Kind }), StringComparison.Ordinal);
        Assert.Contains("has an unexpected weight 'layers.0.gate1.part.weight'", Refused(gated with { Kind = plain.Kind }), StringComparison.Ordinal);
        Assert.Contains("has an unexpected weight 'layers.0.gate1.part.weight'", Refused(gated with { Kind = "transformer-no-residual" }), StringComparison.Ordinal);
        var tensors = new Dictionary<string, PolicyTensor>(gated.Tensors, StringComparer.Ordinal);
        tensors["layers.1.gate2.stream.weight"] = tensors["layers.1.gate2.part.weight"];
        Assert.Contains("'layers.1.gate2.stream.weight' has shape [24, 8]; expected [16, 8]", Refused(gated with { Tensors = tensors }), StringComparison.Ordinal);
        tensors.Remove("layers.1.gate2.stream.weight");
        Assert.Contains("lacks the weight 'layers.1.gate2.stream.weight'", Refused(gated with { Tensors = tensors }), StringComparison.Ordinal);

        static string Refused(PolicyModule module) => Assert.Throws<PolicyFormatException>(() => MemoryKernels.Pack(module)).Message;
    }

    /// <summary>Which is in the file, not in the program: a wide one takes for a duplicate what the usual one stores.</summary>
    [Fact]
    public void The_tolerance_decides_what_is_stored()
    {
        PolicyModule usual = TestModules.Memory("transformer-distinct");
        float[] x = HashedNumbers.Of("x", D, 1), like = [.. x.Select((value, i) => value * (1 + (i % 2 == 0 ? 0.2f : -0.2f)))], output = new float[D]; // of relative distance 0.2
        foreach ((float tolerance, int held) in ((float, int)[])[(0.1f, 2), (0.19f, 2), (0.21f, 1), (2, 1), (0, 2)])
        {
            IMemoryKernel kernel = MemoryKernels.Create(With(tolerance), 1);
            kernel.Step([0], x, output);
            kernel.Step([0], like, output);
            kernel.Step([0], x, output);
            Assert.Equal(held, SaveOf(kernel, 0)[^1]);
        }
        foreach (float tolerance in (float[])[-0.1f, 2.1f])
            Assert.Contains("expected 0 to 2", Assert.Throws<PolicyFormatException>(() => MemoryKernels.Pack(With(tolerance))).Message, StringComparison.Ordinal);
        Assert.Contains("tolerance", Assert.Throws<ArgumentException>(() => MemoryKernels.Create(usual, 1).Swap(MemoryKernels.Pack(With(0.2f)))).Message, StringComparison.Ordinal);

        PolicyModule With(float tolerance) =>
            usual with { Tensors = new Dictionary<string, PolicyTensor>(usual.Tensors, StringComparer.Ordinal) { ["tolerance"] = new([1], [tolerance]) } };
    }

    [Fact]
    public void New_weights_in_another_format_of_the_cache_are_refused()
    {
        IMemoryKernel kernel = TestModules.Kernel("transformer", 1);
        kernel.Swap(TestModules.Pack("transformer int8/f32"));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => kernel.Swap(TestModules.Pack("transformer f32/int8")));
        Assert.Contains("format of the cache", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stated_bytes_are_those_of_the_format()
    {
        // Gates [4D, 2D] in whole groups of 32 outputs with a bias each, for int8 a scale each too; then the state.
        Assert.Equal((2 * D * 32 * 4) + (32 * 4) + (2 * D * 4), TestModules.Pack("lstm").BytesPerStep(0));
        Assert.Equal((2 * D * 32 * 2) + (32 * 4) + (2 * D * 4), TestModules.Pack("lstm bf16").BytesPerStep(0));
        Assert.Equal((2 * D * 32 * 1) + (32 * 4) + (32 * 4) + (2 * D * 4), TestModules.Pack("lstm int8").BytesPerStep(0));
        // Gates [3D, D] likewise, weight and bias of two norms, and the state.
        Assert.Equal((D * 32 * 4) + (32 * 4) + (4 * D * 4) + ((D + 1) * 4), TestModules.Pack("min-gru").BytesPerStep(0));
        // A projection to 4 D and two gates of two heads, and one to D, in whole groups of 16 outputs (in fewer bits of 32; biases and scales always); four taps for each of 3 D, a weight per unit read, two norms, and the state.
        long beside = ((3 * 4 * D) + D + (4 * D)) * 4, state = ((D * D / 2) + (9 * D)) * 4;
        Assert.Equal((D * 48 * 4) + (64 * 4) + (D * 16 * 4) + (32 * 4) + beside + state, TestModules.Pack("gated-delta-net").BytesPerStep(0));
        Assert.Equal((D * 64 * 1) + (64 * 8) + (D * 32 * 1) + (32 * 8) + beside + state, TestModules.Pack("gated-delta-net int8").BytesPerStep(1000));
        Assert.Equal((D * 32 * 4) + (32 * 4) + (D * 16 * 4) + (32 * 4) + (4 * D * 4) + (((D * D / 2) + D) * 4), TestModules.Pack("linear-attention").BytesPerStep(0));
        // Input [2D, D], read-out [D, 2D] and gates [2D, D], outputs in groups of 16 (for int8 32) and biases in groups of 32, though two are zero; then factors, gain, skip, two norms, and the state.
        Assert.Equal((4 * D * 16 * 4) + (3 * 32 * 4) + (8 * D * 4) + (((2 * D) + 1) * 4), TestModules.Pack("lru").BytesPerStep(0));
        Assert.Equal((4 * D * 32 * 1) + (3 * 32 * 4) + (3 * 32 * 4) + (8 * D * 4) + (((2 * D) + 1) * 4), TestModules.Pack("lru int8").BytesPerStep(0));
        // A projection [2m + 2D, D] and what mixes [D, 2mc], with m = D / 2 and c = 4, in whole groups and with biases as above; then factors, a norm's ones and zeros, and the state.
        Assert.Equal((D * 32 * 4) + (32 * 4) + (4 * D * 16 * 4) + (32 * 4) + ((4 + 2 + 4) * D * 4), TestModules.Pack("ffm").BytesPerStep(0));
        Assert.Equal((D * 32 * 1) + (32 * 8) + (4 * D * 32 * 1) + (32 * 8) + ((4 + 2 + 4) * D * 4), TestModules.Pack("ffm int8").BytesPerStep(1000));
        Assert.Equal(((2 * D) + 1) * 4, TestModules.Pack("ffm-normalized").BytesPerStep(0) - TestModules.Pack("ffm").BytesPerStep(0)); // a gain per unit, and whether the episode has begun
        foreach ((string name, long item) in new[] { ("f32", 2L * D * 4), ("f32/bf16", 2L * D * 2), ("f32/int8", (2L * D) + (2 * 2 * 4)) })
        {
            MemoryWeights weights = TestModules.Pack("transformer " + name); // of 2 layers, 2 heads and context 3
            Assert.Equal(2 * 3 * item, weights.BytesPerStep(3) - weights.BytesPerStep(0));
            Assert.Equal(weights.BytesPerStep(3), weights.BytesPerStep(1000));
        }
        // A key and a value per layer, and the input that a new one is compared with.
        Assert.Equal(3 * ((2 * 2 * D * 2) + (D * 4)), TestModules.Pack("transformer-distinct f32/bf16").BytesPerStep(3) - TestModules.Pack("transformer-distinct f32/bf16").BytesPerStep(0));
        Assert.Equal(TestModules.Pack("transformer-distinct").BytesPerStep(3), TestModules.Pack("transformer-distinct").BytesPerStep(1000));
        // The matrices of two gates in each of two layers: 3D, 2D and D outputs in whole vectors of 16, with biases for 32 each, and in groups of 32 for int8.
        const long Outputs = 3 * 32;
        Assert.Equal(2 * 2 * (((32 + 16 + 16) * D * 4) + (Outputs * 4)), TestModules.Pack("transformer-gated").BytesPerStep(3) - TestModules.Pack("transformer").BytesPerStep(3));
        Assert.Equal(2 * 2 * Outputs * ((D * 1) + 4 + 4), TestModules.Pack("transformer-gated int8").BytesPerStep(3) - TestModules.Pack("transformer int8").BytesPerStep(3));
    }

    [Fact]
    public void The_stated_cost_grows_with_the_context_as_it_should()
    {
        MemoryWeights gru = MemoryKernels.Pack(TestModules.Gru(D)), lstm = MemoryKernels.Pack(TestModules.Lstm(D)), transformer = MemoryKernels.Pack(TestModules.Transformer(D, 2, 2, 3, 12));
        Assert.Equal(6 * D * D, gru.OperationsPerStep(0));
        Assert.Equal(6 * D * D, gru.OperationsPerStep(1000));
        Assert.Equal(D * sizeof(float), gru.Layout.Bytes);
        MemoryWeights minimal = MemoryKernels.Pack(TestModules.MinGru(D));
        Assert.Equal(3 * D * D, minimal.OperationsPerStep(0));
        Assert.Equal(3 * D * D, minimal.OperationsPerStep(1000));
        Assert.Equal((D + 1) * sizeof(float), minimal.Layout.Bytes);
        MemoryWeights fast = MemoryKernels.Pack(TestModules.FastWeights(D, 2, FastWeightForm.GatedDeltaNet)); // heads of D / 2, four taps for each of 3 D
        Assert.Equal((D * ((4 * D) + 4)) + (D * D) + (12 * D) + (3 * D * D / 2), fast.OperationsPerStep(0));
        Assert.Equal(fast.OperationsPerStep(0), fast.OperationsPerStep(1000));
        Assert.Equal(((D * D / 2) + (9 * D)) * sizeof(float), fast.Layout.Bytes);
        MemoryWeights linear = MemoryKernels.Pack(TestModules.Lru(D));
        Assert.Equal(6 * D * D, linear.OperationsPerStep(0));
        Assert.Equal(6 * D * D, linear.OperationsPerStep(1000));
        Assert.Equal(((2 * D) + 1) * sizeof(float), linear.Layout.Bytes);
        MemoryWeights traces = TestModules.Pack("ffm"); // D / 2 of them in four contexts: 4 D numbers
        Assert.Equal((3 * D * D) + (4 * D * D), traces.OperationsPerStep(0));
        Assert.Equal(traces.OperationsPerStep(0), traces.OperationsPerStep(1000));
        Assert.Equal(4 * D * sizeof(float), traces.Layout.Bytes);
        Assert.Equal(8 * D * D, lstm.OperationsPerStep(0));
        Assert.Equal(8 * D * D, lstm.OperationsPerStep(1000));
        Assert.Equal(2 * D * sizeof(float), lstm.Layout.Bytes);
        long matrices = 2 * ((4 * D * D) + (2 * D * 12));
        Assert.Equal(matrices + (2 * 2 * D * 1), transformer.OperationsPerStep(0));
        Assert.Equal(matrices + (2 * 2 * D * 4), transformer.OperationsPerStep(3));
        Assert.Equal(matrices + (2 * 2 * D * 4), transformer.OperationsPerStep(1000));
        Assert.Equal(((2 * 3 * D) + 1) * sizeof(float), transformer.Layout.Bytes);
        MemoryWeights gated = TestModules.Pack("transformer-gated");
        Assert.Equal(transformer.OperationsPerStep(3) + (2 * 2 * 6 * D * D), gated.OperationsPerStep(3));
        Assert.Equal(transformer.Layout.Bytes, gated.Layout.Bytes);
        MemoryWeights distinct = TestModules.Pack("transformer-distinct"); // three slots for five steps; the input is compared with what stands in them
        Assert.Equal(matrices + (2 * 2 * D * 1), distinct.OperationsPerStep(0));
        Assert.Equal(matrices + (2 * 2 * D * 3) + (D * 2), distinct.OperationsPerStep(2));
        Assert.Equal(matrices + (2 * 2 * D * 4) + (D * 3), distinct.OperationsPerStep(1000));
        Assert.Equal(((2 * 3 * D) + 3 + 1) * sizeof(float), distinct.Layout.Bytes);
        Assert.Equal(0, MemoryKernels.Pack(TestModules.None(D)).OperationsPerStep(5));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Misuse_is_refused(string name)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Reset(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Reset(-1));
        Assert.Throws<ArgumentException>(() => kernel.Save(0, new float[kernel.Layout.Size + 1]));
        Assert.Throws<ArgumentException>(() => kernel.Load(0, new float[kernel.Layout.Size + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestModules.Kernel(name, 0));
        if (name == "none") return;
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Step([2], new float[D], new float[D]));
        Assert.Throws<ArgumentException>(() => kernel.Step([0], new float[D + 1], new float[D]));
        Assert.Throws<ArgumentException>(() => kernel.Step([0], new float[D], new float[D - 1]));
    }

    [Fact]
    public void An_unknown_kind_says_which_are_known()
    {
        PolicyModule module = new("made-up", new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, PolicyTensor>(StringComparer.Ordinal));
        PolicyFormatException exception = Assert.Throws<PolicyFormatException>(() => MemoryKernels.Create(module, 1));
        Assert.Contains("'made-up'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("lstm", exception.Message, StringComparison.Ordinal);
    }

    private static bool StartsAt(int row, int t) => t > 0 && (t + (3 * row)) % (11 + row) == 0;

    /// <summary>Every third is a near-duplicate of one shortly before.</summary>
    private static float[] Input(int row, int t) => HashedNumbers.WithNearDuplicates(row, t, D);

    private static float[] RunAlone(string name, int row)
    {
        IMemoryKernel kernel = TestModules.Kernel(name, 1);
        float[] outputs = new float[Steps * D];
        for (int t = 0; t < Steps; t++)
        {
            if (StartsAt(row, t)) kernel.Reset(0);
            kernel.Step([0], Input(row, t), outputs.AsSpan(t * D, D));
        }
        return outputs;
    }

    private static void Step(IMemoryKernel kernel, ReadOnlySpan<int> rows, int t, Span<float> output)
    {
        float[] input = [.. rows.ToArray().SelectMany(row => Input(row, t))];
        kernel.Step(rows, input, output[..(rows.Length * D)]);
    }

    private static float[] SaveOf(IMemoryKernel kernel, int row)
    {
        float[] state = new float[kernel.Layout.Size];
        kernel.Save(row, state);
        return state;
    }
}
