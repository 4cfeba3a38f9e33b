using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// Agent 0 of a world with several agents, whose others act uniformly at random: an environment of its own, for whatever plays one agent
/// at a time. A policy that was trained against itself, whose return says nothing, is measured here.
/// </summary>
public sealed class AmongRandomAgents : SaveableEnvironment, IAbilities
{
    private readonly IMultiAgentEnvironment _world;
    private readonly float[] _observations, _actions;
    private readonly StepResult[] _results;

    /// <summary>Takes a place in a world.</summary>
    /// <param name="world">The world; disposed with this environment.</param>
    public AmongRandomAgents(IMultiAgentEnvironment world)
        : base(world.ObservationSpace, world.ActionSpace, SharedWorld.NameOf(world))
    {
        _world = world;
        _observations = new float[world.Agents * world.ObservationSpace.Size];
        (_actions, _results) = (new float[world.Agents * world.ActionSpace.Size], new StepResult[world.Agents]);
    }

    /// <summary>The world's, but for saving: it takes this environment and a world that can.</summary>
    /// <inheritdoc/>
    public T? Ability<T>()
        where T : class =>
        typeof(T) == typeof(ISaveable) && _world is not ISaveable ? null : this as T ?? _world as T;

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _world.Reset(Random.NextUInt64(), _observations);
        _observations.AsSpan(0, observation.Length).CopyTo(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        action.CopyTo(_actions);
        for (int agent = 1; agent < _results.Length; agent++) ActionSpace.Sample(ref Random, _actions.AsSpan(agent * action.Length, action.Length));
        _world.Step(_actions, _observations, _results);
        _observations.AsSpan(0, observation.Length).CopyTo(observation);
        return _results[0];
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => Saveable().Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => Saveable().Restore(ref reader);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _world.Dispose();
        base.Dispose(disposing);
    }

    private ISaveable Saveable() => _world as ISaveable ?? throw new NotSupportedException($"{Name} cannot save its state; ask for the ability first.");
}
