namespace RLSeq.Agents;

/// <summary>
/// The rules of the clock, without time or world: which action drives which transition. The simulated and the wall clock both ask here.
/// Nothing is allocated after it is made.
/// </summary>
/// <remarks>
/// At most two results are under way at once: one for the transition that is about to begin, and a later one of the decision that is being
/// made at its tick.
/// </remarks>
public sealed class ActionSchedule
{
    private const long Nothing = -1;
    private readonly ClockSettings _settings;
    private readonly int _size;
    private readonly float[] _idle, _last;
    private readonly float[][] _waiting;
    private readonly long[] _transitions = [Nothing, Nothing];
    private readonly bool[] _late = new bool[2];

    /// <summary>Makes the schedule of one world.</summary>
    /// <param name="settings">The clock.</param>
    /// <param name="idle">The action that does nothing.</param>
    public ActionSchedule(ClockSettings settings, ReadOnlySpan<float> idle)
    {
        (_settings, _size, _idle) = (settings, idle.Length, idle.ToArray());
        (_last, _waiting) = (idle.ToArray(), [new float[_size], new float[_size]]);
    }

    /// <summary>The action that drove the last transition; the one that does nothing at an episode's beginning.</summary>
    public ReadOnlySpan<float> Last => _last;

    /// <summary>Begins an episode at tick 0: nothing is under way.</summary>
    public void Reset()
    {
        _transitions.AsSpan().Fill(Nothing);
        _idle.CopyTo(_last.AsSpan());
    }

    /// <summary>The tick at which an agent that took an observation is free again: the first at or after its result, and never the same one.</summary>
    /// <param name="tick">The tick of the observation.</param>
    /// <param name="latency">How long the agent needed, in nanoseconds, the slow-down included.</param>
    public long FreeAt(long tick, long latency)
    {
        long period = _settings.PeriodNanoseconds;
        return tick + Math.Max(1, (latency / period) + (latency % period > 0 ? 1 : 0));
    }

    /// <summary>Takes the result of a decision. It must be known before <see cref="Drive"/> is asked for any transition that it may drive.</summary>
    /// <param name="tick">The tick whose observation was seen.</param>
    /// <param name="action">What was chosen.</param>
    /// <param name="latency">How long that took, in nanoseconds, the slow-down included.</param>
    /// <param name="supersedes">Whether an earlier late result now drives nothing, since this one is in time for its transition.</param>
    /// <returns>What becomes of it.</returns>
    public DecisionFate Receive(long tick, ReadOnlySpan<float> action, long latency, out bool supersedes)
    {
        bool inTime = latency <= _settings.DeadlineNanoseconds;
        supersedes = false;
        if (!inTime && _settings.OnMiss != OnMiss.ApplyLate) return DecisionFate.Discarded;
        long transition = inTime ? tick + _settings.ActionDelay : FreeAt(tick, latency);
        int slot = Array.IndexOf(_transitions, transition);
        supersedes = slot >= 0;
        if (slot < 0) slot = Array.IndexOf(_transitions, Nothing);
        _transitions[slot] = transition;
        _late[slot] = !inTime;
        action.CopyTo(_waiting[slot]);
        return inTime ? DecisionFate.InTime : DecisionFate.Late;
    }

    /// <summary>What is under way for the transition that begins at a tick, before the agent decides anything at that tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="action">Receives it, or the action that does nothing.</param>
    /// <returns>Whether there is something.</returns>
    public bool Pending(long tick, Span<float> action)
    {
        int slot = Array.IndexOf(_transitions, tick);
        (slot < 0 ? _idle : _waiting[slot]).CopyTo(action);
        return slot >= 0;
    }

    /// <summary>The action that drives a transition, once all that may drive it is known. Transitions are asked for in order, each once.</summary>
    /// <param name="tick">The tick at which it begins.</param>
    /// <param name="action">Receives the action.</param>
    /// <returns>Where it came from.</returns>
    public ActionSource Drive(long tick, Span<float> action)
    {
        int slot = Array.IndexOf(_transitions, tick);
        ActionSource source = slot >= 0 ? (_late[slot] ? ActionSource.Late : ActionSource.Own)
            : _settings.OnMiss == OnMiss.NoOp ? ActionSource.Idle : ActionSource.Repeated;
        ReadOnlySpan<float> driving = slot >= 0 ? _waiting[slot] : source == ActionSource.Idle ? _idle : _last;
        driving.CopyTo(action);
        if (slot >= 0) _transitions[slot] = Nothing;
        action.CopyTo(_last);
        return source;
    }

    /// <summary>The driving action was not allowed, and another was taken instead: it is what is repeated from now on.</summary>
    /// <param name="action">What drove the transition.</param>
    internal void Drove(ReadOnlySpan<float> action) => action.CopyTo(_last);

    /// <summary>What changes during an episode, for saving.</summary>
    internal (long[] Transitions, bool[] Late, float[][] Waiting, float[] Last) State => (_transitions, _late, _waiting, _last);
}
