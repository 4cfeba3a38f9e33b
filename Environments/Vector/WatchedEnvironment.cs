namespace RLSeq.Environments;

/// <summary>Tells a watch when a reset or a step begins and ends, and keeps what plays the episode again. It checks nothing and changes no call.</summary>
internal sealed class WatchedEnvironment : IEnvironment, IAbilities, INamedEnvironment
{
    private readonly CallWatch _watch;
    private readonly ActionRecord _actions;
    private readonly int _actionSize;
    private ulong _seed;
    private int _step;

    public WatchedEnvironment(IEnvironment inner, CallWatch watch)
    {
        (Inner, _watch, _actionSize) = (inner, watch, inner.ActionSpace.Size);
        _actions = new ActionRecord(rows: 1, _actionSize);
    }

    public IEnvironment Inner { get; }

    public string Name => EnvironmentAbilities.NameOf(Inner);

    public Space ObservationSpace => Inner.ObservationSpace;

    public Space ActionSpace => Inner.ActionSpace;

    public T? Ability<T>()
        where T : class =>
        Inner.Ability<T>();

    public void Reset(ulong seed, Span<float> observation)
    {
        (_seed, _step) = (seed, 0);
        _watch.Enter(this);
        try { Inner.Reset(seed, observation); }
        catch (Exception exception) when (IsNamed(exception)) { throw Failing(exception); }
        finally { _watch.Leave(); }
    }

    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (action.Length == _actionSize) _actions.Keep(row: 0, _step, action);
        _step++;
        _watch.Enter(this);
        try { return Inner.Step(action, observation); }
        catch (Exception exception) when (IsNamed(exception)) { throw Failing(exception); }
        finally { _watch.Leave(); }
    }

    /// <summary>What there is to say where the call under way does not return.</summary>
    public EnvironmentException Hanging(TimeSpan timeout) =>
        EnvironmentException.Hanging(Name, row: 0, _seed, _step, timeout, _actions.Of(row: 0, _step));

    public void Dispose() => Inner.Dispose();

    private bool IsNamed(Exception exception)
    {
        _watch.Note(exception, $"{EnvironmentException.Place(_step)} of the episode with seed {_seed}");
        return _watch.NamesFailures && exception is not (EnvironmentException or UserInputException or OutOfMemoryException);
    }

    private EnvironmentException Failing(Exception exception) => new(Name, row: 0, _seed, _step, exception, _actions.Of(row: 0, _step));
}
