using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

/// <summary>A recurrence as one operator equals its twin of plain operators: values, and gradients of everything that goes in.</summary>
public sealed class FusedSequenceTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly int _threads = get_num_threads();

    private delegate Tensor[] Recurrence(Tensor[] inputs, Tensor starts);

    /// <summary>Lengths of one and more; rows that do and do not divide among tiles and threads; widths with and without a rest in every vector.</summary>
    public static TheoryData<string, int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<string, int, int, int>();
            foreach (string memory in (string[])["lstm", "gru", "min-gru", "diagonal", "diagonal shared"])
            {
                foreach ((int steps, int batch, int width) in ((int, int, int)[])[(1, 1, 1), (1, 5, 8), (9, 1, 16), (7, 3, 5), (12, 13, 33), (20, 4, 64), (5, 17, 70)])
                    shapes.Add(memory, steps, batch, width);
            }
            return shapes;
        }
    }

    public void Dispose()
    {
        set_num_threads(_threads);
        _scope.Dispose();
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Values_and_gradients_equal_the_compositions(string memory, int steps, int batch, int width)
    {
        Compare(memory, steps, batch, width, float64, 1e-12);
        Compare(memory, steps, batch, width, float32, 2e-5);
    }

    [Theory, InlineData("lstm"), InlineData("gru"), InlineData("min-gru"), InlineData("diagonal"), InlineData("diagonal shared")]
    public void Inputs_may_lie_anyhow_in_memory(string memory)
    {
        Case it = new(memory, 6, 4, 10, float64);
        // The same numbers, the first two dimensions exchanged twice: once in memory, once in the view.
        Tensor[] views = [.. it.Inputs.Select(tensor => tensor.shape.Length < 2 ? tensor : tensor.detach().transpose(0, 1).contiguous().transpose(0, 1).requires_grad_())];
        Assert.False(views[0].is_contiguous());
        Tensor starts = it.Starts.t().contiguous().t();
        Tensor[] expected = it.Gradients(it.Fused, it.Inputs, it.Starts), actual = it.Gradients(it.Fused, views, starts);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], 1e-13, $"{memory} {i}");
    }

    [Theory, InlineData("lstm"), InlineData("gru"), InlineData("min-gru"), InlineData("diagonal"), InlineData("diagonal shared")]
    public void Gradients_come_for_what_asks_for_them(string memory)
    {
        Case it = new(memory, 5, 3, 6, float64);
        Tensor[] all = it.Gradients(it.Fused, it.Inputs, it.Starts);
        for (int asked = 0; asked < it.Inputs.Length; asked++)
        {
            Tensor[] inputs = [.. it.Inputs.Select((tensor, i) => i == asked ? tensor.detach().requires_grad_() : tensor.detach())];
            it.Loss(it.Fused(inputs, it.Starts)).backward();
            for (int i = 0; i < inputs.Length; i++)
            {
                if (i == asked) Equal(all[it.OutputCount + i], inputs[i].grad!, 0, $"{memory} {i}");
                else Assert.Null(inputs[i].grad);
            }
        }
        using IDisposable frozen = no_grad();
        Assert.False(it.Fused(it.Inputs, it.Starts)[0].requires_grad);
    }

    [Theory, InlineData("lstm"), InlineData("gru"), InlineData("min-gru"), InlineData("diagonal"), InlineData("diagonal shared")]
    public void A_graph_that_is_kept_gives_the_same_gradients_again(string memory)
    {
        Case it = new(memory, 5, 3, 6, float64);
        Tensor loss = it.Loss(it.Fused(it.Inputs, it.Starts));
        IList<Tensor> first = autograd.grad([loss], it.Inputs, retain_graph: true), second = autograd.grad([loss], it.Inputs);
        for (int i = 0; i < first.Count; i++) Equal(first[i], second[i], 0, $"{memory} {i}");
    }

    [Theory, InlineData("lstm"), InlineData("gru"), InlineData("min-gru"), InlineData("diagonal"), InlineData("diagonal shared")]
    public void What_was_before_an_episode_leaves_no_trace_even_where_it_is_not_a_number(string memory)
    {
        const int Steps = 6, Batch = 3, Begin = 2;
        Case it = new(memory, Steps, Batch, 5, float32);
        Tensor[] clean = [.. it.Inputs.Select(tensor => tensor.detach().clone())];
        var flags = new bool[Steps * Batch];
        flags[(Begin * Batch) + 1] = true; // row 1 begins at step 2
        Tensor starts = tensor(flags, [Steps, Batch]);
        Tensor[] spoilt = [.. clean.Select(tensor => tensor.clone())];
        using (no_grad())
        {
            spoilt[0].narrow(0, 0, Begin).narrow(1, 1, 1).fill_(double.NaN);
            for (int state = 1; state < it.OutputCount; state++) spoilt[state].narrow(0, 1, 1).fill_(double.NaN);
        }
        Tensor[] expected = it.Fused(clean, starts), actual = it.Fused(spoilt, starts);
        Equal(expected[0].narrow(0, Begin, Steps - Begin), actual[0].narrow(0, Begin, Steps - Begin), 0, memory);
        for (int i = 1; i < expected.Length; i++) Equal(expected[i], actual[i], 0, memory);
    }

    [Theory, InlineData("lstm"), InlineData("gru"), InlineData("min-gru"), InlineData("diagonal"), InlineData("diagonal shared")]
    public void The_same_threads_give_the_same_bits(string memory)
    {
        set_num_threads(2);
        Case it = new(memory, 32, 7, 48, float32);
        Tensor[] first = it.Gradients(it.Fused, it.Inputs, it.Starts), second = it.Gradients(it.Fused, it.Inputs, it.Starts);
        for (int i = 0; i < first.Length; i++) Equal(first[i], second[i], 0, $"{memory} {i}");
    }

    private static void Compare(string memory, int steps, int batch, int width, ScalarType type, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        Case it = new(memory, steps, batch, width, type);
        Tensor[] expected = it.Gradients(it.Composed, it.Inputs, it.Starts), actual = it.Gradients(it.Fused, it.Inputs, it.Starts);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], tolerance, $"{memory} [{steps}, {batch}, {width}] {type}, result {i}");
    }

    private static void Equal(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        double[] e = expected.detach().to(float64).contiguous().data<double>().ToArray(), a = actual.detach().to(float64).contiguous().data<double>().ToArray();
        for (int i = 0; i < e.Length; i++)
            Assert.True(Math.Abs(a[i] - e[i]) <= tolerance * Math.Max(1, Math.Abs(e[i])), $"{what}, element {i}: {a[i]:r} instead of {e[i]:r}.");
    }

    /// <summary>Random inputs of one recurrence, and a loss that every output takes part in.</summary>
    private sealed class Case
    {
        private readonly Tensor[] _directions;

        public Case(string memory, int steps, int batch, int width, ScalarType type)
        {
            var random = new RandomSource((ulong)((steps * 1000) + (batch * 100) + width));
            OutputCount = memory == "lstm" ? 3 : 2;
            long features = memory switch { "diagonal" => 2 * width, "diagonal shared" => 6 * width, _ => width }; // units of two parts, in three columns where they share an input
            var shapes = new List<long[]> { new long[] { steps, batch, memory == "diagonal shared" ? width : features } };
            for (int state = 1; state < OutputCount; state++) shapes.Add([batch, features]);
            long four = 4 * width, three = 3 * width;
            shapes.AddRange(memory switch
            {
                "lstm" => [[four, width], [four, width], [four]],
                "gru" => [[three, width], [three], [three, width], [three]],
                "diagonal" or "diagonal shared" => [[features], [features / 2]],
                _ => (long[][])[[three, width], [three]],
            });
            double scale = 1 / Math.Sqrt(width);
            Inputs = [.. shapes.Select((shape, i) => Gaussian(shape, i < OutputCount ? 1 : scale).requires_grad_())];
            _directions = [Gaussian([steps, batch, features], 1), .. Enumerable.Range(1, OutputCount - 1).Select(_ => Gaussian([batch, features], 1))];
            Starts = tensor(Enumerable.Range(0, steps * batch).Select(_ => random.NextDouble() < 0.25).ToArray(), [steps, batch]);
            (Fused, Composed) = memory switch
            {
                "lstm" => ((x, s) => Results(FusedSequences.Lstm(x[0], x[1], x[2], s, x[3], x[4], x[5])), (x, s) => Results(LstmComposition.Run(x[0], x[1], x[2], s, x[3], x[4], x[5]))),
                "gru" => ((x, s) => Results(FusedSequences.Gru(x[0], x[1], s, x[2], x[3], x[4], x[5])), (x, s) => Results(GruComposition.Run(x[0], x[1], s, x[2], x[3], x[4], x[5]))),
                "diagonal" or "diagonal shared" => ((x, s) => Results(FusedSequences.Diagonal(x[0], x[1], s, x[2], x[3])), (x, s) => Results(DiagonalComposition.Run(x[0], x[1], s, x[2], x[3]))),
                _ => ((Recurrence)((x, s) => Results(FusedSequences.MinGru(x[0], x[1], s, x[2], x[3]))), (Recurrence)((x, s) => Results(MinGruComposition.Run(x[0], x[1], s, x[2], x[3])))),
            };

            Tensor Gaussian(long[] shape, double deviation) =>
                tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => random.NextGaussian() * deviation).ToArray(), shape).to(type);
        }

        public int OutputCount { get; }

        public Tensor[] Inputs { get; }

        public Tensor Starts { get; }

        public Recurrence Fused { get; }

        public Recurrence Composed { get; }

        /// <summary>The outputs, and then the gradient of every input.</summary>
        public Tensor[] Gradients(Recurrence recurrence, Tensor[] inputs, Tensor starts)
        {
            Tensor[] outputs = recurrence(inputs, starts);
            return [.. outputs, .. autograd.grad([Loss(outputs)], inputs)];
        }

        public Tensor Loss(Tensor[] outputs)
        {
            Tensor loss = (outputs[0] * _directions[0]).sum();
            for (int i = 1; i < outputs.Length; i++) loss = loss + (outputs[i] * _directions[i]).sum();
            return loss;
        }

        private static Tensor[] Results((Tensor, Tensor, Tensor) results) => [results.Item1, results.Item2, results.Item3];

        private static Tensor[] Results((Tensor, Tensor) results) => [results.Item1, results.Item2];
    }
}
