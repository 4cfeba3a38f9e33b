using System.Diagnostics.CodeAnalysis;
using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// Shows the last k observations, oldest first; at the beginning of an episode the first one stands for those before it. A box of some
/// shape becomes a box of <c>[k, shape]</c>, any other space a tuple of k.
/// </summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is the field's name for it.")]
public sealed class FrameStack : Wrapper
{
    private readonly int _size;
    private readonly float[] _frames; // [k, O], oldest first

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="frames">k, at least 2.</param>
    /// <exception cref="ArgumentException">The number is below 2, or the stack would be too large.</exception>
    public FrameStack(IEnvironment inner, int frames) : base(inner, Stacked(inner.ObservationSpace, frames))
    {
        _size = inner.ObservationSpace.Size;
        _frames = new float[frames * _size];
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, _frames.AsSpan(0, _size));
        for (int at = _size; at < _frames.Length; at += _size) _frames.AsSpan(0, _size).CopyTo(_frames.AsSpan(at));
        _frames.CopyTo(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _frames.AsSpan(_size).CopyTo(_frames);
        StepResult result = Inner.Step(action, _frames.AsSpan(_frames.Length - _size));
        _frames.CopyTo(observation);
        return result;
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => MessagePackFloats.WriteFloats(ref writer, _frames);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => MessagePackFloats.ReadFloats(ref reader, _frames);

    private static Space Stacked(Space space, int frames)
    {
        if (frames < 2) throw new ArgumentException($"a stack needs at least 2 frames; given: {frames}.", nameof(frames));
        _ = WrapperMemory.Floats(frames, space);
        return space is BoxSpace box
            ? new BoxSpace(box.Low, box.High, box.Element, [frames, .. box.Shape])
            : Space.Tuple([.. Enumerable.Repeat(space, frames)]);
    }
}
