namespace RLSeq.Agents;

/// <summary>Throw-away rows that do, turn by turn, all that those of a batch of their network do: see <see cref="WarmUpRounds"/>.</summary>
internal sealed class BatchRehearsal
{
    /// <summary>Kernels take rows by fours, and what is left one by one, so five rows reach both; more would only take memory.</summary>
    private const int MostRows = 5;

    private static readonly int[] All = [0, 1, 2, 3, 4];

    private readonly AgentBatch _agents;
    private readonly LatencyRecorder _recorder = LatencyRecorder.Silent();
    private readonly PolicyNetwork _network;
    private readonly float[] _observations, _actions, _logProbabilities, _values, _state;
    private readonly bool[] _masks;
    private readonly int _positions;

    /// <summary>Makes them.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="rows">The rows of the real batch.</param>
    public BatchRehearsal(PolicyNetwork network, int rows)
    {
        int count = Math.Min(rows, MostRows);
        (_network, _agents) = (network, new AgentBatch(network, count));
        _observations = RehearsedRows.Observations(network, count);
        _actions = new float[count * network.Distribution.ActionSize];
        (_logProbabilities, _values) = (new float[count], new float[count]);
        _masks = RehearsedRows.Masks(network, count);
        _state = new float[_agents.Layout.Size];
        _positions = RehearsedRows.Positions(network);
    }

    /// <summary>The turns that reach every position of an episode at which other code begins to run: rows act together in every other one.</summary>
    public int Turns => 2 * _positions;

    /// <summary>Plays a turn.</summary>
    /// <param name="turn">Its number, from 0.</param>
    public void Play(int turn)
    {
        bool together = (turn & 2) == 0, masked = (turn & 4) != 0;
        ReadOnlySpan<int> rows = together ? All.AsSpan(0, _agents.Rows) : All.AsSpan(turn / 4 % _agents.Rows, 1);
        int n = rows.Length;
        if (turn % Turns == 0)
            for (int row = 0; row < _agents.Rows; row++) _agents.Reset(row);
        _agents.Selection = (turn & 1) == 0 ? ActionSelection.Mode : ActionSelection.Sample;
        _recorder.Stages = (turn & 1) != 0;
        _agents.Recorder = masked ? _recorder : null;
        ReadOnlySpan<float> observations = _observations.AsSpan(0, n * _network.Definition.ObservationSpace.Size);
        ReadOnlySpan<bool> masks = masked ? _masks.AsSpan(0, n * _network.Distribution.MaskSize) : default;
        Span<float> actions = _actions.AsSpan(0, n * _network.Distribution.ActionSize), values = _values.AsSpan(0, n);
        if ((turn & 8) == 0)
        {
            _agents.Act(rows, observations, masks, actions);
            _ = (_agents.Values.Length, _agents.LogProbabilities.Length, _agents.Logits.Length);
            return;
        }
        _agents.Act(rows, observations, masks, actions, _logProbabilities.AsSpan(0, n), values, _agents.Selection);
        _agents.Peek(rows, observations, values);
        if (turn >= WarmUpRounds.FirstTurns) return; // a state with a long window takes long to load
        _agents.Save(rows[0], _state);
        _agents.Load(rows[0], _state);
        _agents.SetSteps(rows[0], _agents.GetSteps(rows[0]));
    }
}
