using System.Runtime.ExceptionServices;

namespace RLSeq.Training;

/// <summary>
/// Threads that collect slices of a rollout, or learn from parts of a minibatch, side by side: the calling one and others that wait in
/// between. Each runs libtorch's operators on itself alone, so a minibatch meets once at its end instead of once in every operator.
/// </summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly Worker[] _workers;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many, the calling one included.</param>
    public WorkerThreads(int count) => _workers = [.. Enumerable.Range(1, count - 1).Select(_ => new Worker(spins: count <= Environment.ProcessorCount))];

    /// <summary>How many, the calling one included.</summary>
    public int Count => _workers.Length + 1;

    /// <summary>
    /// Until it is disposed, libtorch's operators run on the calling thread alone: its own threads would fight with these for the cores,
    /// and waking them for every operator costs more than they do.
    /// </summary>
    /// <param name="parts">The parts that will run at once; a single one keeps libtorch's threads.</param>
    public static IDisposable? Apart(int parts) => parts > 1 ? new Restore(get_num_threads()) : null;

    /// <summary>Runs all parts at once, the first on the calling thread, and returns when all are done.</summary>
    /// <param name="parts">How many, at most <see cref="Count"/>.</param>
    /// <param name="body">Receives the part's number.</param>
    public void Run(int parts, Action<int> body)
    {
        if (parts == 1)
        {
            body(0);
            return;
        }
        Exception? failure = null;
        for (int i = 1; i < parts; i++) _workers[i - 1].Begin(body, i);
        try { body(0); }
        catch (Exception exception) { failure = exception; }
        for (int i = 1; i < parts; i++) failure = _workers[i - 1].End() ?? failure;
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Worker worker in _workers) worker.Dispose();
    }

    private sealed class Restore : IDisposable
    {
        private readonly int _threads;

        public Restore(int threads)
        {
            _threads = threads;
            set_num_threads(1);
        }

        public void Dispose() => set_num_threads(_threads);
    }
}
