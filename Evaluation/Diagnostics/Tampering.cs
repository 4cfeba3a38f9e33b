using RLSeq.Agents;

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
