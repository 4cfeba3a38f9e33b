using System.Runtime.ExceptionServices;
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
    private readonly float[] _logProbabilities, _values; // of the last call
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

    /// <summary>
    /// Whether <see cref="Act(ReadOnlySpan{int}, ReadOnlySpan{float}, ReadOnlySpan{bool}, Span{float})"/> takes the most likely actions (the
    /// default) or draws them. The call with all results is told each time.
    /// </summary>
    public ActionSelection Selection { get; set; } = ActionSelection.Mode;

    /// <summary>
    /// The values of the last call's observations, <c>[n]</c>, in the order of its rows: the discounted returns that the policy expected. Like
    /// <see cref="Logits"/> a view of the batch's own numbers, which the next call replaces.
    /// </summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, _acted);

    /// <summary>The log-probabilities of the last call's actions, <c>[n]</c>, in the order of its rows, before continuous elements were clipped.</summary>
    public ReadOnlySpan<float> LogProbabilities => _logProbabilities.AsSpan(0, _acted);

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

    /// <summary>
    /// As <see cref="Agent.WarmUp(CancellationToken)"/>, for a batch, which runs other code than a single agent: a throw-away batch of up to five rows
    /// acts in its place.
    /// </summary>
    /// <param name="cancellation">Stops it between two actions, or in a pause.</param>
    /// <inheritdoc cref="Agent.WarmUp(CancellationToken)" path="/returns|/exception"/>
    public bool WarmUp(CancellationToken cancellation = default) => WarmUp(WarmUpRounds.DefaultLimit, cancellation);

    /// <inheritdoc cref="Agent.WarmUp(TimeSpan, CancellationToken)"/>
    public bool WarmUp(TimeSpan limit, CancellationToken cancellation = default) => WarmUp(WarmUpRounds.OfMachine, limit, cancellation);

    internal bool WarmUp(WarmUpRounds rounds, TimeSpan limit, CancellationToken cancellation)
    {
        var rehearsal = new BatchRehearsal(Network, Rows);
        return rounds.Run(rehearsal.Play, rehearsal.Turns, limit, cancellation);
    }

    /// <inheritdoc/>
    public void Reset(int row) => _memory.Reset(row);

    /// <inheritdoc/>
    public void Act(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection)
    {
        LatencyRecorder? recorder = Recorder;
        recorder?.Begin();
        Check(rows, observations, masks, actions.Length, logProbabilities.Length, values.Length);
        ArithmeticException? diverged = Choose(rows, observations, masks, actions, selection, recorder);
        Values.CopyTo(values);
        LogProbabilities.CopyTo(logProbabilities);
        if (diverged is not null) ExceptionDispatchInfo.Capture(diverged).Throw();
        recorder?.End(rows.Length);
    }

    /// <summary>
    /// As <see cref="Agent.Act(ReadOnlySpan{float}, ReadOnlySpan{bool}, Span{float})"/> for many agents: actions by <see cref="Selection"/>,
    /// inside their space. <see cref="Values"/> and <see cref="LogProbabilities"/> have the rest.
    /// </summary>
    /// <param name="rows">The rows that act, each at most once, n of them.</param>
    /// <param name="observations">Their observations, <c>[n, O]</c>.</param>
    /// <param name="masks">Which choices are allowed, <c>[n, Distribution.MaskSize]</c>, true where allowed; empty where all are.</param>
    /// <param name="actions">Receives their actions, <c>[n, ActionSize]</c>; continuous elements are clipped to the bounds of their box.</param>
    /// <exception cref="ArgumentException">As <see cref="IAgentBatch.Act"/>; no state has changed.</exception>
    /// <exception cref="ArithmeticException">As <see cref="IAgentBatch.Act"/>.</exception>
    public void Act(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions)
    {
        LatencyRecorder? recorder = Recorder;
        recorder?.Begin();
        Check(rows, observations, masks, actions.Length, rows.Length, rows.Length);
        ArithmeticException? diverged = Choose(rows, observations, masks, actions, Selection, recorder);
        Space space = _network.Definition.ActionSpace;
        for (int r = 0; r < rows.Length; r++) space.Clip(actions.Slice(r * space.Size, space.Size));
        if (diverged is not null) ExceptionDispatchInfo.Capture(diverged).Throw();
        recorder?.End(rows.Length);
    }

    /// <inheritdoc/>
    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, Span<float> values)
    {
        _rows.Check(rows, observations, values.Length);
        Span<float> features = _features.AsSpan(0, rows.Length * _network.Features);
        _memory.Peek(rows, _network.Encoder.Encode(observations, rows.Length, _front, _back), features);
        ApplyHeads(features, values, default);
        AgentRows.CheckValues(rows, values);
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

    /// <summary>Checks a call, before anything changes.</summary>
    private void Check(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, int actions, int logProbabilities, int values)
    {
        _rows.Check(rows, observations, values); // no row stands in it twice, so there are at most as many as the batch has
        AgentRows.CheckChoice(rows.Length, masks, actions, logProbabilities, _network.Distribution);
    }

    /// <summary>Chooses actions as the policy gives them, and keeps log-probabilities and values.</summary>
    /// <returns>What is to be thrown when the caller has passed on what holds: a row's outputs are not finite, but those of the others are.</returns>
    private ArithmeticException? Choose(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, ActionSelection selection, LatencyRecorder? recorder)
    {
        IActionDistribution distribution = _network.Distribution;
        Span<float> features = _features.AsSpan(0, rows.Length * _network.Features);
        ReadOnlySpan<float> encoded = _network.Encoder.Encode(observations, rows.Length, _front, _back);
        recorder?.EndStage(ActionStage.Encode);
        _memory.Step(rows, encoded, features);
        recorder?.EndStage(ActionStage.Memory);
        _acted = rows.Length;
        Span<float> values = _values.AsSpan(0, rows.Length);
        ApplyHeads(features, values, _logits);
        recorder?.EndStage(ActionStage.Heads);
        try
        {
            _rows.Choose(rows, distribution, _logits, values, masks, actions, _logProbabilities.AsSpan(0, rows.Length), selection);
            return null;
        }
        catch (ArithmeticException diverged)
        {
            return diverged;
        }
    }

    private void ApplyHeads(ReadOnlySpan<float> features, Span<float> values, Span<float> logits)
    {
        Span<float> outputs = _outputs.AsSpan(0, values.Length * _network.Heads.Outputs);
        _network.Heads.Apply(features, outputs, values.Length);
        AgentRows.Split(outputs, values, logits);
    }
}
