using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// What a wall clock's two threads share: the world, which the ticking thread steps, and one place each way, for the observation that a free
/// agent is shown and for the result that it gives back. Times are nanoseconds since tick 0. There is no clock in here, so that tests
/// can play both threads by hand. Nothing is allocated per tick once the longest decision has been seen.
/// </summary>
/// <remarks>
/// No lock is needed: the agent's side is written to only while the agent waits, the world's side only by the ticking thread, and the two numbers
/// <c>_shown</c> and <c>_answered</c> hand over what was written before them.
/// </remarks>
internal sealed class TickingWorld
{
    /// <summary>Ticks of a decision that are provided for at first.</summary>
    private const int MostUsual = 256;

    private readonly IEnvironment _inner;
    private readonly IActionMasking? _masking;
    private readonly ClockReport? _report;
    private readonly ActionSchedule _schedule;
    private readonly AllowedAction _allowed;
    private readonly int _observationSize;

    // The ticking thread's.
    private readonly float[] _current, _driving;
    private float[] _collecting = new float[MostUsual];
    private int _collected;
    private long _decided, _own, _late;
    private bool _busy;

    // What the agent is shown.
    private readonly float[] _observation;
    private readonly bool[] _mask;
    private float[] _rewards = new float[MostUsual];
    private int _ticks;
    private StepResult _last;
    private long _shown;

    // How the episode ended while the agent was busy.
    private long _endTick;
    private StepResult _end;
    private bool _ended;

    // What the agent answers.
    private readonly float[] _answer;
    private long _ready, _answered;

    public TickingWorld(IEnvironment inner, ClockSettings settings, bool reports)
    {
        (_inner, _masking, Settings, _observationSize) = (inner, inner.Ability<IActionMasking>(), settings, inner.ObservationSpace.Size);
        _report = reports ? new ClockReport(inner.ObservationSpace, inner.ActionSpace) : null;
        ObservationSpace = _report?.Space ?? inner.ObservationSpace;
        float[] idle = inner.IdleAction();
        (_schedule, _allowed, _driving, _answer) = (new ActionSchedule(settings, idle), new AllowedAction(inner, idle), new float[idle.Length], new float[idle.Length]);
        (_current, _observation, _mask) = (new float[ObservationSpace.Size], new float[ObservationSpace.Size], new bool[inner.MaskSize()]);
    }

    public ClockSettings Settings { get; }

    public Space ObservationSpace { get; }

    /// <summary>The tick of what the agent was shown last.</summary>
    public long Tick { get; private set; }

    /// <summary>The last decision whose result is known.</summary>
    public Decision LastDecision { get; private set; }

    public EpisodeCounts Counts { get; private set; }

    public ReadOnlySpan<float> Rewards => _rewards.AsSpan(0, _ticks);

    public ReadOnlySpan<bool> Mask => _mask;

    /// <summary>Grows by one whenever the agent is shown something.</summary>
    public long Shown => Volatile.Read(ref _shown);

    /// <summary>Whether the episode ended while the agent was busy: <see cref="Complete"/> follows, when it has answered and the ticking thread rests.</summary>
    public bool EndedWhileBusy => Volatile.Read(ref _ended);

    /// <summary>Ticking thread, no episode running: begins one. Tick 0 follows.</summary>
    public void Begin(ulong seed)
    {
        _inner.Reset(seed, _current.AsSpan(0, _observationSize));
        _schedule.Reset();
        (_busy, _decided, _collected, _own, _late) = (false, 0, 0, 0, 0);
        (Tick, LastDecision, Counts, _last, _ticks, _ended) = (0, default, default, default, 0, false);
    }

    /// <summary>Ticking thread: what happens at a tick. The transition before it ends, and the agent is shown its observation if it is free.</summary>
    /// <returns>Whether the episode ended.</returns>
    public bool OnTick(long tick)
    {
        if (tick == 0)
        {
            Show(0, default, default, default);
            return false;
        }
        DecisionFate fate = default;
        bool superseded = false;
        long needed = 0, due = tick * Settings.PeriodNanoseconds;
        // What came after the tick is for the next one, even if this thread wakes up too late to tell the two apart by itself.
        if (_busy && Volatile.Read(ref _answered) == _shown && _ready <= due)
        {
            needed = Needed(tick - 1);
            fate = _schedule.Receive(_decided, _answer, needed, out superseded);
            _busy = false;
        }
        StepResult step = Transition(tick - 1);
        if (!_busy)
        {
            Show(tick, step, (fate, superseded), needed);
        }
        else if (step.Done)
        {
            // The agent may still be reading what it was shown last.
            (_endTick, _end) = (tick, step);
            Volatile.Write(ref _ended, true);
        }
        return step.Done;
    }

