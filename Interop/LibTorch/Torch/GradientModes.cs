using RLSeq.LibTorch;

namespace TorchSharp;

/// <summary>Sets the thread's gradient mode and restores the earlier one.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly int _before;
    private bool _disposed;

    internal AutoGradMode(bool enabled)
    {
        _before = Native.rlt_grad_mode();
        Native.rlt_set_grad_mode(enabled ? 1 : 0);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Native.rlt_set_grad_mode(_before);
    }
}

/// <summary>Sets the thread's inference mode and restores the earlier one.</summary>
internal sealed class InferenceMode : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private nint _guard;

    internal InferenceMode(bool enabled)
    {
        _guard = Native.rlt_enter_inference_mode(enabled ? 1 : 0);
        if (_guard == 0)
            throw TorchException.Last("inference_mode");
    }

    public void Dispose()
    {
        if (_guard == 0)
            return;
        if (_thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("Inference mode must be left on the thread that entered it; an await in between may have changed threads.");
        Native.rlt_leave_inference_mode(_guard);
        _guard = 0;
    }
}
