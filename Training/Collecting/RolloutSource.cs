using System.Runtime.ExceptionServices;

namespace RLSeq.Training;

/// <summary>
/// Gives one rollout after the other to learn from. With overlap the next one is collected on a thread of its own meanwhile, by the
/// weights from before: it lags by one update, which PPO's ratio accounts for, and what it holds does not depend on who is faster.
/// </summary>
internal sealed class RolloutSource : IDisposable
{
    private readonly Collector _collector;
    private readonly Rollout[] _rollouts;
    private readonly Worker? _ahead;
    private int _current;
    private IReadOnlyList<CollectedEpisode> _episodes = [];

    /// <summary>Makes the storage: twice with overlap.</summary>
    /// <param name="collector">Collects; whoever made it disposes of it, after this.</param>
    /// <param name="create">Makes the storage of a rollout.</param>
    /// <param name="overlap">Whether rollouts may be collected ahead.</param>
    public RolloutSource(Collector collector, Func<Rollout> create, bool overlap)
    {
        (_collector, _rollouts) = (collector, overlap ? [create(), create()] : [create()]);
        if (overlap) _ahead = new Worker(spins: false);
    }

    /// <summary>Whether a rollout is being collected, or was and waits to be taken.</summary>
    public bool IsAhead { get; private set; }

    /// <summary>The rollout that was taken last.</summary>
    public Rollout Last => _rollouts[_current];

    /// <summary>The next rollout; it stays as it is until the one after it is taken.</summary>
    /// <param name="ahead">Whether to begin with the one after it now; only with overlap.</param>
    /// <returns>What happened, and the episodes that ended.</returns>
    public (Rollout Rollout, IReadOnlyList<CollectedEpisode> Episodes) Take(bool ahead)
    {
        if (IsAhead)
        {
            IsAhead = false;
            if (_ahead!.End() is { } failure) ExceptionDispatchInfo.Throw(failure);
            _current = 1 - _current;
            _collector.TakeWeights(); // those of the update that ran meanwhile
        }
        else
        {
            _episodes = _collector.Collect(_rollouts[_current]);
        }
        (Rollout Rollout, IReadOnlyList<CollectedEpisode> Episodes) taken = (_rollouts[_current], _episodes);
        if (ahead)
        {
            Rollout next = _rollouts[1 - _current];
            IsAhead = true;
            _ahead!.Begin(_ => _episodes = _collector.Collect(next), 0);
        }
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsAhead) _ = _ahead!.End();
        _ahead?.Dispose();
        foreach (Rollout rollout in _rollouts) rollout.Dispose();
    }
}
