using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// Agents that share a policy's weights and begin and end their episodes independently, one per row. Nothing is allocated per call,
/// and what a row does depends on its observations, the seed, its number and its steps only: not on the other rows, their number,
/// their order or the split into calls, bit for bit. Used by one thread at a time; give each thread its own.
/// </summary>
public sealed class AgentBatch : IAgentBatch
{
    private readonly AgentRows _rows;
    private readonly IMemoryKernel _memory;
    private readonly float[] _front, _back, _features, _outputs, _logits;
    private readonly float[] _logProbabilities, _values; // for callers who want neither
    private PolicyNetwork _network;
    private int _acted;

    /// <summary>Makes the agents, each at the beginning of an episode.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="rows">How many agents, at least 1.</param>
    /// <param name="seed">Keys the sampling of actions, together with row and step.</param>
    /// <param name="firstRow">Added to a row's number in the sampling key, so that a batch can be a slice of a larger one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no rows, or more than arrays can hold the memory of.</exception>
    public AgentBatch(PolicyNetwork network, int rows, ulong seed = 0, int firstRow = 0)
    {
        _network = network;
        _memory = network.Memory.CreateKernel(rows); // refuses what is too much, so it comes first
        _rows = new AgentRows(rows, seed, firstRow, network.Definition.ObservationSpace);
        _front = new float[checked(rows * network.Encoder.WidestRow)];
        _back = new float[_front.Length];
        _features = new float[checked(rows * network.Features)];
        _outputs = new float[checked(rows * network.Heads.Outputs)];
        _logits = new float[checked(rows * network.Distribution.Parameters)];
        (_logProbabilities, _values) = (new float[rows], new float[rows]);
    }

    /// <inheritdoc/>
    public int Rows => _rows.Count;

    /// <inheritdoc/>
    public MemoryLayout Layout => _memory.Layout;

    /// <inheritdoc/>
    public IActionDistribution Distribution => _network.Distribution;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Logits => _logits.AsSpan(0, _acted * _network.Distribution.Parameters);

    /// <summary>Records what every <see cref="IAgentBatch.Act"/> costs; null, the default, measures nothing.</summary>
    public LatencyRecorder? Recorder { get; set; }

    /// <summary>The policy; setting it keeps every row's state, and what a memory derived from it with the old weights is derived anew.</summary>
    /// <exception cref="ArgumentException">The new policy has other spaces, another precision or other sizes.</exception>
    public PolicyNetwork Network
    {
        get => _network;
        set
        {
            if (!value.HasArchitectureOf(_network))
                throw new ArgumentException("The weights of running agents can be replaced only by ones of the same spaces, precision and sizes; make new agents for another architecture.", nameof(value));
            _memory.Swap(value.Memory);
            _network = value;
        }
    }

    /// <inheritdoc/>
    public void Reset(int row) => _memory.Reset(row);

    /// <inheritdoc/>
    public void Act(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection) => Act(rows, observations, masks, actions, logProbabilities, values, selection, clips: false);

    private void Act(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection, bool clips)
    {
        IActionDistribution distribution = _network.Distribution;
        LatencyRecorder? recorder = Recorder;
        recorder?.Begin();
        _rows.Check(rows, observations, values.Length);
        AgentRows.CheckChoice(rows.Length, masks, actions.Length, logProbabilities.Length, distribution);
        Span<float> features = _features.AsSpan(0, rows.Length * _network.Features);
        ReadOnlySpan<float> encoded = _network.Encoder.Encode(observations, rows.Length, _front, _back);
        recorder?.EndStage(ActionStage.Encode);
        _memory.Step(rows, encoded, features);
        recorder?.EndStage(ActionStage.Memory);
        _acted = rows.Length;
        ApplyHeads(features, values, _logits);
        recorder?.EndStage(ActionStage.Heads);
        _rows.Choose(rows, distribution, _logits, masks, actions, logProbabilities, selection);
        if (clips) Clip(actions);
        recorder?.End(rows.Length);
    }

    private void Clip(Span<float> actions)
    {
        Space space = _network.Definition.ActionSpace;
        for (int at = 0; at < actions.Length; at += space.Size) space.Clip(actions.Slice(at, space.Size));
    }

    /// <summary>As <see cref="Agent.Act(ReadOnlySpan{float}, ReadOnlySpan{bool}, Span{float})"/> for many agents: the most likely actions, inside their space.</summary>
    /// <param name="rows">The rows that act, each at most once, n of them.</param>
    /// <param name="observations">Their observations, <c>[n, O]</c>.</param>
    /// <param name="masks">Which choices are allowed, <c>[n, Distribution.MaskSize]</c>, true where allowed; empty where all are.</param>
    /// <param name="actions">Receives their actions, <c>[n, ActionSize]</c>; continuous elements are clipped to the bounds of their box.</param>
    /// <exception cref="ArgumentException">As <see cref="IAgentBatch.Act"/>; no state has changed.</exception>
    public void Act(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions)
    {
        if (rows.Length > Rows) throw new ArgumentException($"A batch of {Rows} agents was asked for {rows.Length} actions; each row may stand in a call once.", nameof(rows));
        ActInside(rows, observations, masks, actions, _logProbabilities.AsSpan(0, rows.Length), _values.AsSpan(0, rows.Length), ActionSelection.Mode);
    }

    /// <summary>As <see cref="IAgentBatch.Act"/>, with actions inside their space; clipping them belongs to what an action costs.</summary>
    internal void ActInside(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection) => Act(rows, observations, masks, actions, logProbabilities, values, selection, clips: true);

    /// <inheritdoc/>
    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, Span<float> values)
    {
        _rows.Check(rows, observations, values.Length);
        Span<float> features = _features.AsSpan(0, rows.Length * _network.Features);
        _memory.Peek(rows, _network.Encoder.Encode(observations, rows.Length, _front, _back), features);
        ApplyHeads(features, values, default);
    }

    /// <inheritdoc/>
    public void Save(int row, Span<float> state) => _memory.Save(row, state);

    /// <inheritdoc/>
    public void Load(int row, ReadOnlySpan<float> state) => _memory.Load(row, state);

    /// <inheritdoc/>
    public void Newest(int row, int block, Span<float> item) => _memory.Newest(row, block, item);

    /// <inheritdoc/>
    public ulong GetSteps(int row) => _rows.GetSteps(row);

    /// <inheritdoc/>
    public void SetSteps(int row, ulong steps) => _rows.SetSteps(row, steps);

    private void ApplyHeads(ReadOnlySpan<float> features, Span<float> values, Span<float> logits)
    {
        Span<float> outputs = _outputs.AsSpan(0, values.Length * _network.Heads.Outputs);
        _network.Heads.Apply(features, outputs, values.Length);
        AgentRows.Split(outputs, values, logits);
    }
}
