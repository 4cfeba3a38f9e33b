namespace RLSeq.Environments;

/// <summary>
/// A world with several agents, and what its seats have not fetched yet. Rows are stepped one after the other, but the world only once
/// for all of them: the first seat that steps moves it, with the actions that all seats offered before; the others fetch their results.
/// </summary>
internal sealed class SharedWorld : IDisposable
{
    private readonly IMultiAgentEnvironment _world;
    private readonly int _observationSize, _actionSize;
    private readonly float[] _actions, _stepped, _begun;
    private readonly bool[] _hasOffered;
    private readonly StepResult[] _results;

    public SharedWorld(IMultiAgentEnvironment world)
    {
        if (world.Agents < 1) throw new ArgumentException($"{world.GetType().Name} has {world.Agents} agents; a world needs at least one.", nameof(world));
        _world = world;
        (_observationSize, _actionSize) = (world.ObservationSpace.Size, world.ActionSpace.Size);
        (_actions, _hasOffered, _results) = (new float[world.Agents * _actionSize], new bool[world.Agents], new StepResult[world.Agents]);
        (_stepped, _begun) = (new float[world.Agents * _observationSize], new float[world.Agents * _observationSize]);
    }

    public IMultiAgentEnvironment World => _world;

    public string Name => NameOf(_world);

    /// <summary>How often the world was reset and stepped; a seat that knows a smaller number has something to fetch.</summary>
    public long Resets { get; private set; }

    public long Steps { get; private set; }

    /// <summary>Whether a seat was disposed, and the world with it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>The name that a world says, or that of its class.</summary>
    public static string NameOf(IMultiAgentEnvironment world) => (world as INamedEnvironment)?.Name ?? world.GetType().Name;

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        _world.Dispose();
    }

    public void Reset(ulong seed)
    {
        Array.Clear(_hasOffered, 0, _hasOffered.Length);
        _world.Reset(seed, _begun);
        Resets++;
    }

    public void Offer(int agent, ReadOnlySpan<float> action)
    {
        action.CopyTo(_actions.AsSpan(agent * _actionSize, _actionSize));
        _hasOffered[agent] = true;
    }

    public void Step()
    {
        int missing = Array.IndexOf(_hasOffered, false);
        if (missing >= 0)
            throw new InvalidOperationException(
                $"agent {missing} of {_hasOffered.Length} has no action yet; all {_hasOffered.Length} rows of a world must be stepped in one slice of the vectorised environment.");
        Array.Clear(_hasOffered, 0, _hasOffered.Length);
        _world.Step(_actions, _stepped, _results);
        foreach (StepResult result in _results)
            if (result.Done != _results[0].Done) throw new InvalidOperationException("the episode ended for some of the agents only; it must end for all together.");
        Steps++;
    }

    /// <summary>An agent's observation after the latest step, and what the step returned.</summary>
    public StepResult FetchStep(int agent, Span<float> observation)
    {
        _stepped.AsSpan(agent * _observationSize, _observationSize).CopyTo(observation);
        return _results[agent];
    }

    /// <summary>An agent's first observation after the latest reset.</summary>
    public void FetchReset(int agent, Span<float> observation) => _begun.AsSpan(agent * _observationSize, _observationSize).CopyTo(observation);
}
