using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>The state is that of an episode's beginning.</summary>
internal sealed class Zeroing : Tampering
{
    public override void BeforeAction(Agent agent, ReadOnlySpan<float> observation) => agent.Reset();
}
