using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// What an observation under the clock says beside the world's own: the action that drove the last transition, the one that is under way for
/// the next, and how long ago the last observation was. Every memory gets the same; else a memory could hide the delay.
/// </summary>
/// <remarks>
/// The layout is <c>[the world's observation, applied action, pending action, whether there is a pending one (0 or 1), log2(1 + ticks since
/// the last observation)]</c>. The logarithm keeps it small for a network: 0 in an episode's first observation, 1 where none was dropped.
/// </remarks>
/// <param name="inner">The world's observation space.</param>
/// <param name="action">The world's action space.</param>
public sealed class ClockReport(Space inner, Space action)
{
    private readonly int _inner = inner.Size, _action = action.Size;

    /// <summary>The space of the whole observation.</summary>
    public Space Space { get; } = Space.Tuple(inner, action, action, Space.Discrete(2), Space.Box(0, 64, 1));

    /// <summary>Writes what stands behind the world's observation.</summary>
    /// <param name="schedule">The actions.</param>
    /// <param name="tick">The tick of the observation.</param>
    /// <param name="since">Ticks since the last observation; 0 for an episode's first.</param>
    /// <param name="observation">The whole observation, of which the beginning is left alone.</param>
    public void Write(ActionSchedule schedule, long tick, long since, Span<float> observation)
    {
        Span<float> rest = observation[_inner..];
        schedule.Last.CopyTo(rest);
        rest[2 * _action] = schedule.Pending(tick, rest.Slice(_action, _action)) ? 1 : 0;
        rest[(2 * _action) + 1] = (float)(PortableMath.Log(1 + since) / Ln2);
    }

    private const double Ln2 = 0.6931471805599453;
}
