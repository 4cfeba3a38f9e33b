using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// An environment under the simulated clock, as an environment: a step is one decision, whose latency is replayed from a profile. This is what
/// trains under the clock; <see cref="IDecisions"/> says what learning must know of each step.
/// </summary>
/// <remarks>The reward of a step is the undiscounted sum over its ticks. Time limits and frame stacks inside count ticks.</remarks>
public sealed class RealTimeEnvironment : Wrapper, IDecisions
{
    private readonly RealTimeWorld _world;
    private readonly LatencyProfile _profile;
    private ulong _seed;

    /// <summary>Puts an environment under a clock.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="settings">The clock.</param>
    /// <param name="profile">The latencies to replay.</param>
    /// <param name="reports">Whether observations say what the clock did: <see cref="ClockReport"/>.</param>
    public RealTimeEnvironment(IEnvironment inner, ClockSettings settings, LatencyProfile profile, bool reports = true)
        : this(inner, new RealTimeWorld(inner, settings, reports), profile)
    {
    }

    private RealTimeEnvironment(IEnvironment inner, RealTimeWorld world, LatencyProfile profile) : base(inner, world.ObservationSpace) =>
        (_world, _profile) = (world, profile);

    /// <inheritdoc/>
    public Decision LastDecision => _world.LastDecision;

    /// <inheritdoc/>
    public ReadOnlySpan<float> TickRewards => _world.TickRewards;

    /// <summary>What was counted in the episode so far.</summary>
    public EpisodeCounts Counts => _world.Counts;

    /// <inheritdoc/>
    /// <remarks>A full state of the world says nothing of what is under way, so that it does not pass.</remarks>
    public override T? Ability<T>()
        where T : class => typeof(T) == typeof(IFullState) ? null : base.Ability<T>();

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        _seed = seed;
        _world.Reset(seed, observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) =>
        _world.Advance(action, _profile.Nanoseconds(_seed, _world.Counts.Decisions), observation);

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(_seed);
        _world.Save(ref writer);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        if (reader.ReadArrayHeader() != 2) throw new MessagePackSerializationException("The saved state of a clock has another number of values than 2.");
        _seed = reader.ReadUInt64();
        _world.Restore(ref reader);
    }
}
