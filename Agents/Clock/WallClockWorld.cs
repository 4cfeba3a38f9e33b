using System.Runtime.ExceptionServices;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// An environment under the wall clock: a thread of its own steps it at every tick, at absolute times so that nothing drifts, while the agent
/// thinks on the thread that calls this. The same rules as in <see cref="RealTimeWorld"/> decide what an action drives; its latency is the
/// time from its tick to its result. Nothing is allocated per tick once the longest decision has been seen.
/// </summary>
/// <remarks>
/// <para>
/// At tick k the thread wakes up, takes a result that was ready by then, steps the world from k − 1 to k with what drives that transition,
/// and shows the observation to the agent if it is free. So an observation is late by the wake-up and the step (<see cref="Jitter"/>), and that
/// delay counts as the agent's, as it would for a robot. A result that becomes ready after the tick, or that the thread cannot see yet at
/// it, is for the next. A thread that was held up does the ticks that are due one after the other.
/// </para>
/// <para>
/// Episodes: <see cref="Reset"/> ends what still runs and waits until the ticking thread is idle; that thread then resets the environment, and
/// tick 0 comes 2 ms later, for which both threads wait already. So reset the agent's memory before, and neither resetting nor what the caller
/// does between two episodes takes any of the clock's time. After an episode's last observation the ticking thread is idle again.
/// </para>
/// <para>
/// The slow-down is waited for: a result is ready when the agent has thought, and not before its latency times the slow-down has passed since it
/// got the observation. Both threads spin for the last moment before a tick (see <see cref="SystemClockTime"/>), so that two processors are
/// needed to be exact. What either thread throws comes out of the caller's call. Dispose of the world to end its thread.
/// </para>
/// </remarks>
public sealed class WallClockWorld : IClockedWorld, IDisposable
{
    /// <summary>From the environment's reset to tick 0: both threads are spinning by then.</summary>
    private const long Lead = 2_000_000;

    /// <summary>How long a waiting agent looks away while it expects its observation any moment, in nanoseconds.</summary>
    private const long Moment = 100;

    /// <summary>The longer the observation does not come, the longer it looks away: by this part of the time so far, and at most so long.</summary>
    private const long Part = 8, LongestLook = 5_000_000;

    private readonly TickingWorld _world;
    private readonly IClockTime _ticking, _thinking;
    private readonly CancellationToken _cancellation;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _go = new(), _begun = new(), _idle = new(initialState: true), _ended = new();
    private ExceptionDispatchInfo? _failure;
    private ulong _seed;
    private long _origin, _taken, _seen;
    private bool _stopping, _closing;

    /// <summary>Puts an environment under the wall clock.</summary>
    /// <param name="inner">The environment, from now on only for the ticking thread; whoever made it disposes of it, after this.</param>
    /// <param name="settings">The clock; its slow-down is 1 or more.</param>
    /// <param name="reports">Whether observations say what the clock did: <see cref="ClockReport"/>.</param>
    /// <param name="cancellation">Ends a call that waits.</param>
    /// <exception cref="UserInputException">The slow-down is below 1: waiting makes nothing faster.</exception>
    public WallClockWorld(IEnvironment inner, ClockSettings settings, bool reports = true, CancellationToken cancellation = default)
        : this(inner, settings, reports, new SystemClockTime(), new SystemClockTime(gives: true), cancellation)
    {
    }

