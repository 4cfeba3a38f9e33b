using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>A thread that runs what it is given, one thing after the other. Libtorch's operators run on it alone.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Signal _begin, _end;
    private readonly Thread _thread;
    private Action<int>? _body; // null ends the thread
    private int _part;
    private Exception? _failure;

    /// <summary>Starts the thread.</summary>
    /// <param name="spins">As of <see cref="Signal"/>.</param>
    public Worker(bool spins)
    {
        (_begin, _end) = (new Signal(spins), new Signal(spins));
        _thread = new Thread(Live) { IsBackground = true, Name = "RLSeq worker" };
        _thread.Start();
    }

    /// <summary>Begins a part.</summary>
    /// <param name="body">Receives the part's number; null ends the thread.</param>
    /// <param name="part">The part's number.</param>
    public void Begin(Action<int>? body, int part)
    {
        (_body, _part, _failure) = (body, part, null);
        _begin.Set();
    }

    /// <summary>Waits for the part's end.</summary>
    /// <returns>What it threw, or null.</returns>
    public Exception? End()
    {
        _end.Wait();
        return _failure;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Begin(null, 0);
        _thread.Join();
        _begin.Dispose();
        _end.Dispose();
    }

    private void Live()
    {
        for (_begin.Wait(); _body is { } body; _begin.Wait())
        {
            try
            {
                set_num_threads(1); // libtorch keeps the number per thread
                body(_part);
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
            _end.Set();
        }
    }
}
