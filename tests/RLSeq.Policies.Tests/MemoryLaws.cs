using RLSeq.Agents;

namespace RLSeq.Policies.Tests;

/// <summary>The laws that every memory obeys, learning and acting alike; a new memory is put through them by being registered.</summary>
public sealed class MemoryLaws : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => MemorySubject.Names;

    public void Dispose() => _scope.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void Law_1_a_sequence_may_be_cut_anywhere(string name)
    {
        const int Steps = 17, Batch = 4;
        using MemorySubject subject = MemorySubject.Create(name);
        Tensor x = subject.Inputs(Steps, Batch, 1), starts = MemorySubject.Starts(Steps, Batch, 0.15, 2);
        (Tensor whole, MemoryState end) = subject.Memory.Forward(x, subject.Initial(Batch), starts);

        foreach (int length in (int[])[1, 3, 7, 16])
        {
            MemoryState state = subject.Initial(Batch);
            var parts = new List<Tensor>();
            for (int from = 0; from < Steps; from += length)
            {
                int count = Math.Min(length, Steps - from);
                (Tensor part, state) = subject.Memory.Forward(x.narrow(0, from, count), state, starts.narrow(0, from, count));
                parts.Add(part);
            }
            MemorySubject.Agree(cat(parts, 0), whole);
            MemorySubject.Agree(state.ToRows(), end.ToRows());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_1_gradients_stop_at_a_cut(string name)
    {
        using MemorySubject subject = MemorySubject.Create(name);
        Tensor first = subject.Inputs(4, 2, 1).requires_grad_(), second = subject.Inputs(4, 2, 2).requires_grad_();
        Tensor starts = zeros(4, 2, dtype: @bool);
        (_, MemoryState state) = subject.Memory.Forward(first, subject.Initial(2), starts);
        (Tensor output, _) = subject.Memory.Forward(second, state, starts);
        output.square().sum().backward();
        Assert.NotNull(second.grad);
        Assert.True(first.grad is null || first.grad.abs().max().item<float>() == 0);
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_2_a_start_equals_beginning_anew(string name)
    {
        const int Steps = 14, Batch = 5;
        using MemorySubject subject = MemorySubject.Create(name);
        Tensor x = subject.Inputs(Steps, Batch, 3);
        var flags = new bool[Steps * Batch];
        for (int row = 0; row < Batch; row++) flags[((2 + (2 * row)) * Batch) + row] = true; // row r begins anew at step 2 + 2r
        // A state full of something: what leaks would show.
        (_, MemoryState used) = subject.Memory.Forward(subject.Inputs(9, Batch, 4), subject.Initial(Batch), zeros(9, Batch, dtype: @bool));
        (Tensor output, MemoryState end) = subject.Memory.Forward(x, used, tensor(flags, [Steps, Batch]));

        for (int row = 0; row < Batch; row++)
        {
            int from = 2 + (2 * row), count = Steps - from;
            (Tensor anew, MemoryState after) = subject.Memory.Forward(x.narrow(0, from, count).narrow(1, row, 1), subject.Initial(1), zeros(count, 1, dtype: @bool));
            MemorySubject.Agree(output.narrow(0, from, count).narrow(1, row, 1), anew, 1e-5);
            CompareValid(end.Rows(tensor(new long[] { row })).ToRows(), after.ToRows(), subject.Memory.Layout);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_3_a_row_does_not_depend_on_the_others(string name)
    {
        const int Steps = 9, Batch = 6;
        using MemorySubject subject = MemorySubject.Create(name);
        Tensor x = subject.Inputs(Steps, Batch, 5), starts = MemorySubject.Starts(Steps, Batch, 0.2, 6);
        (Tensor together, _) = subject.Memory.Forward(x, subject.Initial(Batch), starts);
        for (int row = 0; row < Batch; row++)
        {
            (Tensor alone, _) = subject.Memory.Forward(x.narrow(1, row, 1), subject.Initial(1), starts.narrow(1, row, 1));
            MemorySubject.Agree(together.narrow(1, row, 1), alone, 1e-5);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_4_a_saved_state_continues_identically(string name)
    {
        const int Batch = 3;
        using MemorySubject subject = MemorySubject.Create(name);
        Tensor x = subject.Inputs(12, Batch, 7), starts = MemorySubject.Starts(12, Batch, 0.1, 8);
        (_, MemoryState state) = subject.Memory.Forward(x, subject.Initial(Batch), starts);
        MemoryState restored = MemoryState.FromRows(subject.Memory.Layout, state.ToRows(), x);
        Tensor next = subject.Inputs(6, Batch, 9), no = zeros(6, Batch, dtype: @bool);
        (Tensor expected, _) = subject.Memory.Forward(next, state, no);
        (Tensor actual, _) = subject.Memory.Forward(next, restored, no);
        MemorySubject.Agree(actual, expected, 0);
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_5_acting_equals_learning_over_10_000_steps(string name)
    {
        const int Segments = 50, Steps = 100, Batch = 2;
        using MemorySubject subject = MemorySubject.Create(name);
        IMemoryKernel kernel = subject.Kernel(Batch);
        var choices = ChoiceReplay.Of(subject.Memory, kernel);
        int width = subject.Memory.Width;
        int[] rows = [0, 1];
        var output = new float[Batch * width];
        MemoryState state = subject.Initial(Batch);
        for (int segment = 0; segment < Segments; segment++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = subject.Inputs(Steps, Batch, (ulong)(100 + segment)), starts = MemorySubject.Starts(Steps, Batch, 0.03, (ulong)(900 + segment));
            (Tensor expected, MemoryState after) = subject.Memory.Forward(x, state, starts);
            float[] learned = expected.detach().contiguous().data<float>().ToArray(), inputs = x.data<float>().ToArray();
            bool[] begins = starts.data<bool>().ToArray();
            for (int t = 0; t < Steps; t++)
            {
                for (int row = 0; row < Batch; row++)
                    if (begins[(t * Batch) + row]) kernel.Reset(row);
                choices?.At(t);
                kernel.Step(rows, inputs.AsSpan(t * Batch * width, Batch * width), output);
                MemorySubject.Agree(output, learned.AsSpan(t * Batch * width, Batch * width));
            }
            state = MemoryState.FromRows(subject.Memory.Layout, after.ToRows(), x);
            for (int block = 0; block < subject.Memory.Layout.Blocks.Count; block++) state[block].MoveToOuterDisposeScope();
        }
        if (choices is not null) Assert.InRange(choices.Compared, 100 * choices.Close, int.MaxValue);
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_6_gradients_equal_finite_differences(string name)
    {
        const int Steps = 6, Batch = 2;
        const double Epsilon = 1e-5;
        using MemorySubject subject = MemorySubject.Create(name, width: 4, context: 3);
        subject.Memory.to(float64);
        Tensor x = subject.Inputs(Steps, Batch, 11).to(float64), starts = MemorySubject.Starts(Steps, Batch, 0.2, 12);
        Tensor weights = subject.Inputs(Steps, Batch, 13).to(float64);
        // A state that is not the initial one, so that what it feeds is checked as well.
        (_, MemoryState begun) = subject.Memory.Forward(subject.Inputs(4, Batch, 14).to(float64), subject.Memory.InitialState(Batch, x), zeros(4, Batch, dtype: @bool));
        MemoryState state = new(begun.Layout, [.. Enumerable.Range(0, begun.Layout.Blocks.Count).Select(block => begun[block].detach())]);
        // A choice has no gradient: all of them have to stay as they are.
        if (subject.Memory is TransformerDistinctMemory distinct) distinct.Chosen = choices => Assert.True(choices.SmallestMargin > 1e-3);

        Tensor input = x.clone().requires_grad_();
        Loss(input).backward();
        Check("input", input, input.grad!);
        foreach ((string parameterName, Tensor parameter) in subject.Memory.named_parameters()) Check(parameterName, parameter, parameter.grad!);

        Tensor Loss(Tensor features) => (subject.Memory.Forward(features, state, starts).Output * weights).sum();

        void Check(string what, Tensor variable, Tensor gradient)
        {
            using IDisposable _ = no_grad();
            Tensor flat = variable.view(-1);
            double[] expected = gradient.contiguous().data<double>().ToArray();
            for (int i = 0; i < expected.Length; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor element = flat.narrow(0, i, 1);
                element.add_(Epsilon);
                double above = Loss(input).item<double>();
                element.sub_(2 * Epsilon);
                double below = Loss(input).item<double>();
                element.add_(Epsilon);
                double difference = (above - below) / (2 * Epsilon);
                Assert.True(Math.Abs(difference - expected[i]) <= 1e-5 * Math.Max(1, Math.Abs(difference)), $"{what}[{i}]: gradient {expected[i]}, finite difference {difference}.");
            }
        }
    }

    /// <summary>What a memory may cost: state bytes, and multiply-adds of one step at a position of the episode, by its formula.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Law_7_the_stated_cost_holds(string name)
    {
        const long D = MemorySubject.Width, M = MemorySubject.Context, L = 2, F = D + 4;
        using MemorySubject subject = MemorySubject.Create(name);
        var writer = new PolicyWriter();
        subject.Memory.Export(writer);
        MemoryWeights weights = MemoryKernels.Pack(writer.ToModule(name));
        foreach (int position in (int[])[0, 1, 3, (int)M, 100 * (int)M])
        {
            long seen = Math.Min(position, M) + 1; // the step itself and what the window holds
            (long bytes, long operations) = name switch
            {
                "none" => (0, 0),
                "gru" => (D * sizeof(float), 6 * D * D),
                "min-gru" => ((D + 1) * sizeof(float), 3 * D * D),
                "ffm" => (4 * D * sizeof(float), 7 * D * D), // D / 2 traces in 4 contexts, of two parts
                "ffm-normalized" => (((4 * D) + 1) * sizeof(float), 7 * D * D),
                "lru" => (((2 * D) + 1) * sizeof(float), 6 * D * D),
                "lstm" => (2 * D * sizeof(float), 8 * D * D),
                // A head of D / 2 units has a matrix of as many rows and columns; four taps for each of 3 D; two heads' gates beside the 4 D of the projection.
                "gated-delta-net" => (((D * D / 2) + (9 * D)) * sizeof(float), (D * ((4 * D) + 4)) + (D * D) + (12 * D) + (3 * D * D / 2)),
                "delta-net" => (((D * D / 2) + (9 * D)) * sizeof(float), (D * ((4 * D) + 2)) + (D * D) + (12 * D) + (3 * D * D / 2)),
                "linear-attention" => (((D * D / 2) + D) * sizeof(float), (5 * D * D) + (2 * ((D * D / 2) + D))),
                // Chunks of two steps, of which one is chosen: two more projections, a third where a chunk closes, the visible summaries and the open chunk's vector.
                "hcam" => (((L * M * D) + 1) * sizeof(float), L * ((5 * D * D) + (2 * D * F) + (position % 2 * D * D)
                    + (D * (1 + Math.Min(position / 2, (M - (position % 2)) / 2))) + (2 * D * (1 + (position % 2) + (position < 2 ? 0 : 2))))),
                "transformer-no-feed-forward" => (((L * M * D) + 1) * sizeof(float), L * ((4 * D * D) + (2 * D * seen))),
                "transformer" or "transformer-absolute" or "transformer-no-attention" or "transformer-no-residual" or "transformer-one-head" => (((L * M * D) + 1) * sizeof(float), L * ((4 * D * D) + (2 * D * F) + (2 * D * seen))),
                "transformer-gated" => (((L * M * D) + 1) * sizeof(float), L * ((4 * D * D) + (2 * D * F) + (2 * 6 * D * D) + (2 * D * seen))),
                // Three of five steps and their ages; the input is compared with each.
                "transformer-distinct" => (((L * 3 * D) + 3 + 1) * sizeof(float), (L * ((4 * D * D) + (2 * D * F) + (2 * D * (Math.Min(position, 3) + 1)))) + (D * Math.Min(position, 3))),
                "transformer-window" => (((M * D) + 1) * sizeof(float), L * seen * ((4 * D * D) + (2 * D * F) + (D * (seen + 1)))),
                _ => throw new InvalidOperationException($"State what {name} costs here."),
            };
            Assert.Equal(bytes, subject.Memory.Layout.Bytes);
            Assert.Equal(bytes, weights.Layout.Bytes);
            Assert.Equal(operations, weights.OperationsPerStep(position));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_8_states_move_between_acting_and_learning(string name)
    {
        const int Batch = 3, Before = 8, After = 7;
        using MemorySubject subject = MemorySubject.Create(name);
        IMemoryKernel kernel = subject.Kernel(Batch);
        int width = subject.Memory.Width, size = kernel.Layout.Size;
        Assert.Equal(subject.Memory.Layout.Size, size);
        Assert.Equal(subject.Memory.Layout.Blocks.Select(block => block.Name), kernel.Layout.Blocks.Select(block => block.Name));
        int[] rows = [0, 1, 2];
        var output = new float[Batch * width];
        Tensor x = subject.Inputs(Before, Batch, 15), next = subject.Inputs(After, Batch, 16);

        // Acting, then learning goes on.
        for (int t = 0; t < Before; t++) kernel.Step(rows, x.select(0, t).contiguous().data<float>().ToArray(), output);
        var saved = new float[Batch * size];
        foreach (int row in rows) kernel.Save(row, saved.AsSpan(row * size, size));
        MemoryState state = size == 0 ? subject.Initial(Batch) : MemoryState.FromRows(subject.Memory.Layout, saved, x);
        (Tensor learned, MemoryState end) = subject.Memory.Forward(next, state, zeros(After, Batch, dtype: @bool));
        for (int t = 0; t < After; t++)
        {
            kernel.Step(rows, next.select(0, t).contiguous().data<float>().ToArray(), output);
            MemorySubject.Agree(output, learned.select(0, t).detach().contiguous().data<float>().ToArray());
        }

        // Learning, then another acting engine goes on, its rows in another order.
        IMemoryKernel second = subject.Kernel(Batch);
        float[] canonical = end.ToRows();
        int[] order = [2, 0, 1];
        foreach (int row in rows) second.Load(order[row], canonical.AsSpan(row * size, size));
        Tensor last = subject.Inputs(1, Batch, 17);
        (Tensor expected, _) = subject.Memory.Forward(last, end, zeros(1, Batch, dtype: @bool));
        second.Step(order, last.data<float>().ToArray(), output);
        MemorySubject.Agree(output, expected.detach().contiguous().data<float>().ToArray());
    }

    [Theory, MemberData(nameof(Names))]
    public void Law_8_what_a_step_adds_to_a_window_is_its_newest_item(string name)
    {
        using MemorySubject subject = MemorySubject.Create(name);
        IMemoryKernel kernel = subject.Kernel(1);
        var state = new float[kernel.Layout.Size];
        var output = new float[subject.Memory.Width];
        for (int t = 0; t < MemorySubject.Context + 3; t++)
        {
            kernel.Step([0], subject.Inputs(1, 1, (ulong)(20 + t)).data<float>().ToArray(), output);
            kernel.Save(0, state);
            for (int i = 0; i < kernel.Layout.Blocks.Count; i++)
            {
                MemoryBlock block = kernel.Layout.Blocks[i];
                if (!block.IsWindow) continue;
                var newest = new float[block.ItemSize];
                kernel.Newest(0, i, newest);
                int inner = block.Shape[^1], outer = block.ItemSize / inner;
                for (int o = 0; o < outer; o++)
                {
                    int end = kernel.Layout.Offset(i) + ((o + 1) * block.WindowLength * inner);
                    Assert.Equal(newest.AsSpan(o * inner, inner), state.AsSpan(end - inner, inner));
                }
            }
        }
    }

    /// <summary>Compares canonical rows; items of a window that belong to no step of the episode may hold anything.</summary>
    private static void CompareValid(float[] actual, float[] expected, MemoryLayout layout)
    {
        for (int i = 0; i < layout.Blocks.Count; i++)
        {
            MemoryBlock block = layout.Blocks[i];
            if (!block.IsWindow)
            {
                MemorySubject.Agree(actual.AsSpan(layout.Offset(i), block.Size), expected.AsSpan(layout.Offset(i), block.Size), 1e-5);
                continue;
            }
            int inner = block.Shape[^1], outer = block.ItemSize / inner, valid = (int)Math.Min(expected[^1], block.WindowLength);
            for (int o = 0; o < outer; o++)
            {
                int end = layout.Offset(i) + ((o + 1) * block.WindowLength * inner);
                MemorySubject.Agree(actual.AsSpan(end - (valid * inner), valid * inner), expected.AsSpan(end - (valid * inner), valid * inner), 1e-5);
            }
        }
    }
}
