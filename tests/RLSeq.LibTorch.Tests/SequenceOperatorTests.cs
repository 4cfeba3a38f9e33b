using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class SequenceOperatorTests : TensorTest
{
    public static TheoryData<string> InstructionSets => ["base", "avx2", "avx512"];

    /// <summary>
    /// With every input weight the identity, no recurrent weight and no bias, one step is the gates alone:
    /// h = σ(x)·tanh(σ(x)·tanh(x)) of the LSTM, h = (1 − σ(x))·tanh(x) of the GRU, and σ(x)·tanh(σ(x)·x) of min-gru, whose h goes from 0 to σ(x)·x.
    /// </summary>
    [Theory, MemberData(nameof(InstructionSets))]
    public void Gates_are_exact_to_single_precision(string instructionSet)
    {
        using var use = Using(instructionSet);
        double[] points = [0, 1e-30, 1e-8, 1e-4, .. Enumerable.Range(1, 4000).Select(i => i * 0.005), 25, 40, 60, 80, 100, 1000];
        float[] xs = [.. points.Select(x => (float)x), .. points.Select(x => (float)-x)];
        Tensor input = tensor(xs, [xs.Length, 1, 1]), zero = zeros(1, 1);
        Tensor starts = ones(xs.Length, 1, dtype: @bool); // every step for itself
        float[] lstm = SequenceOperators.Lstm(input, zero, zero, starts, ones(4, 1), zeros(4, 1), zeros(4)).Output.data<float>().ToArray();
        float[] gru = SequenceOperators.Gru(input, zero, starts, ones(3, 1), zeros(3), zeros(3, 1), zeros(3)).Output.data<float>().ToArray();
        float[] minimal = SequenceOperators.MinGru(input.transpose(0, 1), zeros(xs.Length, 1), zeros(1, xs.Length, dtype: @bool), ones(3, 1), zeros(3)).Output.data<float>().ToArray();
        for (int i = 0; i < xs.Length; i++)
        {
            double x = xs[i], sigmoid = 1 / (1 + Math.Exp(-x));
            Near(sigmoid * Math.Tanh(sigmoid * Math.Tanh(x)), lstm[i], 1e-6 * Math.Abs(lstm[i]) + 1e-34, x); // exp is cut off at ±87
            Near(Math.Tanh(x) / (1 + Math.Exp(x)), gru[i], 2e-7, x); // c + z·(0 − c) rounds as c does
            Near(sigmoid * Math.Tanh(sigmoid * x), minimal[i], 1e-6 * Math.Abs(minimal[i]) + 1e-34, x);
        }

        static void Near(double expected, double actual, double tolerance, double x) =>
            Assert.True(Math.Abs(actual - expected) <= tolerance, $"x = {x}: {actual:r} instead of {expected:r}");
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Instruction_sets_agree(string instructionSet)
    {
        foreach (ScalarType type in (ScalarType[])[float32, float64])
        {
            double tolerance = type == float32 ? 1e-5 : 1e-12;
            foreach ((int steps, int batch, int width) in ((int, int, int)[])[(1, 1, 1), (4, 3, 7), (6, 11, 16), (5, 6, 37)])
            {
                Tensor[] expected, actual;
                using (Using("base")) expected = Results(steps, batch, width, type);
                using (Using(instructionSet)) actual = Results(steps, batch, width, type);
                for (int i = 0; i < expected.Length; i++) Close(expected[i], actual[i], tolerance);
            }
        }
        Assert.False(SequenceOperators.UseInstructionSet("mmx"));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Tensor x = zeros(3, 2, 4), h = zeros(2, 4), starts = zeros(3, 2, dtype: @bool), weight = zeros(16, 4), bias = zeros(16);
        Assert.Contains("input must be Float or Double [T, B, D] on the CPU with at least one step and one unit, but is Long[3, 2, 4]",
            Refused(() => SequenceOperators.Lstm(x.to(int64), h, h, starts, weight, weight, bias)), StringComparison.Ordinal);
        Assert.Contains("at least one step", Refused(() => SequenceOperators.Lstm(zeros(0, 2, 4), h, h, starts, weight, weight, bias)), StringComparison.Ordinal);
        Assert.Contains("c must be Float[2, 4] on the CPU, but is Float[3, 4]", Refused(() => SequenceOperators.Lstm(x, h, zeros(3, 4), starts, weight, weight, bias)), StringComparison.Ordinal);
        Assert.Contains("starts must be Bool[3, 2] on the CPU, but is Float[3, 2]", Refused(() => SequenceOperators.Lstm(x, h, h, zeros(3, 2), weight, weight, bias)), StringComparison.Ordinal);
        Assert.Contains("weight_hh must be Float[16, 4] on the CPU, but is Double[16, 4]", Refused(() => SequenceOperators.Lstm(x, h, h, starts, weight, weight.to(float64), bias)), StringComparison.Ordinal);
        Assert.Contains("bias_hh must be Float[12] on the CPU, but is Float[16]",
            Refused(() => SequenceOperators.Gru(x, h, starts, zeros(12, 4), zeros(12), zeros(12, 4), bias)), StringComparison.Ordinal);

        Tensor q = zeros(3, 2, 2, 5), v = zeros(3, 2, 2, 4), gate = zeros(3, 2, 2), state = zeros(2, 2, 5, 4);
        Assert.Contains("q and v must be Float or Double [T, B, H, K] and [T, B, H, E] on the CPU with at least one step and one unit, but are Float[3, 2, 4] on cpu and Float[3, 2, 2, 4]",
            Refused(() => SequenceOperators.FastWeights(x, q, v, gate, gate, state, starts, correct: true)), StringComparison.Ordinal);
        Assert.Contains("k must be Float[3, 2, 2, 5] on the CPU, but is Float[3, 2, 2, 4]", Refused(() => SequenceOperators.FastWeights(q, v, v, gate, gate, state, starts, correct: true)), StringComparison.Ordinal);
        Assert.Contains("write must be Float[3, 2, 2] on the CPU, but is Float[3, 2]", Refused(() => SequenceOperators.FastWeights(q, q, v, gate, zeros(3, 2), state, starts, correct: true)), StringComparison.Ordinal);
        Assert.Contains("state must be Float[2, 2, 5, 4] on the CPU, but is Float[2, 2, 4, 5]", Refused(() => SequenceOperators.FastWeights(q, q, v, gate, gate, zeros(2, 2, 4, 5), starts, correct: true)), StringComparison.Ordinal);
        Assert.Contains("starts must be Bool[3, 2] on the CPU, but is Bool[2, 3]", Refused(() => SequenceOperators.FastWeights(q, q, v, gate, gate, state, starts.t(), correct: true)), StringComparison.Ordinal);
        Assert.Contains("weight must be Float[12, 4] on the CPU, but is Float[16, 4]", Refused(() => SequenceOperators.MinGru(x, h, starts, weight, zeros(12))), StringComparison.Ordinal);
        Assert.Contains("factor must have real and imaginary parts, [2N], but is Float[3]", Refused(() => SequenceOperators.Diagonal(zeros(3, 2, 3), zeros(2, 3), starts, zeros(3), zeros(1))), StringComparison.Ordinal);
        Assert.Contains("factor must have real and imaginary parts, [2N], but is Float[2, 2]", Refused(() => SequenceOperators.Diagonal(x, h, starts, zeros(2, 2), zeros(2))), StringComparison.Ordinal);
        Assert.Contains("input must have 12 numbers per row, or a divisor of 6 that its units share, but has 4", Refused(() => SequenceOperators.Diagonal(x, zeros(2, 12), starts, zeros(12), zeros(6))), StringComparison.Ordinal);
        Assert.Contains("h must be Float[2, 4] on the CPU, but is Float[3, 4]", Refused(() => SequenceOperators.Diagonal(x, zeros(3, 4), starts, zeros(4), zeros(2))), StringComparison.Ordinal);
        Assert.Contains("factor must be Float[4] on the CPU, but is Double[4]", Refused(() => SequenceOperators.Diagonal(x, h, starts, zeros(4, float64), zeros(2))), StringComparison.Ordinal);
        Assert.Contains("gain must be Float[2] on the CPU, but is Float[4]", Refused(() => SequenceOperators.Diagonal(x, h, starts, zeros(4), zeros(4))), StringComparison.Ordinal);
        Assert.Contains("h must be Float[2, 4] on the CPU, but is Float[3, 4]", Refused(() => SequenceOperators.MinGru(x, zeros(3, 4), starts, zeros(12, 4), zeros(12))), StringComparison.Ordinal);

        static string Refused(Action call) => Assert.Throws<TorchException>(call).Message;
    }

    [Fact]
    public void Second_derivatives_are_refused()
    {
        Tensor x = zeros(3, 2, 4).requires_grad_(), h = zeros(2, 4), starts = zeros(3, 2, dtype: @bool);
        Tensor output = SequenceOperators.Gru(x, h, starts, ones(12, 4), zeros(12), ones(12, 4), zeros(12)).Output;
        Tensor minimal = SequenceOperators.MinGru(x, h, starts, ones(12, 4), zeros(12)).Output;
        Tensor gate = ones(3, 2, 1), heads = x.unsqueeze(2), read = SequenceOperators.FastWeights(heads, heads, heads, gate, gate, zeros(2, 1, 4, 4), starts, correct: true).Read;
        Assert.Contains("rlseq::fast_weights has no second derivative", Assert.Throws<TorchException>(() => autograd.grad([read.sum()], [x], create_graph: true)).Message, StringComparison.Ordinal);
        Assert.Contains("rlseq::min_gru has no second derivative", Assert.Throws<TorchException>(() => autograd.grad([minimal.sum()], [x], create_graph: true)).Message, StringComparison.Ordinal);
        Tensor diagonal = SequenceOperators.Diagonal(x, h, starts, ones(4), ones(2)).Output;
        Assert.Contains("rlseq::diagonal has no second derivative", Assert.Throws<TorchException>(() => autograd.grad([diagonal.sum()], [x], create_graph: true)).Message, StringComparison.Ordinal);
        Assert.Contains("rlseq::gru has no second derivative", Assert.Throws<TorchException>(() => autograd.grad([output.sum()], [x], create_graph: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_handle_leaks()
    {
        Results(5, 3, 9, float32);
        long before = LibTorchInfo.LiveHandles;
        using (NewDisposeScope())
        {
            Results(5, 3, 9, float32);
            Tensor wrong = zeros(2, 2);
            Assert.Throws<TorchException>(() => SequenceOperators.Lstm(zeros(3, 2, 4), wrong, wrong, wrong, wrong, wrong, wrong));
        }
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    /// <summary>
    /// A unit whose gate is half open, whose candidate is 1 and whose output is let through goes from h₀ = 0 to h_t = 1 − 2^−t, and is at 1
    /// from the step on at which an episode begins, the fourth. To h₀ flows back Σ (1 − tanh² h_t) · 2^−t over the three steps before.
    /// </summary>
    [Fact]
    public void A_linear_recurrence_is_what_it_sees_where_an_episode_begins()
    {
        Tensor h0 = zeros(1, 1, dtype: float64).requires_grad_();
        Tensor starts = tensor(new[] { false, false, false, true, false }, [5, 1]), bias = tensor(new double[] { 0, 1, 40 });
        var (output, h) = SequenceOperators.MinGru(zeros(5, 1, 1, dtype: float64), h0, starts, zeros(3, 1, dtype: float64), bias);
        double[] states = [1 / 2.0, 3 / 4.0, 7 / 8.0, 1, 1];
        Close([.. states.Select(Math.Tanh)], output, 1e-14);
        Assert.Equal(1, h.item<double>(), 1e-14);
        double expected = Enumerable.Range(0, 3).Sum(t => (1 - Math.Pow(Math.Tanh(states[t]), 2)) * Math.Pow(2, -t - 1));
        Assert.Equal(expected, autograd.grad([output.sum() + h.sum()], [h0])[0].item<double>(), 1e-14);
    }

    /// <summary>
    /// A state of one number with the key 1 goes from S to a·S + b (v − a·S), which with a = ½, b = ½ and v = 1 is S / 4 + ½: from 0 to ½, ⅝, 21⁄32,
    /// and to ½ again where an episode begins; without the correction it is S / 2 + ½. A query of 2 reads twice that. To S₀ flows back 2 (¼ + ¹⁄₁₆ + ¹⁄₆₄).
    /// </summary>
    [Theory]
    [InlineData(true, new[] { 1, 5 / 4.0, 21 / 16.0, 1, 5 / 4.0 }, 21 / 32.0)]
    [InlineData(false, new[] { 1, 3 / 2.0, 7 / 4.0, 1, 3 / 2.0 }, 7 / 4.0)]
    public void Fast_weights_forget_correct_and_begin_anew(bool correct, double[] reads, double gradient)
    {
        Tensor one = ones(5, 1, 1, 1, dtype: float64), half = one.select(-1, 0) / 2, s0 = zeros(1, 1, 1, 1, dtype: float64).requires_grad_();
        Tensor starts = tensor(new[] { false, false, false, true, false }, [5, 1]);
        var (read, state) = SequenceOperators.FastWeights(one * 2, one, one, half, half, s0, starts, correct);
        Close(reads, read, 1e-15);
        Assert.Equal(reads[^1] / 2, state.item<double>(), 1e-15);
        Assert.Equal(gradient, autograd.grad([read.sum() + state.sum()], [s0])[0].item<double>(), 1e-15);
    }

    /// <summary>
    /// A unit of factor f = i/2 turns what it holds by a quarter and halves it. From h₀ = 1 and inputs of 1 with a gain g = 3 it goes to
    /// f h₀ + g and f² h₀ + f g + g; where the episode begins it is the input, and then f + g.
    /// </summary>
    [Fact]
    public void A_complex_unit_turns_and_fades()
    {
        Tensor input = tensor(new double[] { 1, 0, 1, 0, 1, 0, 1, 0 }, [4, 1, 2]), h0 = tensor(new double[] { 1, 0 }, [1, 2]).requires_grad_();
        Tensor starts = tensor(new[] { false, false, true, false }, [4, 1]), factor = tensor(new[] { 0, 0.5 }).requires_grad_(), gain = tensor(new double[] { 3 }).requires_grad_();
        var (output, h) = SequenceOperators.Diagonal(input, h0, starts, factor, gain);
        Close([3, 0.5, 2.75, 1.5, 1, 0, 3, 0.5], output, 1e-15);
        Close([3, 0.5], h, 1e-15);
        IList<Tensor> gradients = autograd.grad([output.select(-1, 0).sum()], [factor, gain, h0]);
        // d/df of (f + 3) + (f² + 3f + 3) + (f + 3) = 2f + 5 = 5 + i: its real part for Re f, minus its imaginary part for Im f.
        Close([5, -1], gradients[0], 1e-15);
        // d/dg of (f + g) + (f² + g f + g) + (f + g) = 3 + f, of which the real part is 3.
        Close([3], gradients[1], 1e-15);
        // d/dh₀ of f h₀ + f² h₀ = f + f² = −1/4 + i/2.
        Close([-0.25, -0.5], gradients[2], 1e-15);
    }

    /// <summary>
    /// One number drives two units, of factors f₁ = ½ and f₂ = i/2. With inputs 1, 2, 3, the third where an episode begins, and gains of 1 and 10 they go to 1 and 10, to
    /// ½ + 2 and 5i + 20, and to 3 and 3; the gradient of a number is what flows to it from both.
    /// </summary>
    [Fact]
    public void Units_share_an_input()
    {
        Tensor input = tensor(new double[] { 1, 2, 3 }, [3, 1, 1]).requires_grad_(), starts = tensor(new[] { false, false, true }, [3, 1]);
        Tensor factor = tensor(new[] { 0.5, 0, 0, 0.5 }), gain = tensor(new double[] { 1, 10 }).requires_grad_();
        var (output, h) = SequenceOperators.Diagonal(input, zeros(1, 4, dtype: float64), starts, factor, gain);
        Close([1, 10, 0, 0, 2.5, 20, 0, 5, 3, 3, 0, 0], output, 1e-15);
        Close([3, 3, 0, 0], h, 1e-15);
        // To the first number flow 1 + ½ of the first unit and 10·(1 + i/2) of the second, of whose imaginary part the loss takes 5.
        IList<Tensor> gradients = autograd.grad([output.sum()], [input, gain]);
        Close([1.5 + 15, 1 + 10, 2], gradients[0], 1e-14);
        Close([1 + 0.5 + 2, 1 + 0.5 + 2], gradients[1], 1e-14);
    }

    /// <summary>Outputs and gradients of the operators for the same random inputs.</summary>
    private static Tensor[] Results(int steps, int batch, int width, ScalarType type)
    {
        manual_seed(5);
        Tensor x = Input(steps, batch, width), h = Input(batch, width), c = Input(batch, width), starts = randn(steps, batch) > 0.8;
        Tensor[] four = [Input(4 * width, width), Input(4 * width, width), Input(4 * width)], three = [Input(3 * width, width), Input(3 * width), Input(3 * width, width), Input(3 * width)];
        var lstm = SequenceOperators.Lstm(x, h, c, starts, four[0], four[1], four[2]);
        var gru = SequenceOperators.Gru(x, h, starts, three[0], three[1], three[2], three[3]);
        var minimal = SequenceOperators.MinGru(x, h, starts, three[0], three[1]);
        Tensor q = Input(steps, batch, 2, width), k = Input(steps, batch, 2, width), v = Input(steps, batch, 2, 5), gates = Input(steps, batch, 2), matrices = Input(batch, 2, width, 5);
        var fast = SequenceOperators.FastWeights(q, k, v, gates.sigmoid(), gates.sigmoid(), matrices, starts, correct: true);
        Tensor planes = Input(steps, batch, 2 * width), before = Input(batch, 2 * width), factor = Input(2 * width), gain = Input(width);
        var diagonal = SequenceOperators.Diagonal(planes, before, starts, factor, gain);
        Tensor one = Input(steps, batch, width), contexts = Input(batch, 6 * width), factors = Input(6 * width), gains = Input(3 * width);
        var shared = SequenceOperators.Diagonal(one, contexts, starts, factors, gains);
        Tensor loss = shared.Output.square().sum() + shared.H.sum() + fast.Read.square().sum() + fast.State.sum() + diagonal.Output.square().sum() + diagonal.H.sum() + minimal.Output.square().sum() + minimal.H.sum() + lstm.Output.sum() + lstm.H.square().sum() + lstm.C.sum() + gru.Output.square().sum() + gru.H.sum();
        return [lstm.Output, lstm.H, lstm.C, gru.Output, gru.H, minimal.Output, minimal.H, fast.Read, fast.State, diagonal.Output, diagonal.H, shared.Output, shared.H, .. autograd.grad([loss], [x, h, c, .. four, .. three, q, k, v, gates, matrices, planes, before, factor, gain, one, contexts, factors, gains])];

        Tensor Input(params long[] shape) => (randn(shape, float64) * 0.4).to(type).requires_grad_();
    }

    /// <summary>The operators' code for one instruction set, until disposed; where the processor lacks it, the widest that it has.</summary>
    private static Restore Using(string instructionSet)
    {
        SequenceOperators.UseInstructionSet(instructionSet);
        return new Restore();
    }

    private sealed class Restore : IDisposable
    {
        public void Dispose()
        {
            foreach (string widest in (string[])["avx512", "avx2", "base"])
                if (SequenceOperators.UseInstructionSet(widest)) return;
        }
    }
}
