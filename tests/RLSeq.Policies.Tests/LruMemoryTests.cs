using RLSeq.Agents;

namespace RLSeq.Policies.Tests;

/// <summary>What linear recurrent units begin with, and that whatever they come to can be exported.</summary>
public sealed class LruMemoryTests
{
    [Fact]
    public void Units_begin_with_spread_time_constants_and_phases_and_a_gain_that_fits()
    {
        const int Width = 64;
        (float[] factor, float[] gain) = Exported(Width, decay: null, phase: null);
        double[] phases = new double[Width];
        for (int j = 0; j < Width; j++)
        {
            double modulus = Math.Sqrt((factor[j] * (double)factor[j]) + (factor[Width + j] * (double)factor[Width + j])), steps = -1 / Math.Log(modulus);
            Assert.Equal(Math.Pow(100, (j + 0.5) / Width), steps, steps * 1e-3);
            Assert.Equal(1 - (modulus * modulus), gain[j] * gain[j], 1e-6);
            phases[j] = Math.Atan2(factor[Width + j], factor[j]);
        }
        // Every fourth of the time constants has a phase in every fourth of the half circle.
        for (int part = 0; part < 4; part++)
            Assert.Equal([0, 1, 2, 3], phases.Skip(part * Width / 4).Take(Width / 4).Select(phase => (int)(phase / Math.PI * 4)).Distinct().Order());
    }

    /// <summary>|λ| is then 1, and cosine and sine of many phases are rounded to a pair that lies beyond the circle.</summary>
    [Theory]
    [InlineData(-40f)]
    [InlineData(-100f)]
    [InlineData(3f)]
    [InlineData(80f)]
    public void Whatever_is_learned_can_be_loaded(float decay)
    {
        for (int i = 0; i < 20; i++)
        {
            (float[] factor, float[] gain) = Exported(50, decay, phase: (0.1f * i) - 1);
            for (int j = 0; j < 50; j++)
            {
                double square = (factor[j] * (double)factor[j]) + (factor[50 + j] * (double)factor[50 + j]);
                Assert.InRange(square, decay < 0 ? 1 - 2e-6 : 0, 1);
                Assert.InRange(gain[j], 0, 1);
            }
        }
    }

    /// <summary>The first step is not scaled, whether the episode begins with the sequence or inside of it.</summary>
    [Fact]
    public void An_episode_s_first_step_counts_in_full()
    {
        using DisposeScope scope = NewDisposeScope();
        using MemorySubject subject = MemorySubject.Create("lru");
        const int D = MemorySubject.Width;
        Tensor x = subject.Inputs(3, 1, 1), starts = tensor(new[] { false, false, true }, [3, 1]);
        (Tensor _, MemoryState first) = subject.Memory.Forward(x.narrow(0, 2, 1), subject.Initial(1), zeros(1, 1, dtype: @bool));
        (Tensor _, MemoryState later) = subject.Memory.Forward(x, subject.Initial(1), starts);
        var writer = new PolicyWriter();
        subject.Memory.Export(writer);
        PolicyModule module = writer.ToModule("lru");
        Tensor u = nn.functional.layer_norm(x[2], [D], tensor(module.Tensors["input_norm.weight"].Values), tensor(module.Tensors["input_norm.bias"].Values), 1e-5);
        Tensor driven = nn.functional.linear(u, tensor(module.Tensors["input"].Values, [2 * D, D]));
        MemorySubject.Agree(first.ToRows(), [.. driven.data<float>().ToArray(), 1]);
        MemorySubject.Agree(later.ToRows(), [.. driven.data<float>().ToArray(), 1]);
    }

    private static (float[] Factor, float[] Gain) Exported(int width, float? decay, float? phase)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        using var memory = new LruMemory(width);
        using (no_grad())
        {
            foreach ((string name, Tensor parameter) in memory.named_parameters())
            {
                if (name == "decay" && decay is { } fixedDecay) parameter.fill_(fixedDecay);
                if (name == "phase" && phase is { } shift) parameter.add_(shift);
            }
        }
        var writer = new PolicyWriter();
        memory.Export(writer);
        PolicyModule module = writer.ToModule("lru");
        Assert.Equal(width, MemoryKernels.Pack(module).Features);
        return (module.Tensors["factor"].Values, module.Tensors["gain"].Values);
    }
}
