using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

/// <summary>Fast weights as one operator equal their chunks of plain operators: values, and gradients of everything that goes in.</summary>
public sealed class FusedFastWeightTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private delegate (Tensor Read, Tensor State) Operator(Tensor q, Tensor k, Tensor v, Tensor keep, Tensor write, Tensor state, Tensor starts, bool correct);

    public void Dispose() => _scope.Dispose();

    /// <summary>Lengths of one, within a chunk, of whole chunks and beyond; keys and values with and without a rest in every vector.</summary>
    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(1, 5, 2, 4, 3)]
    [InlineData(7, 3, 3, 5, 6)]
    [InlineData(16, 2, 1, 16, 17)]
    [InlineData(64, 2, 2, 3, 8)]
    [InlineData(65, 1, 2, 4, 4)]
    [InlineData(150, 2, 1, 8, 33)]
    public void Values_and_gradients_equal_the_composition(int steps, int batch, int heads, int keys, int values)
    {
        foreach (bool correct in (bool[])[true, false])
        {
            Compare(float64, 1e-11);
            Compare(float32, 1e-4);

            void Compare(ScalarType type, double tolerance)
            {
                using DisposeScope scope = NewDisposeScope();
                Case it = new(steps, batch, heads, keys, values, type);
                Tensor[] expected = it.Gradients(FastWeightComposition.Run, it.Inputs, correct), actual = it.Gradients(FusedSequences.FastWeights, it.Inputs, correct);
                for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], tolerance, $"[{steps}, {batch}, {heads}, {keys}, {values}] {type}, correct {correct}, result {i}");
            }
        }
    }

    /// <summary>Both twins, since the laws put only one of them through it.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Gradients_equal_finite_differences(bool fused, bool correct)
    {
        const double Epsilon = 1e-6;
        Case it = new(6, 2, 2, 3, 2, float64);
        Operator run = fused ? FusedSequences.FastWeights : FastWeightComposition.Run;
        Tensor[] gradients = it.Gradients(run, it.Inputs, correct)[2..];
        for (int which = 0; which < it.Inputs.Length; which++)
        {
            double[] expected = gradients[which].contiguous().data<double>().ToArray();
            for (int i = 0; i < expected.Length; i++)
            {
                double difference = (Moved(which, i, Epsilon) - Moved(which, i, -Epsilon)) / (2 * Epsilon);
                Assert.True(Math.Abs(difference - expected[i]) <= 1e-7 * Math.Max(1, Math.Abs(difference)), $"input {which}, element {i}: gradient {expected[i]}, finite difference {difference}.");
            }
        }

        double Moved(int which, int element, double by)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] inputs = [.. it.Inputs.Select(input => input.detach().clone())];
            inputs[which].view(-1).narrow(0, element, 1).add_(by);
            return it.Loss(run, inputs, correct).item<double>();
        }
    }

    [Fact]
    public void Inputs_may_lie_anyhow_in_memory()
    {
        Case it = new(6, 4, 2, 5, 3, float64);
        Tensor[] views = [.. it.Inputs.Select(tensor => tensor.detach().transpose(0, 1).contiguous().transpose(0, 1).requires_grad_())];
        Assert.False(views[0].is_contiguous());
        Tensor[] expected = it.Gradients(FusedSequences.FastWeights, it.Inputs, true), actual = it.Gradients(FusedSequences.FastWeights, views, true);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], 0, $"{i}");
    }

    [Fact]
    public void Gradients_come_for_what_asks_for_them()
    {
        Case it = new(5, 3, 2, 4, 4, float64);
        Tensor[] all = it.Gradients(FusedSequences.FastWeights, it.Inputs, true);
        for (int asked = 0; asked < it.Inputs.Length; asked++)
        {
            Tensor[] inputs = [.. it.Inputs.Select((tensor, i) => i == asked ? tensor.detach().requires_grad_() : tensor.detach())];
            it.Loss(FusedSequences.FastWeights, inputs, true).backward();
            for (int i = 0; i < inputs.Length; i++)
            {
                if (i == asked) Equal(all[2 + i], inputs[i].grad!, 0, $"{i}");
                else Assert.Null(inputs[i].grad);
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_was_before_an_episode_leaves_no_trace_even_where_it_is_not_a_number(bool correct)
    {
        const int Steps = 6, Batch = 3, Begin = 2;
        Case it = new(Steps, Batch, 2, 3, 5, float32);
        var flags = new bool[Steps * Batch];
        flags[(Begin * Batch) + 1] = true; // row 1 begins at step 2
        Tensor starts = tensor(flags, [Steps, Batch]);
        Tensor[] clean = [.. it.Inputs.Select(input => input.detach().clone())], spoilt = [.. clean.Select(input => input.clone())];
        for (int i = 0; i < 5; i++) spoilt[i].narrow(0, 0, Begin).narrow(1, 1, 1).fill_(double.NaN);
        spoilt[5].narrow(0, 1, 1).fill_(double.NaN);
        (Tensor expected, Tensor end) = FusedSequences.FastWeights(clean[0], clean[1], clean[2], clean[3], clean[4], clean[5], starts, correct);
        (Tensor actual, Tensor endOfSpoilt) = FusedSequences.FastWeights(spoilt[0], spoilt[1], spoilt[2], spoilt[3], spoilt[4], spoilt[5], starts, correct);
        Equal(expected.narrow(0, Begin, Steps - Begin), actual.narrow(0, Begin, Steps - Begin), 0, "read");
        Equal(end, endOfSpoilt, 0, "state");
    }

    /// <summary>Many equal keys with full strength: the worst case of a system that is inverted, since its powers grow as binomial coefficients do.</summary>
    [Fact]
    public void Equal_keys_lose_no_digits_in_the_composition()
    {
        const int Steps = 64;
        Tensor k = zeros(Steps, 1, 1, 2), v = arange(Steps).to(float32).view(Steps, 1, 1, 1), always = ones(Steps, 1, 1), state = zeros(1, 1, 2, 1);
        k.select(-1, 0).fill_(1);
        (Tensor read, _) = FastWeightComposition.Run(k, k, v, always, always, state, zeros(Steps, 1, dtype: @bool), correct: true);
        Equal(v, read, 1e-6, "read"); // each value replaces the one before
    }

    private static void Equal(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        double[] e = expected.detach().to(float64).contiguous().data<double>().ToArray(), a = actual.detach().to(float64).contiguous().data<double>().ToArray();
        for (int i = 0; i < e.Length; i++)
            Assert.True(Math.Abs(a[i] - e[i]) <= tolerance * Math.Max(1, Math.Abs(e[i])), $"{what}, element {i}: {a[i]:r} instead of {e[i]:r}.");
    }

    /// <summary>Random inputs in the order q, k, v, keep, write, state, with keys of length 1; and a loss that both outputs take part in.</summary>
    private sealed class Case
    {
        private readonly Tensor _ofRead, _ofState, _starts;

        public Case(int steps, int batch, int heads, int keys, int values, ScalarType type)
        {
            var random = new RandomSource((ulong)((steps * 1000) + (batch * 100) + (keys * 10) + values));
            Tensor k = Gaussian(steps, batch, heads, keys);
            Inputs =
            [
                Gaussian(steps, batch, heads, keys), k / k.square().sum([-1], keepdim: true).sqrt(), Gaussian(steps, batch, heads, values),
                Gaussian(steps, batch, heads).sigmoid(), Gaussian(steps, batch, heads).sigmoid(), Gaussian(batch, heads, keys, values),
            ];
            foreach (Tensor input in Inputs) input.requires_grad_();
            (_ofRead, _ofState) = (Gaussian(steps, batch, heads, values), Gaussian(batch, heads, keys, values));
            _starts = tensor(Enumerable.Range(0, steps * batch).Select(_ => random.NextDouble() < 0.1).ToArray(), [steps, batch]);

            Tensor Gaussian(params long[] shape) =>
                tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => random.NextGaussian()).ToArray(), shape).to(type);
        }

        public Tensor[] Inputs { get; }

        /// <summary>What is read, the state after, and then the gradient of every input.</summary>
        public Tensor[] Gradients(Operator run, Tensor[] inputs, bool correct)
        {
            (Tensor read, Tensor state) = run(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[5], _starts, correct);
            return [read, state, .. autograd.grad([Loss(read, state)], inputs)];
        }

        public Tensor Loss(Operator run, Tensor[] inputs, bool correct)
        {
            (Tensor read, Tensor state) = run(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[5], _starts, correct);
            return Loss(read, state);
        }

        private Tensor Loss(Tensor read, Tensor state) => (read * _ofRead).sum() + (state * _ofState).sum();
    }
}
