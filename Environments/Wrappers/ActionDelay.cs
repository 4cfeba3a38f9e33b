using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// Lets every action act d steps late, as a slow actuator does: step t does what was chosen at step t - d. The first d steps do the
/// filling action.
/// </summary>
/// <remarks>What is under way belongs to the state, so that a full state of the inner environment is none of this one: it does not pass.</remarks>
public sealed class ActionDelay : Wrapper
{
    private readonly int _size;
    private readonly float[] _filling, _waiting, _now; // _waiting: [d, A], a ring
    private int _oldest;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="steps">d, at least 1.</param>
    /// <param name="filling">Every element of the action that fills the beginning; without one it is zero, or what is nearest to zero in its box.</param>
    /// <exception cref="ArgumentException">The delay is below 1 or too long to keep so many actions, the filling action is none, or the environment has action masks.</exception>
    public ActionDelay(IEnvironment inner, int steps, float? filling = null) : base(inner)
    {
        if (steps < 1) throw new ArgumentException($"a delay needs at least 1 step; given: {steps}.", nameof(steps));
        if (inner.MaskSize() > 0) throw new ArgumentException($"{InnerName} has action masks, which may forbid an action by the time that it acts.", nameof(inner));
        _filling = NullAction.Of(inner.ActionSpace);
        if (filling is { } value) _filling.AsSpan().Fill(value);
        if (!inner.ActionSpace.Contains(_filling)) throw new ArgumentException($"the filling action {filling} lies outside {inner.ActionSpace}.", nameof(filling));
        _size = inner.ActionSpace.Size;
        (_waiting, _now) = (new float[WrapperMemory.Floats(steps, inner.ActionSpace)], new float[_size]);
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, observation);
        for (int at = 0; at < _waiting.Length; at += _size) _filling.CopyTo(_waiting.AsSpan(at));
        _oldest = 0;
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (!ActionSpace.Contains(action)) EnvironmentMisuse.ThrowActionOutside(this, action); // not d steps later
        Span<float> place = _waiting.AsSpan(_oldest, _size);
        place.CopyTo(_now);
        action.CopyTo(place);
        _oldest = _oldest + _size == _waiting.Length ? 0 : _oldest + _size;
        return Inner.Step(_now, observation);
    }

    /// <inheritdoc/>
    public override T? Ability<T>()
        where T : class => typeof(T) == typeof(IFullState) ? null : base.Ability<T>();

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(_oldest);
        MessagePackFloats.WriteFloats(ref writer, _waiting);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 2, nameof(ActionDelay));
        int oldest = reader.ReadInt32();
        if (oldest < 0 || oldest >= _waiting.Length || oldest % _size != 0) throw new MessagePackSerializationException($"The saved delay has the place {oldest}, which it does not hold.");
        MessagePackFloats.ReadFloats(ref reader, _waiting);
        _oldest = oldest;
    }
}
