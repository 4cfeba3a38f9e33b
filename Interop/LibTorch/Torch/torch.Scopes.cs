using RLSeq.LibTorch;

namespace TorchSharp;

/// <summary>Tensors, gradients, modules and optimisers: TorchSharp's names over the libtorch of this machine.</summary>
public static partial class torch
{
    /// <summary>The innermost dispose scope of the calling thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    /// <summary>Opens a dispose scope on the calling thread. Dispose it on the same thread; it must not span an <c>await</c>.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>Runs a function in a dispose scope of its own and keeps only its result, in the scope around it.</summary>
    /// <param name="expr">The function.</param>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Whether operators on this thread record gradients.</summary>
    public static bool is_grad_enabled() => Native.rlt_grad_mode() != 0;

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => Native.rlt_inference_mode() != 0;

    /// <summary>Records no gradients on this thread until disposed. Must not span an <c>await</c>.</summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    /// <summary>Records gradients on this thread until disposed. Must not span an <c>await</c>.</summary>
    /// <param name="enabled">Whether gradients are recorded.</param>
    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    /// <summary>Records gradients on this thread or not, until disposed. Must not span an <c>await</c>.</summary>
    /// <param name="mode">Whether gradients are recorded.</param>
    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    /// <summary>As <see cref="no_grad"/> with less bookkeeping; tensors made in it can never take part in gradients.</summary>
    /// <param name="mode">Whether inference mode is on.</param>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);
}
