using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>What is done to an agent's state before every action; this one does nothing.</summary>
internal class Tampering
{
    /// <summary>An episode begins.</summary>
    /// <param name="episode">Its number.</param>
    public virtual void Begin(int episode)
    {
        // Nothing is done to an intact state.
    }

    /// <summary>Changes the state before the agent acts.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="observation">What it will act on.</param>
    public virtual void BeforeAction(Agent agent, ReadOnlySpan<float> observation)
    {
        // Nothing is done to an intact state.
    }
}

/// <summary>The state is that of an episode's beginning.</summary>
internal sealed class Zeroing : Tampering
{
    public override void BeforeAction(Agent agent, ReadOnlySpan<float> observation) => agent.Reset();
}

/// <summary>The state is made anew of the last k observations, of which the last is the one that is acted on.</summary>
internal sealed class Truncating(int steps, int observationSize, int actionSize) : Tampering
{
    private readonly float[] _last = new float[(steps - 1) * observationSize]; // a ring of k - 1 observations
    private readonly float[] _action = new float[actionSize];
    private int _seen;

    public override void Begin(int episode) => _seen = 0;

    public override void BeforeAction(Agent agent, ReadOnlySpan<float> observation)
    {
        agent.Reset();
        int kept = steps - 1;
        if (kept == 0) return;
        for (int i = Math.Max(0, _seen - kept); i < _seen; i++) agent.Act(_last.AsSpan(i % kept * observationSize, observationSize), _action);
        observation.CopyTo(_last.AsSpan(_seen++ % kept * observationSize));
    }
}

/// <summary>
/// The state is that of the same step of another episode of the same policy, which is played beside. Where that one ends first, the state
/// before its last action stays.
/// </summary>
internal sealed class Exchanging(MemoryEpisodes other, int shift) : Tampering
{
    private readonly float[] _state = new float[other.Agent.Layout.Size];

    public override void Begin(int episode) => other.Begin((episode + shift) % other.Episodes);

    public override void BeforeAction(Agent agent, ReadOnlySpan<float> observation)
    {
        if (!other.HasEnded)
        {
            other.Agent.Save(_state);
            other.Step();
        }
        agent.Load(_state);
    }
}
