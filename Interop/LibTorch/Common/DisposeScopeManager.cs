namespace TorchSharp;

/// <summary>The dispose scopes of one thread, innermost first.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? t_instance;

    private readonly ThreadDisposeScopeStatistics _statistics = new();

    internal DisposeScopeManager()
    {
    }

    /// <summary>Counts of the calling thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton._statistics;

    internal static DisposeScopeManager ThreadSingleton => t_instance ??= new DisposeScopeManager();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal void Register(torch.Tensor tensor)
    {
        if (CurrentDisposeScope is not { } scope)
        {
            _statistics.TensorStatistics.CreatedOutsideScopeCount++;
            return;
        }

        _statistics.TensorStatistics.CreatedInScopeCount++;
        scope.Add(tensor);
    }

    internal void Disposing(bool inScope)
    {
        if (inScope)
            _statistics.TensorStatistics.DisposedInScopeCount++;
        else
            _statistics.TensorStatistics.DisposedOutsideScopeCount++;
    }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this, CurrentDisposeScope);

    /// <summary>Takes a scope out of the chain, wherever in it it is.</summary>
    internal void Remove(DisposeScope closed)
    {
        if (ReferenceEquals(CurrentDisposeScope, closed))
        {
            CurrentDisposeScope = closed.OuterScope;
            return;
        }

        for (DisposeScope? scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (!ReferenceEquals(scope.OuterScope, closed))
                continue;
            scope.OuterScope = closed.OuterScope;
            return;
        }
    }
}
