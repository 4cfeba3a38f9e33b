using RLSeq.Agents;

namespace RLSeq.Evaluation;

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
