namespace RLSeq.Agents;

/// <summary>A throw-away agent that does, turn by turn, all that a real one of its network does: see <see cref="WarmUpRounds"/>.</summary>
internal sealed class AgentRehearsal
{
    private readonly Agent _agent;
    private readonly float[] _observation, _action, _meaning, _state;
    private readonly bool[] _mask;

    /// <summary>Makes it.</summary>
    /// <param name="network">The policy.</param>
    public AgentRehearsal(PolicyNetwork network)
    {
        _agent = new Agent(network, seed: 0, LatencyRecorder.Silent());
        _observation = RehearsedRows.Observations(network, 1);
        _action = new float[network.Definition.ActionSpace.Size];
        _meaning = new float[network.Distribution.Parameters];
        _mask = RehearsedRows.Masks(network, 1);
        _state = new float[_agent.Layout.Size];
        Turns = RehearsedRows.Positions(network);
    }

    /// <summary>The turns that reach every position of an episode at which other code begins to run.</summary>
    public int Turns { get; }

    /// <summary>Plays a turn.</summary>
    /// <param name="turn">Its number, from 0.</param>
    public void Play(int turn)
    {
        if (turn % Turns == 0) _agent.Reset();
        _agent.Selection = (turn & 1) == 0 ? ActionSelection.Mode : ActionSelection.Sample;
        _agent.Recorder.Stages = (turn & 2) != 0;
        if ((turn & 4) == 0) _agent.Act(_observation, _action);
        else _agent.Act(_observation, _mask, _action);
        if ((turn & 8) == 0) return;

        _agent.Peek(_observation);
        _agent.Describe(_meaning);
        _ = (_agent.Value, _agent.LogProbability, _agent.Latency.Count);
        if (turn >= WarmUpRounds.FirstTurns) return; // a state with a long window takes long to load
        _agent.Save(_state);
        _agent.Load(_state);
        _agent.Steps = _agent.Steps;
    }
}
