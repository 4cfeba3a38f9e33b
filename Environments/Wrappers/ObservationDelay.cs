using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// Shows every observation d steps late, as a slow sensor does: after step t that of step t - d; the first observation of the episode
/// until then. Rewards, ends and action masks are those of the present.
/// </summary>
public sealed class ObservationDelay : Wrapper
{
    private readonly int _size;
    private readonly float[] _late; // [d + 1, O], a ring
    private int _newest;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="steps">d, at least 1.</param>
    /// <exception cref="ArgumentException">The delay is below 1, or too long to keep so many observations.</exception>
    public ObservationDelay(IEnvironment inner, int steps) : base(inner)
    {
        if (steps < 1) throw new ArgumentException($"a delay needs at least 1 step; given: {steps}.", nameof(steps));
        _size = inner.ObservationSpace.Size;
        _late = new float[WrapperMemory.Floats(steps + 1L, inner.ObservationSpace)];
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, observation);
        for (int at = 0; at < _late.Length; at += _size) observation.CopyTo(_late.AsSpan(at));
        _newest = 0;
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _newest = Next(_newest);
        StepResult result = Inner.Step(action, _late.AsSpan(_newest, _size));
        _late.AsSpan(Next(_newest), _size).CopyTo(observation); // the oldest stands behind the newest
        return result;
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(_newest);
        MessagePackFloats.WriteFloats(ref writer, _late);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 2, nameof(ObservationDelay));
        int newest = reader.ReadInt32();
        if (newest < 0 || newest >= _late.Length || newest % _size != 0) throw new MessagePackSerializationException($"The saved delay has the place {newest}, which it does not hold.");
        MessagePackFloats.ReadFloats(ref reader, _late);
        _newest = newest;
    }

    private int Next(int place) => place + _size == _late.Length ? 0 : place + _size;
}
