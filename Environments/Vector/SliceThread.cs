namespace RLSeq.Environments;

/// <summary>A thread that runs one slice after the other.</summary>
internal sealed class SliceThread : IDisposable
{
    private readonly Signal _begin;
    private Action<int>? _body; // null ends the thread
    private int _slice;
    private CountdownEvent? _left;

    /// <summary>Starts the thread.</summary>
    /// <param name="spins">As of <see cref="Signal"/>.</param>
    public SliceThread(bool spins)
    {
        _begin = new Signal(spins);
        new Thread(Live) { IsBackground = true, Name = "rlseq collect" }.Start();
    }

    /// <summary>What the last slice threw, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Runs a slice on the calling thread.</summary>
    /// <param name="body">Receives the slice's number.</param>
    /// <param name="slice">The number.</param>
    /// <returns>What it threw, or null.</returns>
    public static Exception? Try(Action<int> body, int slice)
    {
        try
        {
            body(slice);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Begins a slice.</summary>
    /// <param name="body">Receives the slice's number.</param>
    /// <param name="slice">The number.</param>
    /// <param name="left">Signalled when it has ended.</param>
    public void Begin(Action<int> body, int slice, CountdownEvent left)
    {
        (_body, _slice, _left) = (body, slice, left);
        _begin.Set();
    }

    /// <summary>Ends the thread, as soon as its slice has ended; it frees what it holds itself.</summary>
    public void Dispose()
    {
        _body = null; // a slice that runs has its own copy
        _begin.Set();
    }

    private void Live()
    {
        for (_begin.Wait(); _body is { } body; _begin.Wait())
        {
            Failure = Try(body, _slice);
            _left!.Signal();
        }
        _begin.Dispose();
    }
}
