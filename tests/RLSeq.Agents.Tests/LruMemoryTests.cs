namespace RLSeq.Agents.Tests;

/// <summary>The recurrence of complex units as it acts: its closed form, and which factors a policy may have.</summary>
public sealed class LruMemoryTests
{
    /// <summary>What nothing drives turns and fades as it should: after t steps a state h is λ^t·h, which is told in polar coordinates here.</summary>
    [Theory]
    [InlineData(0.98, 0.1)]
    [InlineData(0.9, 2.5)]
    [InlineData(1, 1.0)]
    [InlineData(0.5, -3.0)]
    [InlineData(0, 0)]
    public void A_state_turns_and_fades(double modulus, double angle)
    {
        const int Units = 19; // a vector and a rest in every width
        float[] real = Filled(Units, (float)(modulus * Math.Cos(angle) * (1 - 1e-7))), imaginary = Filled(Units, (float)(modulus * Math.Sin(angle) * (1 - 1e-7)));
        PolicyModule module = With(With(TestModules.Lru(Units), "factor", [.. real, .. imaginary]), "input", new float[2 * Units * Units]);
        IMemoryKernel kernel = MemoryKernels.Create(module, 1);
        float[] state = new float[(2 * Units) + 1], output = new float[Units];
        for (int j = 0; j < Units; j++) (state[j], state[Units + j]) = (j + 1, -2);
        state[^1] = 1;
        kernel.Load(0, state);
        for (int t = 1; t <= 200; t++)
        {
            kernel.Step([0], HashedNumbers.Of($"step {t}", Units, 1), output);
            kernel.Save(0, state);
            for (int j = 0; j < Units; j++)
            {
                double length = Math.Sqrt(((j + 1) * (j + 1)) + 4) * Math.Pow(modulus, t), turned = Math.Atan2(-2, j + 1) + (angle * t);
                Near.Equal((float)(length * Math.Cos(turned)), state[j], 1e-3f, $"step {t}, real part {j}");
                Near.Equal((float)(length * Math.Sin(turned)), state[Units + j], 1e-3f, $"step {t}, imaginary part {j}");
            }
        }
    }

    /// <summary>With a factor above 1 the state would grow until it is no number; at 1 it may stand still or turn for ever.</summary>
    [Theory]
    [InlineData(1.0000001f, 0f)]
    [InlineData(0f, -1.0000001f)]
    [InlineData(0.8f, 0.61f)]
    [InlineData(-1e30f, 1e30f)]
    public void A_factor_above_one_is_refused(float real, float imaginary)
    {
        const int Hidden = 6, Unit = 4;
        PolicyModule module = TestModules.Lru(Hidden);
        float[] factor = [.. module.Tensors["factor"].Values];
        (factor[Unit], factor[Hidden + Unit]) = (real, imaginary);
        string message = Assert.Throws<PolicyFormatException>(() => MemoryKernels.Create(With(module, "factor", factor), 1)).Message;
        Assert.Contains("'factor' has a factor of modulus", message, StringComparison.Ordinal);
        Assert.Contains("(unit 4); expected at most 1", message, StringComparison.Ordinal);
        foreach ((float allowedReal, float allowedImaginary) in ((float, float)[])[(1, 0), (0, -1), (0, 0), (-0.6f, 0.79f)])
        {
            (factor[Unit], factor[Hidden + Unit]) = (allowedReal, allowedImaginary);
            Assert.Equal(Hidden, MemoryKernels.Pack(With(module, "factor", factor)).Features);
        }
    }

    /// <summary>A network takes its numbers over: whoever made them may go on to change them.</summary>
    [Fact]
    public void Weights_are_copied()
    {
        PolicyModule module = TestModules.Lru(8);
        IMemoryKernel kernel = MemoryKernels.Create(module, 1), untouched = MemoryKernels.Create(TestModules.Lru(8), 1);
        foreach (PolicyTensor tensor in module.Tensors.Values) Array.Fill(tensor.Values, 0.25f);
        float[] a = new float[8], b = new float[8];
        for (int t = 0; t < 5; t++)
        {
            kernel.Step([0], HashedNumbers.Of($"step {t}", 8, 1), a);
            untouched.Step([0], HashedNumbers.Of($"step {t}", 8, 1), b);
            Near.Same(b, a, $"step {t}");
        }
    }

    private static float[] Filled(int length, float value)
    {
        float[] values = new float[length];
        Array.Fill(values, value);
        return values;
    }

    private static PolicyModule With(PolicyModule module, string name, float[] values)
    {
        var tensors = new Dictionary<string, PolicyTensor>(module.Tensors, StringComparer.Ordinal);
        tensors[name] = new PolicyTensor(tensors[name].Shape, values);
        return module with { Tensors = tensors };
    }
}
