using RLSeq.Agents;

namespace RLSeq.Policies.Tests;

/// <summary>What fast and forgetful memories begin with, and that whatever they come to can be exported.</summary>
public sealed class FfmMemoryTests
{
    private const int Width = 64, Traces = 32, Contexts = 4;

    /// <summary>
    /// At the default width the published sizes, 32 traces in 4 contexts, and the published beginning: rates at equal distances from ln 2 − 0.02 to that at which a
    /// hundredth is left after 1,024 steps, periods at equal distances from 1 to 1,024 steps. The other form turns with 256, 32 and 4 steps, or not at all.
    /// </summary>
    [Theory]
    [InlineData("ffm", new double[] { 1, 342, 683, 1024 })]
    [InlineData("ffm-normalized", new[] { double.PositiveInfinity, 256, 32, 4 })]
    public void Traces_and_contexts_begin_where_they_should(string name, double[] periods)
    {
        PolicyModule module = Exported(name);
        Assert.Equal((Traces, Contexts), (module.Settings["traces"], module.Settings["contexts"]));
        float[] factor = module.Tensors["factor"].Values;
        double fastest = Math.Log(2) - 0.02, slowest = Math.Log(100) / 1024;
        for (int k = 0; k < Contexts; k++)
        {
            for (int j = 0; j < Traces; j++)
            {
                int unit = (k * Traces) + j;
                double modulus = Math.Exp(-(fastest + ((slowest - fastest) * j / (Traces - 1)))), angle = 2 * Math.PI / periods[k];
                Assert.Equal(modulus * Math.Cos(angle), factor[unit], 1e-5);
                Assert.Equal(modulus * Math.Sin(angle), factor[(Traces * Contexts) + unit], 1e-5);
                if (name == "ffm-normalized") Assert.Equal(1 - (modulus * modulus), Math.Pow(module.Tensors["gain"].Values[j], 2), 1e-5);
            }
        }
    }

    /// <summary>Where nothing is forgotten the moduli are 1, and cosine and sine of many angles are rounded to a pair that lies beyond the circle.</summary>
    [Theory]
    [InlineData("ffm", 0f)]
    [InlineData("ffm-normalized", 0f)]
    [InlineData("ffm-normalized", 1e-9f)]
    [InlineData("ffm-normalized", -3f)]
    [InlineData("ffm", 1000f)]
    public void Whatever_is_learned_can_be_loaded(string name, float decay)
    {
        for (int i = 0; i < 20; i++)
        {
            PolicyModule module = Exported(name, decay, turned: 0.1f * i);
            Assert.Equal(Width, MemoryKernels.Pack(module).Features);
            if (name == "ffm-normalized") Assert.All(module.Tensors["gain"].Values, gain => Assert.InRange(gain, 1e-5, 1));
        }
    }

    /// <summary>The slope of γ is infinite where nothing is forgotten; a trace that comes there goes on learning.</summary>
    [Fact]
    public void A_trace_that_forgets_nothing_has_finite_gradients()
    {
        using DisposeScope scope = NewDisposeScope();
        using var memory = new FfmMemory(8, FfmForm.Normalized);
        Tensor decay = memory.named_parameters().Single(parameter => parameter.name == "decay").parameter;
        using (no_grad()) decay.fill_(0);
        MemoryState state = memory.InitialState(2, ones(1));
        memory.Forward(ones(5, 2, 8), state, zeros(5, 2, dtype: @bool)).Output.square().sum().backward();
        Assert.All(decay.grad!.data<float>().ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
    }

    /// <summary>The first step is not scaled, whether the episode begins with the sequence or inside of it, and whatever a state that has not begun holds.</summary>
    [Fact]
    public void An_episode_s_first_step_counts_in_full()
    {
        const int D = MemorySubject.Width, M = D / 2;
        using DisposeScope scope = NewDisposeScope();
        using MemorySubject subject = MemorySubject.Create("ffm-normalized");
        Tensor x = subject.Inputs(3, 1, 1), starts = tensor(new[] { false, false, true }, [3, 1]);
        MemoryState initial = subject.Initial(1);
        (Tensor expected, MemoryState first) = subject.Memory.Forward(x.narrow(0, 2, 1), initial, zeros(1, 1, dtype: @bool));
        (Tensor _, MemoryState later) = subject.Memory.Forward(x, initial, starts);
        var writer = new PolicyWriter();
        subject.Memory.Export(writer);
        PolicyModule module = writer.ToModule("ffm-normalized");
        Tensor projected = nn.functional.linear(x[2], tensor(module.Tensors["projection.weight"].Values, [2 * (M + D), D]), tensor(module.Tensors["projection.bias"].Values));
        float[] driven = (projected.narrow(-1, 0, M) * projected.narrow(-1, M, M).sigmoid()).data<float>().ToArray();
        float[] state = [.. driven, .. driven, .. driven, .. driven, .. new float[Contexts * M], 1];
        MemorySubject.Agree(first.ToRows(), state);
        MemorySubject.Agree(later.ToRows(), state);

        IMemoryKernel kernel = subject.Kernel(1);
        float[] damaged = [.. Enumerable.Repeat(0.5f, state.Length - 1), 0], output = new float[D];
        kernel.Load(0, damaged);
        kernel.Step([0], x[2].contiguous().data<float>().ToArray(), output);
        MemorySubject.Agree(output, expected.contiguous().data<float>().ToArray());
        kernel.Save(0, damaged);
        MemorySubject.Agree(damaged, state);
    }

    private static PolicyModule Exported(string name, float? decay = null, float turned = 0)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        using Memory memory = MemoryRegistry.Create(new MemorySettings(name, Width, 1, 1, 1, 0));
        using (no_grad())
        {
            foreach ((string parameterName, Tensor parameter) in memory.named_parameters())
            {
                if (parameterName == "decay" && decay is { } fixedDecay) parameter.fill_(fixedDecay);
                if (parameterName == "frequency") parameter.add_(turned);
            }
        }
        var writer = new PolicyWriter();
        memory.Export(writer);
        return writer.ToModule(name);
    }
}
