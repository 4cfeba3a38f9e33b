using RLSeq.Agents;

namespace RLSeq.Evaluation;

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
