using TorchSharp;
using TorchSharp.Modules;

namespace RLSeq.LibTorch;

/// <summary>Work on gradients that does not wait for the device.</summary>
public static class Gradients
{
    /// <summary>
    /// Scales all gradients together so that their norm is at most a bound. Unlike <c>clip_grad_norm_</c> it never reads a number
    /// back, so it can be part of a CUDA graph.
    /// </summary>
    /// <param name="parameters">The parameters; those without gradients do not count.</param>
    /// <param name="maxNorm">The bound on the Euclidean norm.</param>
    /// <returns>The norm before, a tensor of one element.</returns>
    public static torch.Tensor ClipNorm(IEnumerable<Parameter> parameters, double maxNorm)
    {
        using IDisposable frozen = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor[] gradients = Of(parameters);
        if (gradients.Length == 0)
            return torch.zeros([]).MoveToOuterDisposeScope();
        torch.Tensor total = Norm(gradients, 2);
        torch.Tensor coefficient = total.add(1e-6).reciprocal().mul(maxNorm).clamp_max(1);
        foreach (torch.Tensor gradient in gradients)
            gradient.mul_(coefficient);
        return total.MoveToOuterDisposeScope();
    }

    /// <summary>The gradients that exist, as new wrappers in the current dispose scope.</summary>
    internal static torch.Tensor[] Of(IEnumerable<Parameter> parameters)
    {
        var gradients = new List<torch.Tensor>();
        foreach (Parameter parameter in parameters)
        {
            if (parameter.grad is { } gradient)
                gradients.Add(gradient);
        }

        return [.. gradients];
    }

    internal static torch.Tensor Norm(torch.Tensor[] gradients, double order)
    {
        torch.Tensor[] norms = Aten.ForeachNormScalar.CallList(gradients, order);
        return torch.linalg.vector_norm(torch.stack(norms), order);
    }
}
