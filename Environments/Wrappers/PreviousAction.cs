namespace RLSeq.Environments;

/// <summary>
/// Adds to the observation what the agent did last: the inner observation, the previous action, and 1 in the first observation of an
/// episode, 0 later. In the first observation the action is zero, or what in its box is nearest to zero. This is how POPGym's tasks are
/// played (Morad et al. 2023); some of them cannot be solved without.
/// </summary>
public sealed class PreviousAction : Wrapper
{
    private readonly int _inner, _action;
    private readonly float[] _nothing;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    public PreviousAction(IEnvironment inner) : base(inner, Space.Tuple(inner.ObservationSpace, inner.ActionSpace, Space.Discrete(2)))
    {
        (_inner, _action) = (inner.ObservationSpace.Size, inner.ActionSpace.Size);
        _nothing = NullAction.Of(inner.ActionSpace);
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, observation[.._inner]);
        _nothing.CopyTo(observation[_inner..]);
        observation[_inner + _action] = 1;
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, observation[.._inner]);
        action.CopyTo(observation[_inner..]);
        observation[_inner + _action] = 0;
        return result;
    }
}
