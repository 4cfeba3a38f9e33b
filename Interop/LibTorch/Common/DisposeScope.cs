namespace TorchSharp;

/// <summary>
/// Owns the tensors that are made on its thread while it is the innermost scope, and frees them when it is disposed.
/// A tensor that shall live on is moved to the outer scope or detached.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private readonly Lock _lock = new();
    private readonly List<torch.Tensor> _tensors = [];
    private bool _disposed;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        OuterScope = outer;
    }

    /// <summary>A copy of what the scope owns.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            lock (_lock)
                return [.. _tensors];
        }
    }

    /// <summary>How many tensors the scope owns.</summary>
    public int DisposablesCount
    {
        get
        {
            lock (_lock)
                return _tensors.Count;
        }
    }

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>Moves a tensor to the scope around this one, or out of all scopes where this is the outermost.</summary>
    /// <typeparam name="T">The tensor's type.</typeparam>
    /// <param name="disposable">The tensor.</param>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Move(AsTensor(disposable), OuterScope);
        return disposable;
    }

    /// <summary>Moves tensors to the scope around this one.</summary>
    /// <typeparam name="T1">The first tensor's type.</typeparam>
    /// <typeparam name="T2">The second tensor's type.</typeparam>
    /// <param name="first">The first tensor.</param>
    /// <param name="second">The second tensor.</param>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <summary>Moves tensors to the scope around this one.</summary>
    /// <typeparam name="T1">The first tensor's type.</typeparam>
    /// <typeparam name="T2">The second tensor's type.</typeparam>
    /// <typeparam name="T3">The third tensor's type.</typeparam>
    /// <param name="first">The first tensor.</param>
    /// <param name="second">The second tensor.</param>
    /// <param name="third">The third tensor.</param>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Moves tensors to the scope around this one.</summary>
    /// <param name="disposables">The tensors.</param>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Moves tensors to the scope around this one.</summary>
    /// <param name="disposables">The tensors.</param>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Moves a tensor to a scope.</summary>
    /// <typeparam name="T">The tensor's type.</typeparam>
    /// <param name="scope">The scope; null for none.</param>
    /// <param name="disposable">The tensor.</param>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        Move(AsTensor(disposable), scope);
        return disposable;
    }

    /// <summary>Moves tensors to a scope.</summary>
    /// <param name="scope">The scope; null for none.</param>
    /// <param name="disposables">The tensors.</param>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables)
            Move(AsTensor(disposable), scope);
    }

    /// <summary>Takes a tensor out of all scopes: from here on, whoever holds it must dispose it.</summary>
    /// <typeparam name="T">The tensor's type.</typeparam>
    /// <param name="disposable">The tensor.</param>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Move(AsTensor(disposable), null);
        return disposable;
    }

    /// <summary>Takes tensors out of all scopes.</summary>
    /// <typeparam name="T1">The first tensor's type.</typeparam>
    /// <typeparam name="T2">The second tensor's type.</typeparam>
    /// <param name="first">The first tensor.</param>
    /// <param name="second">The second tensor.</param>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (Detach(first), Detach(second));

    /// <summary>Takes tensors out of all scopes.</summary>
    /// <param name="disposables">The tensors.</param>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes tensors out of all scopes.</summary>
    /// <param name="disposables">The tensors.</param>
    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    /// <summary>Takes a tensor into this scope, from whichever scope it was in.</summary>
    /// <param name="disposable">The tensor.</param>
    public void Attach(IDisposable disposable) => Move(AsTensor(disposable), this);

    /// <summary>Takes tensors into this scope.</summary>
    /// <param name="disposables">The tensors.</param>
    public void Attach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables)
            Attach(disposable);
    }

    /// <summary>Disposes everything that the scope owns, and leaves it open.</summary>
    public void DisposeEverything() => DisposeAll([]);

    /// <summary>Disposes everything that the scope owns but these.</summary>
    /// <param name="inKeep">What stays.</param>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep) => DisposeAll([.. inKeep]);

    /// <summary>Disposes everything that the scope owns but these.</summary>
    /// <param name="keep">What stays.</param>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeAll(keep);

    /// <summary>Disposes everything that the scope owns but one.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="keep">What stays.</param>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeAll([keep]);
        return keep;
    }

    /// <summary>Disposes everything that the scope owns and closes it.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        DisposeAll([]);
        _disposed = true;
        _manager.Remove(this);
    }

    /// <summary>Whether the scope owns this.</summary>
    /// <param name="disposable">The tensor.</param>
    public bool Contains(IDisposable disposable) => disposable is torch.Tensor tensor && ReferenceEquals(tensor.OwningDisposeScope, this);

    internal void Add(torch.Tensor tensor)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (_lock)
        {
            tensor.OwningDisposeScope = this;
            tensor.ScopeSlot = _tensors.Count;
            _tensors.Add(tensor);
        }
    }

    /// <summary>Forgets a tensor in constant time: the last one takes its place.</summary>
    internal void Forget(torch.Tensor tensor)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(tensor.OwningDisposeScope, this))
                return;
            torch.Tensor last = _tensors[^1];
            _tensors[tensor.ScopeSlot] = last;
            last.ScopeSlot = tensor.ScopeSlot;
            _tensors.RemoveAt(_tensors.Count - 1);
            tensor.OwningDisposeScope = null;
        }
    }

    internal static void Move(torch.Tensor tensor, DisposeScope? target)
    {
        DisposeScope? source = tensor.OwningDisposeScope;
        if (ReferenceEquals(source, target))
            return;
        LifetimeStatistics statistics = DisposeScopeManager.Statistics.TensorStatistics;
        if (source is not null)
        {
            source.Forget(tensor);
            if (target is null)
                statistics.DetachedFromScopeCount++;
        }

        if (target is null)
            return;
        target.Add(tensor);
        if (source is null)
            statistics.AttachedToScopeCount++;
    }

    private static torch.Tensor AsTensor(IDisposable disposable) =>
        disposable as torch.Tensor ?? throw new InvalidOperationException($"A dispose scope owns tensors only; it was given {disposable?.GetType().Name ?? "null"}.");

    private void DisposeAll(IDisposable[] keep)
    {
        torch.Tensor[] all;
        lock (_lock)
            all = [.. _tensors];
        foreach (torch.Tensor tensor in all)
        {
            if (!Array.Exists(keep, kept => ReferenceEquals(kept, tensor)))
                tensor.Dispose();
        }
    }
}