    /// <summary>The same with another time.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="settings">The clock.</param>
    /// <param name="reports">Whether observations say what the clock did.</param>
    /// <param name="ticking">The ticking thread's time.</param>
    /// <param name="thinking">The agent's.</param>
    /// <param name="cancellation">Ends a call that waits.</param>
    /// <exception cref="UserInputException">The slow-down is below 1.</exception>
    public WallClockWorld(IEnvironment inner, ClockSettings settings, bool reports, IClockTime ticking, IClockTime thinking, CancellationToken cancellation = default)
    {
        if (settings.SlowDown < 1)
            throw new UserInputException(FormattableString.Invariant($"Under the wall clock the slow-down is 1 or more, since waiting makes nothing faster; given: {settings.SlowDown}. The simulated clock takes any."));
        (_ticking, _thinking, _cancellation) = (ticking, thinking, cancellation);
        _world = new TickingWorld(inner, settings, reports);
        _thread = new Thread(Serve) { IsBackground = true, Name = "rlseq clock", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <inheritdoc/>
    public ClockSettings Settings => _world.Settings;

    /// <inheritdoc/>
    public Space ObservationSpace => _world.ObservationSpace;

    /// <inheritdoc/>
    public long Tick => _world.Tick;

    /// <inheritdoc/>
    public Decision LastDecision => _world.LastDecision;

    /// <inheritdoc/>
    public ReadOnlySpan<float> TickRewards => _world.Rewards;

    /// <inheritdoc/>
    public EpisodeCounts Counts => _world.Counts;

    /// <summary>How exact the clock was in the episode that ended last; look at it only after its end (or <see cref="Stop"/>).</summary>
    public ClockJitter Jitter { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Reset(ulong seed, Span<float> observation)
    {
        Stop();
        _seed = seed;
        _failure = null;
        Jitter.Reset();
        _idle.Reset();
        _begun.Reset();
        _go.Set();
        _thinking.WaitFor(_begun, _cancellation);
        _ = Await(_origin, observation);
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public StepResult Advance(ReadOnlySpan<float> action, long latency, Span<float> observation)
    {
        long now = _thinking.Now, ready = _taken + Settings.Slowed(latency);
        for (; now < ready; now = _thinking.Now)
        {
            _cancellation.ThrowIfCancellationRequested();
            _thinking.Wait(ready);
        }
        // The result is taken at the first tick that is not before it, and what it leads to is seen then.
        long free = _world.FreeAt(now - _origin);
        _world.Answer(action, now - _origin);
        StepResult result = Await(_origin + free, observation);
        if (result.Done) _thinking.WaitFor(_idle, _cancellation);
        Jitter.Added.Record(LastDecision.Latency - Settings.Slowed(latency));
        return result;
    }

    /// <inheritdoc/>
    public void WriteActionMask(Span<bool> mask) => _world.Mask.CopyTo(mask);

    /// <summary>Ends the episode where it stands; does nothing where none runs.</summary>
    public void Stop()
    {
        Volatile.Write(ref _stopping, true);
        _thinking.WaitFor(_idle, CancellationToken.None);
        Volatile.Write(ref _stopping, false);
        _seen = _world.Shown;
    }

    /// <summary>Ends the ticking thread, after the environment has returned from the step that it may be in.</summary>
    public void Dispose()
    {
        if (_closing) return;
        Stop();
        _closing = true;
        _go.Set();
        _thinking.WaitFor(_ended, CancellationToken.None);
        _thread.Join();
        foreach (ManualResetEventSlim signal in (ReadOnlySpan<ManualResetEventSlim>)[_go, _begun, _idle, _ended]) signal.Dispose();
    }

    /// <summary>Waits until the agent is shown something, which is expected at a time.</summary>
    private StepResult Await(long expected, Span<float> observation)
    {
        while (_world.Shown == _seen)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_idle.IsSet && _world.Shown == _seen)
            {
                _failure?.Throw();
                _world.Complete();
                break;
            }
            long now = _thinking.Now;
            _thinking.Wait(now < expected ? expected : now + Math.Min(Moment + ((now - expected) / Part), LongestLook));
        }
        _seen = _world.Shown;
        _taken = _thinking.Now;
        return _world.Take(observation);
    }

    /// <summary>The ticking thread.</summary>
    private void Serve()
    {
        while (true)
        {
            _ticking.WaitFor(_go, CancellationToken.None);
            if (_closing) break;
            _go.Reset();
            try
            {
                PlayEpisode();
            }
#pragma warning disable CA1031 // nothing is swallowed: whatever it is, Await throws it on the agent's thread; here it would end the process
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                _begun.Set(); // before the other, after which the next episode may begin
                _idle.Set();
            }
        }
        _ended.Set();
    }

    private void PlayEpisode()
    {
        _world.Begin(_seed);
        _origin = _ticking.Now + Lead;
        _begun.Set();
        for (long tick = 0; ; tick++)
        {
            long due = _origin + (tick * Settings.PeriodNanoseconds), now = _ticking.Now;
            for (; now < due && !Volatile.Read(ref _stopping); now = _ticking.Now) _ticking.Wait(due);
            if (Volatile.Read(ref _stopping)) return;
            bool ended = _world.OnTick(tick);
            long published = _ticking.Now - due;
            Jitter.Record(now - due, published);
            if (RLSeqTelemetry.ClockTickJitter.Enabled) RLSeqTelemetry.ClockTickJitter.Record(published / 1e9);
            if (ended) return;
        }
    }
}
