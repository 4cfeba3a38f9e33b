namespace RLSeq.Environments;

/// <summary>
/// The full-state twin of a partially observable environment: the same task, whose observation is the inner environment's
/// <see cref="IFullState"/>. It needs no memory, and bounds from above what any memory can earn. Named as the inner one, with
/// <see cref="Suffix"/>.
/// </summary>
public sealed class FullStateEnvironment : Wrapper, INamedEnvironment
{
    /// <summary>What ends the name of a twin.</summary>
    public const string Suffix = "FullState";

    private readonly IFullState _state;
    private readonly float[] _hidden;

    private FullStateEnvironment(IEnvironment inner, IFullState state) : base(inner, state.FullStateSpace) =>
        (_state, _hidden, Name) = (state, new float[inner.ObservationSpace.Size], InnerName + Suffix);

    /// <summary>Makes the twin of an environment, which belongs to the twin from then on.</summary>
    /// <param name="inner">The environment.</param>
    /// <exception cref="ArgumentException">The environment does not tell its full state.</exception>
    public static FullStateEnvironment Of(IEnvironment inner) => new(inner, inner.Ability<IFullState>()
        ?? throw new ArgumentException($"{inner.GetType().Name} has no full-state twin, as it does not implement {nameof(IFullState)}.", nameof(inner)));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, _hidden);
        _state.WriteFullState(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, _hidden);
        _state.WriteFullState(observation);
        return result;
    }
}
