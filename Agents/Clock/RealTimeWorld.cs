using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// An environment under the simulated clock: time advances by the latency that each decision is given, measured or replayed. The same
/// latencies and actions give the same episode, bit for bit. Nothing is allocated per decision once the longest one has been seen.
/// </summary>
/// <example>
/// <code>
/// world.Reset(seed, observation);
/// do
/// {
///     agent.Act(observation, action);
///     result = world.Advance(action, (long)agent.Recorder.LastNanoseconds, observation);
/// }
/// while (!result.Done);
/// </code>
/// </example>
public sealed class RealTimeWorld : IClockedWorld
{
    private readonly IEnvironment _inner;
    private readonly IActionMasking? _masking;
    private readonly ClockReport? _report;
    private readonly ActionSchedule _schedule;
    private readonly AllowedAction _allowed;
    private readonly float[] _driving;
    private readonly int _observationSize;
    private float[] _rewards = new float[16];
    private long _tick;

    /// <summary>Puts an environment under a clock.</summary>
    /// <param name="inner">The environment; whoever made it disposes of it.</param>
    /// <param name="settings">The clock.</param>
    /// <param name="reports">Whether observations say what was applied, what is pending and how long ago the last one was: <see cref="ClockReport"/>.</param>
    public RealTimeWorld(IEnvironment inner, ClockSettings settings, bool reports = true)
    {
        (_inner, _masking, Settings, _observationSize) = (inner, inner.Ability<IActionMasking>(), settings, inner.ObservationSpace.Size);
        _report = reports ? new ClockReport(inner.ObservationSpace, inner.ActionSpace) : null;
        ObservationSpace = _report?.Space ?? inner.ObservationSpace;
        float[] idle = inner.IdleAction();
        (_schedule, _allowed, _driving) = (new ActionSchedule(settings, idle), new AllowedAction(inner, idle), new float[idle.Length]);
    }

    /// <inheritdoc/>
    public ClockSettings Settings { get; }

    /// <inheritdoc/>
    public Space ObservationSpace { get; }

    /// <inheritdoc/>
    public long Tick => _tick;

    /// <inheritdoc/>
    public Decision LastDecision { get; private set; }

    /// <inheritdoc/>
    public EpisodeCounts Counts { get; private set; }

    /// <inheritdoc/>
    public ReadOnlySpan<float> TickRewards => _rewards.AsSpan(0, LastDecision.Ticks);

    /// <summary>Where the action that drove the last transition came from.</summary>
    public ActionSource LastSource { get; private set; }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        _inner.Reset(seed, observation[.._observationSize]);
        _schedule.Reset();
        _tick = 0;
        (LastDecision, Counts) = (default, default);
        _report?.Write(_schedule, 0, 0, observation);
    }

    /// <inheritdoc/>
    public StepResult Advance(ReadOnlySpan<float> action, long latency, Span<float> observation)
    {
        long needed = Settings.Slowed(latency), free = _schedule.FreeAt(_tick, needed);
        DecisionFate fate = _schedule.Receive(_tick, action, needed, out bool previousLost);
        StepResult step = default;
        double sum = 0;
        int ticks = 0;
        long own = 0, late = 0;
        for (long tick = _tick; tick < free && !step.Done; tick++)
        {
            step = Transition(tick, observation[.._observationSize]);
            if (LastSource == ActionSource.Own) own++;
            else if (LastSource == ActionSource.Late) late++;
            if (ticks == _rewards.Length) Array.Resize(ref _rewards, 2 * ticks);
            _rewards[ticks++] = step.Reward;
            sum += step.Reward;
        }
        bool lost = step.Done && fate != DecisionFate.Discarded && !DroveBefore(fate, ticks, free);
        LastDecision = new Decision(_tick, ticks, needed, fate, lost, previousLost);
        Counts = new EpisodeCounts(
            Counts.Ticks + ticks, Counts.Decisions + 1, Counts.Misses + (LastDecision.Missed ? 1 : 0), Counts.Dropped + ticks - 1,
            Counts.Own + own, Counts.Late + late, Counts.Filled + ticks - own - late);
        _tick += ticks;
        _report?.Write(_schedule, _tick, ticks, observation);
        return step with { Reward = (float)sum };
    }

    /// <inheritdoc/>
    public void WriteActionMask(Span<bool> mask)
    {
        if (!mask.IsEmpty) _masking!.WriteActionMask(mask);
    }

    internal void Save(ref MessagePackWriter writer)
    {
        (long[] transitions, bool[] late, float[][] waiting, float[] last) = _schedule.State;
        writer.WriteArrayHeader(9);
        writer.Write(_tick);
        foreach (long count in (ReadOnlySpan<long>)[Counts.Ticks, Counts.Decisions, Counts.Misses, Counts.Dropped, Counts.Own, Counts.Late, Counts.Filled]) writer.Write(count);
        writer.WriteArrayHeader(7);
        for (int i = 0; i < 2; i++)
        {
            writer.Write(transitions[i]);
            writer.Write(late[i]);
            MessagePackFloats.WriteFloats(ref writer, waiting[i]);
        }
        MessagePackFloats.WriteFloats(ref writer, last);
    }

    internal void Restore(ref MessagePackReader reader)
    {
        if (reader.ReadArrayHeader() != 9) throw new MessagePackSerializationException("The saved state of a clock has another number of values than 9.");
        long tick = reader.ReadInt64();
        var counts = new EpisodeCounts(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        if (tick < 0 || counts.Ticks != tick || reader.ReadArrayHeader() != 7) throw new MessagePackSerializationException($"The saved state of a clock does not fit itself: it stands at tick {tick} after {counts.Ticks} ticks.");
        (long[] transitions, bool[] late, float[][] waiting, float[] last) = _schedule.State;
        for (int i = 0; i < 2; i++)
        {
            transitions[i] = reader.ReadInt64();
            late[i] = reader.ReadBoolean();
            MessagePackFloats.ReadFloats(ref reader, waiting[i]);
        }
        MessagePackFloats.ReadFloats(ref reader, last);
        (_tick, Counts, LastDecision) = (tick, counts, default);
    }

    /// <summary>One transition of the world.</summary>
    private StepResult Transition(long tick, Span<float> observation)
    {
        LastSource = _schedule.Drive(tick, _driving);
        if (_allowed.Mend(_driving)) _schedule.Drove(_driving);
        return _inner.Step(_driving, observation);
    }

    /// <summary>Whether a decision's action drove a transition among the first ones after its tick.</summary>
    private bool DroveBefore(DecisionFate fate, int ticks, long free) => fate == DecisionFate.InTime ? ticks > Settings.ActionDelay : _tick + ticks > free;
}
