using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class TransformerOperatorTests : TensorTest
{
    public static TheoryData<string> InstructionSets => ["base", "avx2", "avx512"];

    /// <summary>
    /// With queries of zero every visible item weighs exp(relative[distance]), and with the identity for values, no feed-forward part and
    /// norms that leave numbers of mean 0 and variance 1 alone, the result is x plus the weighted mean of the visible items.
    /// </summary>
    [Theory, MemberData(nameof(InstructionSets))]
    public void A_step_gets_the_weighted_mean_of_what_it_sees(string instructionSet)
    {
        using var use = Using(instructionSet);
        const int Steps = 21, Context = 4, Begin = 13;
        double[] weights = [1, 3, 0.5, 2, 7]; // by distance
        // Items +1 −1 or −1 +1: of mean 0 and variance 1, so a norm changes them by 5e-6.
        int[] sign = [.. Enumerable.Range(0, Context + Steps).Select(item => item % 3 == 0 ? 1 : -1)];
        float[] items = [.. sign.SelectMany(s => new float[] { s, -s })];
        var starts = new bool[Steps];
        starts[Begin] = true;
        Tensor none = zeros(2, 2), zero = zeros(2), one = ones(2), identity = eye(2);
        Tensor relative = tensor(weights.Select(weight => (float)Math.Log(weight)).ToArray(), [1, Context + 1]);
        Tensor[] parameters = [one, zero, none, zero, none, zero, identity, zero, relative, identity, zero, one, zero, none, zero, none, zero];
        Tensor stored = tensor(items[..(2 * Context)], [1, Context, 2]), x = tensor(items[(2 * Context)..], [1, Steps, 2]);
        for (int count = 0; count <= Context; count++)
        {
            float[] output = TransformerOperators.Layer(x, stored, tensor(new float[] { count }, [1, 1]), tensor(starts, [Steps, 1]), parameters).data<float>().ToArray();
            for (int t = 0; t < Steps; t++)
            {
                double sum = 0, total = 0;
                for (int distance = 0; distance <= Context; distance++)
                {
                    int seen = t - distance; // items before the segment are negative
                    if (t >= Begin ? seen < Begin : seen < -count) break;
                    sum += weights[distance] * sign[Context + seen];
                    total += weights[distance];
                }
                Assert.Equal(sign[Context + t] + (sum / total), output[2 * t], 2e-5);
            }
        }
    }

    /// <summary>As above, where the memory holds two of its steps, 4 and 1 before the segment, and of the segment those that are not the second of three.</summary>
    [Theory, MemberData(nameof(InstructionSets))]
    public void A_step_sees_what_is_held_and_itself(string instructionSet)
    {
        using var use = Using(instructionSet);
        const int Steps = 37, Context = 4, Slots = 2;
        double[] weights = [1, 3, 0.5, 2, 7]; // by distance
        int[] sign = [.. Enumerable.Range(0, Slots + Steps).Select(item => item % 3 == 0 ? 1 : -1)], place = [-4, -1, .. Enumerable.Range(0, Steps)];
        float[] items = [.. sign.SelectMany(s => new float[] { s, -s })];
        bool[] kept = [.. place.Select(step => step < 0 || step % 3 != 1)];
        int[] first = [.. Enumerable.Range(0, Steps).Select(t => Enumerable.Range(0, Slots + t + 1).First(item => t - place[item] <= Context))];
        Tensor none = zeros(2, 2), zero = zeros(2), one = ones(2), identity = eye(2);
        Tensor relative = tensor(weights.Select(weight => (float)Math.Log(weight)).ToArray(), [1, Context + 1]);
        Tensor[] parameters = [one, zero, none, zero, none, zero, identity, zero, relative, identity, zero, one, zero, none, zero, none, zero];
        Tensor stored = tensor(items[..(2 * Slots)], [1, Slots, 2]), x = tensor(items[(2 * Slots)..], [1, Steps, 2]);
        float[] output = TransformerOperators.Layer(
            x, stored, zeros(1, 1), zeros(Steps, 1, dtype: @bool), parameters, tensor(first, [1, Steps]), tensor(place, [1, Slots + Steps]), tensor(kept, [1, Slots + Steps])).data<float>().ToArray();
        for (int t = 0; t < Steps; t++)
        {
            int[] seen = [.. Enumerable.Range(0, Slots + t + 1).Where(item => item == Slots + t || (kept[item] && t - place[item] <= Context))];
            double sum = seen.Sum(item => weights[t - place[item]] * sign[item]), total = seen.Sum(item => weights[t - place[item]]);
            Assert.Equal(sign[Slots + t] + (sum / total), output[2 * t], 2e-5);
        }
    }

    [Fact]
    public void Choices_that_do_not_fit_are_refused()
    {
        Tensor x = zeros(1, 3, 4), stored = zeros(1, 2, 4), count = zeros(1, 1), starts = zeros(3, 1, dtype: @bool);
        Tensor[] parameters = Parameters(4, 2, 5, 6, float32);
        Tensor first = Ints(0, 1, 4), place = Ints(-5, -2, 0, 1, 2), kept = ones(1, 5, dtype: @bool);
        Assert.Equal([1, 3, 4], Layer(first, place, kept).shape);
        Assert.Contains("first must be Int[1, 3] on the CPU, but is Long[1, 3]", Refused(first.to(int64), place, kept), StringComparison.Ordinal);
        Assert.Contains("place must be Int[1, 5] on the CPU, but is Int[1, 4]", Refused(first, Ints(-5, 0, 1, 2), kept), StringComparison.Ordinal);
        Assert.Contains("kept must be Bool[1, 5]", Refused(first, place, place), StringComparison.Ordinal);
        Assert.Contains("stored must be Float[1, 2, 4] on the CPU, but is Float[1, 2, 5]", Assert.Throws<TorchException>(() => TransformerOperators.Layer(x, zeros(1, 2, 5), count, starts, parameters, first, place, kept)).Message, StringComparison.Ordinal);
        Assert.Contains("choices must be first, place and kept, or none, but there are 2", Refused(first, place), StringComparison.Ordinal);
        Assert.Contains("first is empty", Refused(zeros(0, dtype: int32), place, kept), StringComparison.Ordinal);
        foreach (Tensor wrong in (Tensor[])[Ints(1, 0, 1), Ints(-1, 0, 1), Ints(0, 4, 4), Ints(0, 0, 1)]) // decreases, before the first, behind its own, too old
            Assert.Contains("first must never decrease", Refused(wrong, place, kept), StringComparison.Ordinal);
        Assert.Contains("number the segment's steps from 0", Refused(first, Ints(-5, -2, 1, 2, 3), kept), StringComparison.Ordinal);
        Assert.Contains("place must increase", Refused(first, Ints(-2, -2, 0, 1, 2), kept), StringComparison.Ordinal);

        Tensor Layer(params Tensor[] choices) => TransformerOperators.Layer(x, stored, count, starts, parameters, choices);
        string Refused(params Tensor[] choices) => Assert.Throws<TorchException>(() => Layer(choices)).Message;
        static Tensor Ints(params int[] values) => tensor(values, [1, values.Length]);
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Instruction_sets_agree(string instructionSet)
    {
        foreach (ScalarType type in (ScalarType[])[float32, float64])
        {
            double tolerance = type == float32 ? 2e-5 : 1e-12;
            foreach ((int steps, int context, int width, int heads) in ((int, int, int, int)[])[(1, 0, 1, 1), (5, 3, 14, 2), (19, 40, 32, 1), (35, 9, 48, 3), (17, 20, 64, 8)])
            {
                foreach ((bool gated, bool some) in ((bool, bool)[])[(false, false), (true, false), (false, true)])
                {
                    Tensor[] expected, actual;
                    using (Using("base")) expected = Results(steps, context, width, heads, type, gated, some);
                    using (Using(instructionSet)) actual = Results(steps, context, width, heads, type, gated, some);
                    for (int i = 0; i < expected.Length; i++) Close(expected[i], actual[i], tolerance);
                }
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Tensor x = zeros(2, 3, 4), stored = zeros(2, 5, 4), count = zeros(2, 1), starts = zeros(3, 2, dtype: @bool);
        Tensor[] parameters = Parameters(4, 2, 5, 6, float32);
        Assert.Contains("x must be Float or Double [B, T, D] on the CPU", Refused(() => TransformerOperators.Layer(x.to(int64), stored, count, starts, parameters)), StringComparison.Ordinal);
        Assert.Contains("at least one step", Refused(() => TransformerOperators.Layer(zeros(2, 0, 4), stored, count, zeros(0, 2, dtype: @bool), parameters)), StringComparison.Ordinal);
        Assert.Contains("stored must be Float[2, 5, 4] on the CPU, but is Float[2, 6, 4]", Refused(() => TransformerOperators.Layer(x, zeros(2, 6, 4), count, starts, parameters)), StringComparison.Ordinal);
        Assert.Contains("starts must be Bool[3, 2] on the CPU, but is Bool[2, 3]", Refused(() => TransformerOperators.Layer(x, stored, count, starts.t(), parameters)), StringComparison.Ordinal);
        Assert.Contains("count must be Float[2, 1]", Refused(() => TransformerOperators.Layer(x, stored, zeros(2), starts, parameters)), StringComparison.Ordinal);
        Assert.Contains("ffn2.weight must be Float[4, 6] on the CPU, but is Float[6, 4]", Refused(With(15, zeros(6, 4))), StringComparison.Ordinal);
        Assert.Contains("norm2.bias must be Float[4]", Refused(With(12, zeros(5))), StringComparison.Ordinal);
        Assert.Contains("with H dividing D", Refused(With(8, zeros(3, 6))), StringComparison.Ordinal);
        Assert.Contains("there must be 17 parameters, or 25 with gates, but there are 16", Refused(() => TransformerOperators.Layer(x, stored, count, starts, parameters[1..])), StringComparison.Ordinal);

        Tensor[] gated = [.. parameters, .. Gate(4), .. Gate(4)];
        Assert.Equal([2, 3, 4], TransformerOperators.Layer(x, stored, count, starts, gated).shape);
        Assert.Contains("gate1.part must be Float[12, 4] on the CPU, but is Float[4, 4]", Refused(WithGate(17, zeros(4, 4))), StringComparison.Ordinal);
        Assert.Contains("gate1.part is empty", Refused(WithGate(17, zeros(0))), StringComparison.Ordinal);
        Assert.Contains("gate1.stream must be Float[8, 4]", Refused(WithGate(18, zeros(12, 4))), StringComparison.Ordinal);
        Assert.Contains("gate2.candidate must be Float[4, 4] on the CPU, but is Double[4, 4]", Refused(WithGate(23, zeros(4, 4, dtype: float64))), StringComparison.Ordinal);
        Assert.Contains("gate2.bias must be Float[4]", Refused(WithGate(24, zeros(1))), StringComparison.Ordinal);
        Assert.Contains("there must be 17 parameters, or 25 with gates, but there are 21", Refused(() => TransformerOperators.Layer(x, stored, count, starts, gated[..21])), StringComparison.Ordinal);

        Action WithGate(int index, Tensor other) => () => TransformerOperators.Layer(x, stored, count, starts, [.. gated[..index], other, .. gated[(index + 1)..]]);

        Action With(int index, Tensor other) => () => TransformerOperators.Layer(x, stored, count, starts, [.. parameters[..index], other, .. parameters[(index + 1)..]]);

        static string Refused(Action call) => Assert.Throws<TorchException>(call).Message;
    }

    [Fact]
    public void Second_derivatives_are_refused()
    {
        Tensor x = randn(1, 3, 4).requires_grad_();
        Tensor output = TransformerOperators.Layer(x, zeros(1, 2, 4), zeros(1, 1), zeros(3, 1, dtype: @bool), Parameters(4, 1, 2, 4, float32));
        Assert.Contains("rlseq::transformer_layer has no second derivative", Assert.Throws<TorchException>(() => autograd.grad([output.sum()], [x], create_graph: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_handle_leaks()
    {
        Results(5, 3, 8, 2, float32, gated: true);
        long before = LibTorchInfo.LiveHandles;
        using (NewDisposeScope())
        {
            Results(5, 3, 8, 2, float32, gated: true);
            Tensor wrong = zeros(2, 2);
            Assert.Throws<TorchException>(() => TransformerOperators.Layer(zeros(1, 2, 2), wrong, wrong, wrong, []));
        }
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    /// <summary>Output and gradients for the same random inputs; with a memory that holds all of its steps, or some of them and of the segment's.</summary>
    private static Tensor[] Results(int steps, int context, int width, int heads, ScalarType type, bool gated, bool some = false)
    {
        manual_seed(5);
        Tensor x = randn([2, steps, width], float64).to(type).requires_grad_(), stored = randn([2, context, width], float64).to(type);
        Tensor count = tensor(new double[] { context, context / 2 }, [2, 1]).to(type), starts = randn(steps, 2) > 1.5;
        Tensor[] parameters = Parameters(width, heads, context, width + 3, type);
        if (gated) parameters = [.. parameters, .. Gate(width, type), .. Gate(width, type)];
        int[] first = [.. Enumerable.Range(0, 2 * steps).Select(i => i % steps)];
        Tensor place = arange(-context, steps, dtype: int32).unsqueeze(0).expand(2, -1), kept = randn(2, context + steps) > -0.3;
        Tensor[] choices = some ? [tensor(first, [2, steps]), place, kept] : [];
        Tensor output = TransformerOperators.Layer(x, stored, count, starts, parameters, choices);
        return [output, .. autograd.grad([output.square().mean()], [x, .. parameters])];
    }

    private static Tensor[] Parameters(int width, int heads, int context, int inner, ScalarType type)
    {
        long[] square = [width, width], line = [width];
        long[][] shapes = [line, line, square, line, square, line, square, line, [heads, context + 1], square, line, line, line, [inner, width], [inner], [width, inner], line];
        Tensor[] parameters = [.. shapes.Select(shape => (randn(shape, float64) * 0.3).to(type).requires_grad_())];
        // Half of the feed-forward units are on and half are off, all of them clearly: rounding must not decide on which side of its kink a unit is.
        using IDisposable frozen = no_grad();
        parameters[14].copy_(((arange(inner) % 2) * 2 - 1).to(type) * 30);
        return parameters;
    }

    private static Tensor[] Gate(int width, ScalarType type = ScalarType.Float32)
    {
        long[][] shapes = [[3 * width, width], [2 * width, width], [width, width], [width]];
        return [.. shapes.Select(shape => (randn(shape, float64) * 0.3).to(type).requires_grad_())];
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
