using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

/// <summary>A Transformer layer as one operator equals its twin of plain operators: values, and gradients of everything that learns.</summary>
public sealed class FusedTransformerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly int _threads = get_num_threads();

    /// <summary>B, T, M, D, H, F: no memory, one step, less and more steps than memory, one head and eight, heads that do and do not fill whole vectors, strips that are and are not full, and many tokens.</summary>
    public static TheoryData<int, int, int, int, int, int> Shapes => new()
    {
        { 1, 1, 0, 1, 1, 1 },
        { 2, 9, 0, 8, 1, 12 },
        { 5, 1, 6, 12, 3, 12 },
        { 3, 7, 5, 12, 2, 16 },
        { 2, 5, 40, 16, 4, 16 },
        { 2, 50, 3, 24, 8, 20 },
        { 3, 16, 16, 32, 1, 32 },
        { 2, 33, 17, 40, 5, 8 },
        { 2, 37, 21, 64, 4, 64 },
        { 1, 40, 33, 128, 4, 64 },
        { 1, 20, 9, 96, 2, 33 },
        { 2, 18, 40, 34, 2, 9 },
        { 1, 66, 130, 48, 1, 48 },
        { 16, 70, 4, 64, 4, 16 },
    };

    public void Dispose()
    {
        set_num_threads(_threads);
        _scope.Dispose();
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Values_and_gradients_equal_the_compositions(int batch, int steps, int context, int width, int heads, int inner)
    {
        foreach (double starts in (double[])[0, 0.03, 0.3])
        {
            foreach ((bool gated, bool distinct) in ((bool, bool)[])[(false, false), (true, false), (false, true)])
            {
                if (distinct && starts == 0) continue; // nothing new: first steps stand in the state as they do behind a start
                set_num_threads(1);
                Compare(new Case(batch, steps, context, width, heads, inner, float64, starts, gated, distinct), 1e-11);
                set_num_threads(2);
                Compare(new Case(batch, steps, context, width, heads, inner, float32, starts, gated, distinct), 1e-4);
            }
        }
    }

    /// <summary>Every parameter of both gates, element by element; the loss is smooth, since every unit of a part is clearly on or off.</summary>
    [Fact]
    public void Gradients_of_gates_equal_finite_differences()
    {
        const double Epsilon = 1e-5;
        Case it = new(2, 3, 2, 5, 1, 6, float64, 0.2, gated: true);
        Tensor[] inputs = [it.X, .. it.Parameters], gradients = it.Gradients(it.Fused(it.X, it.Stored, it.Starts, it.Parameters), inputs);
        using IDisposable frozen = no_grad();
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor elements = inputs[i].view(-1), gradient = gradients[1 + i].contiguous().view(-1);
            for (int j = 0; j < elements.shape[0]; j++)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor element = elements.narrow(0, j, 1);
                element.add_(Epsilon);
                double above = Loss();
                element.sub_(2 * Epsilon);
                double difference = (above - Loss()) / (2 * Epsilon);
                element.add_(Epsilon);
                Assert.True(Math.Abs(gradient[j].item<double>() - difference) <= 1e-7 * Math.Max(1, Math.Abs(difference)), $"input {i}, element {j}: {gradient[j].item<double>():r}, finite difference {difference:r}.");
            }
        }

        double Loss() => it.Loss(it.Fused(it.X, it.Stored, it.Starts, it.Parameters)).item<double>();
    }

    /// <summary>A gate that is closed by its bias leaves the stream as it is; one that is open and sees the stream only is the candidate's tanh.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void A_closed_gate_is_the_identity(bool fused)
    {
        Case it = new(2, 9, 4, 12, 2, 14, float64, 0.1, gated: true);
        using IDisposable frozen = no_grad();
        it.Parameters[20].fill_(60);
        it.Parameters[24].fill_(60);
        Equal(it.X, Run(), 1e-13, "closed");
        it.Parameters[20].fill_(-200); // z = 1
        it.Parameters[19].zero_(); // nothing of the stream in the candidate
        it.Parameters[17].narrow(0, 24, 12).copy_(eye(12));
        it.Parameters[9].zero_();
        it.Parameters[10].copy_(((arange(12) % 2) * 2) - 1); // what attention makes is 1 and −1 in turn, and rectified 1 and 0
        Equal(((arange(12) % 2).to(float64) * Math.Tanh(1)).expand(2, 9, 12), Run(), 1e-13, "open");

        Tensor Run() => fused ? it.Fused(it.X, it.Stored, it.Starts, it.Parameters) : it.Composed(it.X, it.Stored, it.Starts, it.Parameters);
    }

    /// <summary>Biases of some hundreds decide alone what is attended to; exp of such a score is infinite in single precision.</summary>
    [Fact]
    public void Large_scores_do_not_overflow()
    {
        foreach (double sign in (double[])[1, -1])
        {
            Case it = new(2, 21, 12, 16, 2, 16, float32, 0.1);
            using (no_grad()) it.Parameters[8].add_(sign * 300).mul_(2);
            Compare(it, 1e-4);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Inputs_may_lie_anyhow_in_memory(bool gated)
    {
        Case it = new(3, 10, 6, 12, 2, 14, float64, 0.1, gated);
        Tensor x = it.X.detach().transpose(0, 1).contiguous().transpose(0, 1).requires_grad_();
        Tensor stored = cat([it.Stored, it.Stored], 2).narrow(2, 0, 12), starts = it.Starts.t().contiguous().t();
        Tensor[] parameters = [.. it.Parameters.Select(tensor => tensor.shape.Length < 2 ? tensor : tensor.detach().t().contiguous().t().requires_grad_())];
        Assert.False(x.is_contiguous() || stored.is_contiguous() || starts.is_contiguous() || parameters[2].is_contiguous());
        Tensor[] expected = it.Gradients(it.Fused(it.X, it.Stored, it.Starts, it.Parameters), [it.X, .. it.Parameters]);
        Tensor[] actual = it.Gradients(it.Fused(x, stored, starts, parameters), [x, .. parameters]);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], 1e-13, $"result {i}");
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Gradients_come_for_what_asks_for_them(bool gated)
    {
        Case it = new(2, 6, 4, 8, 2, 8, float64, 0.1, gated);
        Tensor[] inputs = [it.X, .. it.Parameters];
        Tensor[] all = it.Gradients(it.Fused(it.X, it.Stored, it.Starts, it.Parameters), inputs);
        for (int asked = 0; asked < inputs.Length; asked++)
        {
            Tensor[] ones = [.. inputs.Select((tensor, i) => i == asked ? tensor.detach().requires_grad_() : tensor.detach())];
            it.Loss(it.Fused(ones[0], it.Stored, it.Starts, ones[1..])).backward();
            for (int i = 0; i < ones.Length; i++)
            {
                if (i == asked) Equal(all[1 + i], ones[i].grad!, 0, $"gradient {i}");
                else Assert.Null(ones[i].grad);
            }
        }
        using IDisposable frozen = no_grad();
        Assert.False(it.Fused(it.X, it.Stored, it.Starts, it.Parameters).requires_grad);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_graph_that_is_kept_gives_the_same_gradients_again(bool gated)
    {
        Case it = new(2, 20, 7, 8, 2, 8, float64, 0.1, gated);
        Tensor[] inputs = [it.X, .. it.Parameters];
        Tensor loss = it.Loss(it.Fused(it.X, it.Stored, it.Starts, it.Parameters));
        IList<Tensor> first = autograd.grad([loss], inputs, retain_graph: true), second = autograd.grad([loss], inputs);
        for (int i = 0; i < first.Count; i++) Equal(first[i], second[i], 0, $"gradient {i}");
    }

    [Theory, InlineData(false), InlineData(true)]
    public void What_the_memory_holds_beyond_the_episode_leaves_no_trace_even_where_it_is_not_a_number(bool gated)
    {
        const int Batch = 3, Context = 9, Width = 12;
        Case it = new(Batch, 11, Context, Width, 2, 12, float32, 0, gated);
        var flags = new bool[11 * Batch];
        flags[1] = true; // row 1 begins anew at once and sees nothing of its memory
        Tensor starts = tensor(flags, [11, Batch]), count = tensor(new float[] { 4, 9, 0 }, [Batch, 1]), spoilt = it.Stored.clone();
        spoilt[0].narrow(0, 0, Context - 4).fill_(double.NaN);
        spoilt[1].fill_(double.NaN);
        spoilt[2].fill_(double.NaN);
        Tensor[] inputs = [it.X, .. it.Parameters];
        Tensor[] expected = it.Gradients(FusedTransformer.Run(it.X, it.Stored, count, starts, it.Parameters), inputs);
        Tensor[] actual = it.Gradients(FusedTransformer.Run(it.X, spoilt, count, starts, it.Parameters), inputs);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], 0, $"result {i}");
    }

    /// <summary>Row 0 holds two of its five slots, row 1 all of them but begins anew at once, and row 2 none.</summary>
    [Fact]
    public void Empty_slots_leave_no_trace_even_where_they_are_not_numbers()
    {
        Case it = new(3, 11, 9, 12, 2, 12, float32, 0, distinct: true);
        Tensor starts = zeros(11, 3, dtype: @bool), ages = tensor(new float[] { 0, 0, 0, 7, 2, 9, 8, 6, 5, 1, 0, 0, 0, 0, 0 }, [3, 5]), count = tensor(new float[] { 2, 5, 0 }, [3, 1]), spoilt = it.Stored.clone();
        starts[0, 1] = true;
        var kept = StoredSteps.Choose(it.X.transpose(0, 1), it.Stored, ages, count, starts, 9, WriteGate.Tolerance);
        spoilt[0].narrow(0, 0, 3).fill_(double.NaN);
        spoilt[1].fill_(double.NaN);
        spoilt[2].fill_(double.NaN);
        Tensor[] inputs = [it.X, .. it.Parameters];
        Tensor[] expected = it.Gradients(FusedTransformer.Run(it.X, it.Stored, count, starts, it.Parameters, kept), inputs);
        Tensor[] actual = it.Gradients(FusedTransformer.Run(it.X, spoilt, count, starts, it.Parameters, kept), inputs);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], 0, $"result {i}");
    }

    /// <summary>Attending itself computes each row apart; the products around it are the BLAS's, which may round by their number of rows.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void A_row_does_not_depend_on_the_others(bool gated)
    {
        const int Batch = 5;
        Case it = new(Batch, 23, 11, 24, 3, 24, float64, 0.1, gated);
        Tensor together = it.Fused(it.X, it.Stored, it.Starts, it.Parameters);
        for (int row = 0; row < Batch; row++)
        {
            Tensor alone = FusedTransformer.Run(it.X.narrow(0, row, 1), it.Stored.narrow(0, row, 1), it.Count.narrow(0, row, 1), it.Starts.narrow(1, row, 1), it.Parameters);
            Equal(together.narrow(0, row, 1), alone, 1e-13, $"row {row}");
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_same_threads_give_the_same_bits(bool gated)
    {
        set_num_threads(2);
        Case it = new(4, 70, 40, 64, 4, 64, float32, 0.05, gated);
        Tensor[] inputs = [it.X, .. it.Parameters];
        Tensor[] first = it.Gradients(it.Fused(it.X, it.Stored, it.Starts, it.Parameters), inputs), second = it.Gradients(it.Fused(it.X, it.Stored, it.Starts, it.Parameters), inputs);
        for (int i = 0; i < first.Length; i++) Equal(first[i], second[i], 0, $"result {i}");
    }

    /// <summary>Counted from the mask, entry by entry.</summary>
    [Theory, InlineData(0, 3), InlineData(5, 4), InlineData(4, 12), InlineData(7, 1)]
    public void Recall_costs_what_is_visible(int context, int steps)
    {
        const int Batch = 6, Width = 12, Layers = 2;
        using MemorySubject subject = MemorySubject.Create("transformer", Width, context);
        Tensor starts = MemorySubject.Starts(steps, Batch, 0.2, 3), count = (arange(Batch) % (context + 1)).to(float32).unsqueeze(1);
        Tensor seen = AttentionWindow.Make(count, starts, context).Hidden.logical_not().squeeze(1); // [B, T, M + T]
        (long attending, long projecting) = subject.Memory.RecallOperations(new MemoryState(subject.Memory.Layout, zeros(Batch, Layers, context, Width), count), starts);
        Assert.Equal(Layers * 2 * Width * seen.to(int64).sum().item<long>(), attending);
        Assert.Equal(Layers * 2 * Width * Width * (seen.narrow(2, 0, context).to(int64).sum(1) > 0).to(int64).sum().item<long>(), projecting);
    }

    private static void Compare(Case it, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] inputs = [it.X, .. it.Parameters];
        Tensor[] expected = it.Gradients(it.Composed(it.X, it.Stored, it.Starts, it.Parameters), inputs);
        Tensor[] actual = it.Gradients(it.Fused(it.X, it.Stored, it.Starts, it.Parameters), inputs);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], tolerance, $"{it.X.dtype}, result {i}");
    }

    private static void Equal(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        double[] e = expected.detach().to(float64).contiguous().data<double>().ToArray(), a = actual.detach().to(float64).contiguous().data<double>().ToArray();
        for (int i = 0; i < e.Length; i++)
            Assert.True(Math.Abs(a[i] - e[i]) <= tolerance * Math.Max(1, Math.Abs(e[i])), $"{what}, element {i}: {a[i]:r} instead of {e[i]:r}.");
    }

    /// <summary>Random inputs of one layer, with counts from 0 to M, and a loss that every element of the output takes part in.</summary>
    private sealed class Case
    {
        private readonly Tensor _direction;

        public Case(int batch, int steps, int context, int width, int heads, int inner, ScalarType type, double startProbability, bool gated = false, bool distinct = false)
        {
            var random = new RandomSource((ulong)((steps * 1000) + (context * 100) + width));
            double scale = 1 / Math.Sqrt(width);
            (long[] Shape, double Mean, double Deviation)[] parameters =
            [
                ([width], 1, 0.3), ([width], 0, 0.3), ([width, width], 0, scale), ([width], 0, 0.3), ([width, width], 0, scale), ([width], 0, 0.3), ([width, width], 0, scale), ([width], 0, 0.3),
                ([heads, context + 1], 0, 0.5), ([width, width], 0, scale), ([width], 0, 0.3), ([width], 1, 0.3), ([width], 0, 0.3),
                ([inner, width], 0, scale), ([inner], 0, 0.3), ([width, inner], 0, 1 / Math.Sqrt(inner)), ([width], 0, 0.3),
            ];
            (long[] Shape, double Mean, double Deviation)[] gate = [([3 * width, width], 0, scale / 4), ([2 * width, width], 0, scale), ([width, width], 0, scale), ([width], 1, 0.3)];
            if (gated) parameters = [.. parameters, .. gate, .. gate];
            X = Gaussian([batch, steps, width], 0, 1).requires_grad_();
            int slots = distinct ? (context + 1) / 2 : context;
            Stored = Gaussian([batch, slots, width], 0, 1);
            Parameters = [.. parameters.Select(parameter => Gaussian(parameter.Shape, parameter.Mean, parameter.Deviation).requires_grad_())];
            // Half of the feed-forward units are on and half are off, all of them clearly: rounding must not decide on which side of its kink a unit is.
            using (no_grad())
            {
                Alternate(Parameters[14], inner, 8);
                if (gated) Alternate(Parameters[10], width, 6); // what enters a gate is rectified as well
                if (gated) Alternate(Parameters[16], width, 20);
            }
            // The first row remembers all, the second nothing, the others something.
            Count = tensor(Enumerable.Range(0, batch).Select(row => row == 0 ? slots : row == 1 ? 0.0 : random.NextInt(slots + 1)).ToArray(), [batch, 1]).to(type);
            Starts = tensor(Enumerable.Range(0, steps * batch).Select(_ => random.NextDouble() < startProbability).ToArray(), [steps, batch]);
            _direction = Gaussian([batch, steps, width], 0, 1 / Math.Sqrt(steps));
            if (distinct)
            {
                // Two of three inputs are one of three numbers. What is held is up to M steps old, every second or third step.
                double[] numbers = [.. Enumerable.Range(0, batch * (slots + steps)).Select(_ => random.NextInt(3) > 0 ? random.NextInt(3) - 1 : random.NextGaussian())];
                Tensor looked = tensor(numbers, [batch, slots + steps, 1]);
                double[] ages = [.. Enumerable.Range(0, batch * slots).Select(i => Math.Min(context - (i % slots), (2 * (slots - (i % slots))) - random.NextInt(2)))];
                Kept = StoredSteps.Choose(looked.narrow(1, slots, steps).transpose(0, 1), looked.narrow(1, 0, slots), tensor(ages, [batch, slots]), Count, Starts, context, WriteGate.Tolerance);
                Assert.True(steps < 10 || slots == 0 || startProbability > 0.1 || Enumerable.Range(0, batch * steps).Count(i => !Kept.Kept[(i / steps * Kept.Items) + slots + (i % steps)]) > batch * steps / 5, "Few steps are near-duplicates.");
            }

            void Alternate(Tensor bias, int units, double size) => bias.copy_((((arange(units) % 2) * 2) - 1).to(type) * size);

            Tensor Gaussian(long[] shape, double mean, double deviation) =>
                tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => mean + (random.NextGaussian() * deviation)).ToArray(), shape).to(type);
        }

        public Tensor X { get; }

        public Tensor Stored { get; }

        public Tensor Count { get; }

        public Tensor Starts { get; }

        public Tensor[] Parameters { get; }

        /// <summary>What the memory holds, where that is some steps only.</summary>
        public StoredSteps? Kept { get; }

        public Tensor Fused(Tensor x, Tensor stored, Tensor starts, Tensor[] parameters) => FusedTransformer.Run(x, stored, Count, starts, parameters, Kept);

        public Tensor Composed(Tensor x, Tensor stored, Tensor starts, Tensor[] parameters) =>
            TransformerComposition.Run(
            x, stored, Kept is null ? AttentionWindow.Make(Count, starts, (int)stored.shape[1]) : AttentionWindow.Make(Kept, (int)parameters[8].shape[1] - 1, x.device), parameters);

        /// <summary>The output, and then the gradients of the inputs.</summary>
        public Tensor[] Gradients(Tensor output, Tensor[] inputs) => [output, .. autograd.grad([Loss(output)], inputs)];

        public Tensor Loss(Tensor output) => (output * _direction).sum();
    }
}
