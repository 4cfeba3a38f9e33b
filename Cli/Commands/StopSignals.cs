using System.Runtime.InteropServices;

namespace RLSeq.Cli.Commands;

/// <summary>
/// Turns the first Ctrl-C, or request to terminate, into a cancellation, so that a run ends after the update under way and saves itself.
/// The second one ends the process as usual.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _gate = new();
    private bool _disposed;
    private readonly PosixSignalRegistration _interrupt, _terminate;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What a stopped process exits with, as shells do: 128 and the signal's number.</summary>
    public int ExitCode { get; private set; }

    /// <summary>
    /// Also stops where standard input ends. A comparison holds the other end of its trainings' input, so none of them outlives it,
    /// however it ends.
    /// </summary>
    public void WatchInput() => new Thread(() =>
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[16];
        while (input.Read(ignored) > 0) { }
        lock (_gate)
        {
            if (_disposed) return;
            ExitCode = 1;
            _source.Cancel();
        }
    })
    { IsBackground = true }.Start();

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        lock (_gate)
        {
            _disposed = true;
            _source.Dispose();
        }
    }

    private void Stop(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        ExitCode = 128 + (context.Signal == PosixSignal.SIGINT ? 2 : 15);
        _source.Cancel();
    }
}
