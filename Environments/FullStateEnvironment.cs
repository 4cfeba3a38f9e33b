using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// The full-state twin of a partially observable environment: the same task, whose observation is the inner environment's
/// <see cref="IFullState"/>. It needs no memory, and bounds from above what any memory can earn. Named as the inner one, with
/// <see cref="Suffix"/>.
/// </summary>
/// <remarks>
/// Action masks and images are passed on where the inner environment has them, text and saving always: without them, drawing writes
/// the name alone, and saving is refused.
/// </remarks>
public class FullStateEnvironment : IEnvironment, INamedEnvironment, ISaveable, ITextRenderable
{
    /// <summary>What ends the name of a twin.</summary>
    public const string Suffix = "FullState";

    private readonly IFullState _state;
    private readonly float[] _hidden;

    private FullStateEnvironment(IEnvironment inner, IFullState state)
    {
        (Inner, _state, _hidden) = (inner, state, new float[inner.ObservationSpace.Size]);
        Name = ((inner as INamedEnvironment)?.Name ?? inner.GetType().Name) + Suffix;
    }

    /// <summary>Makes the twin of an environment, which belongs to the twin from then on.</summary>
    /// <param name="inner">The environment.</param>
    /// <exception cref="ArgumentException">The environment does not tell its full state.</exception>
    public static FullStateEnvironment Of(IEnvironment inner)
    {
        if (inner is not IFullState state)
            throw new ArgumentException($"{inner.GetType().Name} has no full-state twin, as it does not implement {nameof(IFullState)}.", nameof(inner));
        return (inner is IActionMasking, inner is IImageRenderable) switch
        {
            (false, false) => new FullStateEnvironment(inner, state),
            (true, false) => new WithMask(inner, state),
            (false, true) => new WithImage(inner, state),
            (true, true) => new WithMaskAndImage(inner, state),
        };
    }

    /// <summary>The environment whose full state is observed.</summary>
    public IEnvironment Inner { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Space ObservationSpace => _state.FullStateSpace;

    /// <inheritdoc/>
    public Space ActionSpace => Inner.ActionSpace;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The observation has another length than the space.</exception>
    public void Reset(ulong seed, Span<float> observation)
    {
        CheckLength(observation);
        Inner.Reset(seed, _hidden);
        _state.WriteFullState(observation);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The observation has another length than the space.</exception>
    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        CheckLength(observation);
        StepResult result = Inner.Step(action, _hidden);
        _state.WriteFullState(observation);
        return result;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The inner environment cannot save its state.</exception>
    public void Save(ref MessagePackWriter writer) => Saveable.Save(ref writer);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The inner environment cannot save its state.</exception>
    public void Restore(ref MessagePackReader reader) => Saveable.Restore(ref reader);

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        if (Inner is ITextRenderable drawn) drawn.Render(output);
        else output.WriteLine(Name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inner.Dispose();
        GC.SuppressFinalize(this);
    }

    private ISaveable Saveable => Inner as ISaveable ?? throw new NotSupportedException($"{Name} cannot save its state, as {Inner.GetType().Name} does not implement {nameof(ISaveable)}.");

    private void CheckLength(Span<float> observation)
    {
        if (observation.Length != ObservationSpace.Size)
            throw new ArgumentException($"{Name}: the observation needs {ObservationSpace.Size} floats, as {ObservationSpace} says; given: {observation.Length}.", nameof(observation));
    }

    // Who has an ability is asked by its interface, so a twin must not have one that its inner environment lacks.
    private sealed class WithMask(IEnvironment inner, IFullState state) : FullStateEnvironment(inner, state), IActionMasking
    {
        public void WriteActionMask(Span<bool> mask) => ((IActionMasking)Inner).WriteActionMask(mask);
    }

    private sealed class WithMaskAndImage(IEnvironment inner, IFullState state) : WithImage(inner, state), IActionMasking
    {
        public void WriteActionMask(Span<bool> mask) => ((IActionMasking)Inner).WriteActionMask(mask);
    }

    private class WithImage(IEnvironment inner, IFullState state) : FullStateEnvironment(inner, state), IImageRenderable
    {
        public int ImageWidth => ((IImageRenderable)Inner).ImageWidth;

        public int ImageHeight => ((IImageRenderable)Inner).ImageHeight;

        public void RenderImage(Span<byte> pixels) => ((IImageRenderable)Inner).RenderImage(pixels);
    }
}