    /// <summary>Agent's thread: copies what it was shown.</summary>
    /// <returns>The undiscounted sum of the rewards since the last time, and whether the episode ended.</returns>
    public StepResult Take(Span<float> observation)
    {
        _observation.CopyTo(observation);
        double sum = 0;
        foreach (float reward in Rewards) sum += reward;
        return _last with { Reward = (float)sum };
    }

    /// <summary>Agent's thread: hands over a result.</summary>
    /// <param name="action">The action.</param>
    /// <param name="ready">When it was ready.</param>
    public void Answer(ReadOnlySpan<float> action, long ready)
    {
        action.CopyTo(_answer);
        _ready = ready;
        Volatile.Write(ref _answered, _shown);
    }

    /// <summary>Agent's thread, before it answers: the time of the tick at which it will be free.</summary>
    public long FreeAt(long ready) => _schedule.FreeAt(Tick, ready - (Tick * Settings.PeriodNanoseconds)) * Settings.PeriodNanoseconds;

    /// <summary>
    /// Agent's thread, after <see cref="EndedWhileBusy"/>: what becomes of a decision whose result had not come by the end. It is counted, for
    /// the agent saw the observation, and its action drives nothing. The episode's last observation is then shown.
    /// </summary>
    public void Complete()
    {
        _ended = _busy = false;
        long needed = Needed(_endTick);
        DecisionFate fate = _schedule.Receive(_decided, _answer, needed, out bool superseded);
        Show(_endTick, _end, (fate, superseded), needed);
    }

    /// <summary>The time from the tick of the last decision to its result, which did not count yet at a tick that has been.</summary>
    private long Needed(long missed)
    {
        long ready = missed > _decided ? Math.Max(_ready, (missed * Settings.PeriodNanoseconds) + 1) : _ready;
        return Math.Max(0, ready - (_decided * Settings.PeriodNanoseconds));
    }

    private StepResult Transition(long tick)
    {
        ActionSource source = _schedule.Drive(tick, _driving);
        if (_allowed.Mend(_driving)) _schedule.Drove(_driving);
        StepResult step = _inner.Step(_driving, _current.AsSpan(0, _observationSize));
        if (source == ActionSource.Own) _own++;
        else if (source == ActionSource.Late) _late++;
        if (_collected == _collecting.Length) Array.Resize(ref _collecting, 2 * _collected);
        _collecting[_collected++] = step.Reward;
        return step;
    }

    private void Show(long tick, StepResult step, (DecisionFate Fate, bool Superseded) result, long needed)
    {
        (_rewards, _collecting, _ticks, _collected) = (_collecting, _rewards, _collected, 0);
        (Tick, _last) = (tick, step);
        if (tick > 0) Count(result, needed, step.Done);
        _report?.Write(_schedule, tick, _ticks, _current);
        _current.CopyTo(_observation.AsSpan());
        if (_mask.Length > 0 && !step.Done) _masking!.WriteActionMask(_mask);
        if (!step.Done) (_busy, _decided) = (true, tick);
        Volatile.Write(ref _shown, _shown + 1);
    }

    private void Count((DecisionFate Fate, bool Superseded) result, long needed, bool done)
    {
        long free = _schedule.FreeAt(_decided, needed);
        bool drove = result.Fate == DecisionFate.InTime ? _ticks > Settings.ActionDelay : _decided + _ticks > free;
        bool lost = done && result.Fate != DecisionFate.Discarded && !drove;
        LastDecision = new Decision(_decided, _ticks, needed, result.Fate, lost, result.Superseded);
        Counts = new EpisodeCounts(
            Counts.Ticks + _ticks, Counts.Decisions + 1, Counts.Misses + (LastDecision.Missed ? 1 : 0), Counts.Dropped + _ticks - 1,
            Counts.Own + _own, Counts.Late + _late, Counts.Filled + _ticks - _own - _late);
        (_own, _late) = (0, 0);
    }
}
