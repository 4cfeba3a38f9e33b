using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// The easy way to write an environment: say what a reset and a step do; misuse is caught here. Derive from
/// <see cref="SaveableEnvironment"/> instead where the state can be saved.
/// </summary>
/// <example>
/// Walk to the right end of a corridor within 100 steps:
/// <code>
/// public sealed class Corridor() : EnvironmentBase(Space.Box(0, 10, 1), Space.Discrete(2))
/// {
///     private int _place;
///
///     protected override void OnReset(Span&lt;float&gt; observation) => observation[0] = _place = Random.NextInt(5);
///
///     protected override StepResult OnStep(ReadOnlySpan&lt;float&gt; action, Span&lt;float&gt; observation)
///     {
///         _place = Math.Max(0, _place + (Discrete(action) == 0 ? -1 : 1));
///         observation[0] = _place;
///         return new(Reward: -0.01f, Terminated: _place == 10, Truncated: Steps == 100);
///     }
/// }
/// </code>
/// </example>
public abstract class EnvironmentBase : IEnvironment, INamedEnvironment
{
    private readonly int _observationSize, _actionSize;
    private RandomSource _random;
    private EpisodePhase _phase;

    /// <summary>Makes the environment; the first episode begins with <see cref="Reset"/>.</summary>
    /// <param name="observationSpace">What an observation looks like.</param>
    /// <param name="actionSpace">What an action looks like.</param>
    /// <param name="name">The name for messages; without one, the name of the class.</param>
    protected EnvironmentBase(Space observationSpace, Space actionSpace, string? name = null)
    {
        (ObservationSpace, ActionSpace, Name) = (observationSpace, actionSpace, name ?? GetType().Name);
        (_observationSize, _actionSize) = (observationSpace.Size, actionSpace.Size);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Space ObservationSpace { get; }

    /// <inheritdoc/>
    public Space ActionSpace { get; }

    /// <summary>The steps of this episode; the first call of <see cref="OnStep"/> sees 1.</summary>
    protected int Steps { get; private set; }

    /// <summary>Whether an episode is under way, so that <see cref="Step"/> may follow.</summary>
    protected bool IsRunning => _phase == EpisodePhase.Running;

    /// <summary>The only source of randomness to use: seeded at each reset, so that a seed determines the episode.</summary>
    protected ref RandomSource Random => ref _random;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The observation has another length than the space.</exception>
    public void Reset(ulong seed, Span<float> observation)
    {
        if (observation.Length != _observationSize) EnvironmentMisuse.ThrowObservationLength(this, observation);
        _random = new RandomSource(seed);
        Steps = 0;
        OnReset(observation);
        _phase = EpisodePhase.Running;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No episode is running.</exception>
    /// <exception cref="ArgumentException">The observation or the action has another length than its space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The action lies outside the space.</exception>
    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (_phase != EpisodePhase.Running) EnvironmentMisuse.ThrowNotRunning(this, _phase);
        if (observation.Length != _observationSize) EnvironmentMisuse.ThrowObservationLength(this, observation);
        if (action.Length != _actionSize) EnvironmentMisuse.ThrowActionLength(this, action);
        if (!ActionSpace.Contains(action)) EnvironmentMisuse.ThrowActionOutside(this, action);
        Steps++;
        StepResult result = OnStep(action, observation);
        if (result.Done) _phase = EpisodePhase.Ended;
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins a new episode, whatever the state of the last one. <see cref="Random"/> is freshly seeded.</summary>
    /// <param name="observation">Receives the first observation; every element must be written.</param>
    protected abstract void OnReset(Span<float> observation);

    /// <summary>Advances the episode by one step.</summary>
    /// <param name="action">The action; it lies in <see cref="ActionSpace"/>.</param>
    /// <param name="observation">Receives the observation after the step; every element must be written.</param>
    /// <returns>The reward, and whether the episode terminated or was truncated.</returns>
    protected abstract StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation);

    /// <summary>Frees what the environment holds; there is mostly nothing to do.</summary>
    /// <param name="disposing">True from <see cref="Dispose()"/>, false from a finaliser.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Writes four values: name, phase, steps and the random generator.</summary>
    private protected void SaveProgress(ref MessagePackWriter writer)
    {
        writer.Write(Name);
        writer.Write((byte)_phase);
        writer.Write(Steps);
        SavedRandom.Write(ref writer, _random);
    }

    /// <summary>Reads what <see cref="SaveProgress"/> wrote.</summary>
    private protected void RestoreProgress(ref MessagePackReader reader)
    {
        string? name = reader.ReadString();
        if (name != Name) throw new MessagePackSerializationException($"The saved state belongs to '{name}', not to {Name}.");
        _phase = (EpisodePhase)reader.ReadByte();
        if (_phase > EpisodePhase.Ended) throw new MessagePackSerializationException($"{Name}: the saved state has the unknown phase {(int)_phase}.");
        Steps = reader.ReadInt32();
        if (Steps < 0) throw new MessagePackSerializationException($"{Name}: the saved state has {Steps} steps.");
        _random = SavedRandom.Read(ref reader);
    }

    /// <summary>Reads a discrete action, or one component of a multi-discrete one.</summary>
    /// <param name="action">The action.</param>
    /// <param name="component">Which component.</param>
    protected static int Discrete(ReadOnlySpan<float> action, int component = 0) => (int)action[component];
}
