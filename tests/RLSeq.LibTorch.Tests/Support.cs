using TorchSharp;
using static TorchSharp.torch;

// Live tensors are counted in the whole process, and libtorch's thread count is one for all.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace RLSeq.LibTorch.Tests;

/// <summary>A test whose tensors are all freed at its end, and whose random numbers are seeded.</summary>
public abstract class TensorTest : IDisposable
{
    private readonly DisposeScope _scope;

    protected TensorTest()
    {
        set_num_threads(1);
        manual_seed(20250101);
        _scope = NewDisposeScope();
    }

    public void Dispose()
    {
        _scope.Dispose();
        Assert.True(is_grad_enabled(), "the test left gradients disabled");
        GC.SuppressFinalize(this);
    }

    /// <summary>Asserts equal shapes, and elements equal within tolerance · max(1, |expected|); NaN equals NaN.</summary>
    protected static void Close(Tensor expected, Tensor actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.shape, actual.shape);
        double[] a = Doubles(expected);
        double[] b = Doubles(actual);
        for (int i = 0; i < a.Length; i++)
        {
            bool equal = a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= tolerance * Math.Max(1, Math.Abs(a[i]));
            Assert.True(equal, $"element {i} of {actual}: expected {a[i]:r}, was {b[i]:r}");
        }
    }

    protected static void Close(double[] expected, Tensor actual, double tolerance = 1e-12) =>
        Close(tensor(expected, [.. actual.shape]), actual, tolerance);

    protected static double[] Doubles(Tensor t) => t.detach().to(float64).contiguous().data<double>().ToArray();

    protected static Tensor Random(params long[] shape) => randn(shape, float64);

    /// <summary>
    /// Compares the gradients that autograd finds for a random linear function of the results with central differences.
    /// </summary>
    protected static void GradientsAgree(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        foreach (Tensor input in inputs)
            input.requires_grad_();
        Tensor result = function(inputs);
        Tensor direction = randn(result.shape, float64);
        result.mul(direction).sum().backward();
        using IDisposable frozen = no_grad();
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor analytic = inputs[i].grad ?? zeros_like(inputs[i]);
            Tensor numeric = zeros(inputs[i].shape, float64);
            Tensor elements = inputs[i].detach().view(-1);
            const double Step = 1e-6;
            for (long k = 0; k < elements.NumberOfElements; k++)
            {
                double at = elements[k].ToDouble();
                double Evaluate(double value)
                {
                    using DisposeScope scope = NewDisposeScope();
                    elements[k] = value;
                    return function(inputs).mul(direction).sum().ToDouble();
                }

                double slope = (Evaluate(at + Step) - Evaluate(at - Step)) / (2 * Step);
                elements[k] = at;
                numeric.view(-1)[k] = slope;
            }

            Close(numeric, analytic, 1e-7);
        }
    }
}
