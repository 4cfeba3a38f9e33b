using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// An environment around another one that changes what goes in or comes out. A derived class overrides only what it changes. Optional
/// abilities pass through (ask with <see cref="EnvironmentAbilities.Ability{T}"/>); the state can be saved where that of the inner
/// environment can. The wrapper owns what it wraps and disposes of it.
/// </summary>
/// <example>
/// Every reward doubled:
/// <code>
/// public sealed class Doubled(IEnvironment inner) : Wrapper(inner)
/// {
///     protected override StepResult OnStep(ReadOnlySpan&lt;float&gt; action, Span&lt;float&gt; observation)
///     {
///         StepResult result = Inner.Step(action, observation);
///         return result with { Reward = 2 * result.Reward };
///     }
/// }
/// </code>
/// </example>
public abstract class Wrapper : IEnvironment, IAbilities
{
    private readonly int _observationSize, _actionSize;
    private readonly ISaveable? _saving;
    private EpisodePhase _phase;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="observationSpace">What an observation looks like outside; without one, as inside.</param>
    /// <param name="actionSpace">What an action looks like outside; without one, as inside.</param>
    protected Wrapper(IEnvironment inner, Space? observationSpace = null, Space? actionSpace = null)
    {
        Inner = inner;
        (ObservationSpace, ActionSpace) = (observationSpace ?? inner.ObservationSpace, actionSpace ?? inner.ActionSpace);
        (_observationSize, _actionSize) = (ObservationSpace.Size, ActionSpace.Size);
        _saving = inner.Ability<ISaveable>() is { } saveable ? new WrapperSaving(this, saveable) : null;
    }

    /// <summary>The environment inside.</summary>
    public IEnvironment Inner { get; }

    /// <inheritdoc/>
    public Space ObservationSpace { get; }

    /// <inheritdoc/>
    public Space ActionSpace { get; }

    /// <summary>The name of the inner environment, for messages.</summary>
    protected string InnerName => EnvironmentAbilities.NameOf(Inner);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The observation has another length than the space.</exception>
    public void Reset(ulong seed, Span<float> observation)
    {
        if (observation.Length != _observationSize) EnvironmentMisuse.ThrowObservationLength(this, observation);
        OnReset(seed, observation);
        _phase = EpisodePhase.Running;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No episode is running.</exception>
    /// <exception cref="ArgumentException">The observation or the action has another length than its space.</exception>
    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (_phase != EpisodePhase.Running) EnvironmentMisuse.ThrowNotRunning(this, _phase);
        if (observation.Length != _observationSize) EnvironmentMisuse.ThrowObservationLength(this, observation);
        if (action.Length != _actionSize) EnvironmentMisuse.ThrowActionLength(this, action);
        StepResult result = OnStep(action, observation);
        if (result.Done) _phase = EpisodePhase.Ended;
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// What the wrapper itself implements replaces that of the inner environment. Override it where an ability of the inner one does not
    /// mean the same outside.
    /// </remarks>
    public virtual T? Ability<T>()
        where T : class =>
        typeof(T) == typeof(ISaveable) ? (T?)_saving : this as T ?? Inner.Ability<T>();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins an episode. The seed decides all that the wrapper draws, too: derive a generator of its own from it.</summary>
    /// <param name="seed">The seed of the episode, which the inner environment receives as well.</param>
    /// <param name="observation">Receives the first observation, as <see cref="ObservationSpace"/> says.</param>
    protected virtual void OnReset(ulong seed, Span<float> observation) => Inner.Reset(seed, observation);

    /// <summary>Advances the episode by one step.</summary>
    /// <param name="action">The action, of the length that <see cref="ActionSpace"/> says.</param>
    /// <param name="observation">Receives the observation after the step.</param>
    protected virtual StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => Inner.Step(action, observation);

    /// <summary>Writes the wrapper's own fields that change during an episode, as one MessagePack value.</summary>
    /// <param name="writer">Where to write.</param>
    protected virtual void OnSave(ref MessagePackWriter writer) => writer.WriteNil();

    /// <summary>Reads what <see cref="OnSave"/> wrote.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <exception cref="MessagePackSerializationException">The data is damaged.</exception>
    protected virtual void OnRestore(ref MessagePackReader reader) => reader.ReadNil();

    /// <summary>Frees the inner environment.</summary>
    /// <param name="disposing">True from <see cref="Dispose()"/>, false from a finaliser.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Inner.Dispose();
    }

    /// <summary>The saved state of a wrapper: its class, where the episode stands, its own fields, and the state of what it wraps.</summary>
    private sealed class WrapperSaving(Wrapper wrapper, ISaveable inner) : ISaveable
    {
        private const int SavedValues = 4;

        private string Kind => wrapper.GetType().Name;

        public void Save(ref MessagePackWriter writer)
        {
            writer.WriteArrayHeader(SavedValues);
            writer.Write(Kind);
            writer.Write((byte)wrapper._phase);
            wrapper.OnSave(ref writer);
            inner.Save(ref writer);
        }

        public void Restore(ref MessagePackReader reader)
        {
            SavedData.ExpectArray(ref reader, SavedValues, $"the wrapper {Kind}");
            string? kind = reader.ReadString();
            if (kind != Kind) throw new MessagePackSerializationException($"The saved state belongs to the wrapper '{kind}', not to {Kind}.");
            var phase = (EpisodePhase)reader.ReadByte();
            if (phase > EpisodePhase.Ended) throw new MessagePackSerializationException($"{Kind}: the saved state has the unknown phase {(int)phase}.");
            wrapper._phase = phase;
            wrapper.OnRestore(ref reader);
            inner.Restore(ref reader);
        }
    }
}
