using System.Diagnostics.CodeAnalysis;

namespace RLSeq.Agents;

/// <summary>
/// Agents that share a policy's weights and begin and end their episodes independently, one per row. Nothing is allocated per call,
/// and what a row does depends on its observations, the seed, its number and its steps only: not on the other rows, their number,
/// their order or the split into calls, bit for bit. Used by one thread at a time; give each thread its own.
/// </summary>
public sealed class AgentBatch : IAgentBatch
{
    private readonly ulong _seed;
    private readonly int _firstRow;
    private readonly IMemoryKernel _memory;
    private readonly ulong[] _steps;
    private readonly long[] _seen; // the call that a row last stood in, to find rows given twice
    private readonly float[] _front, _back, _features, _outputs, _logits;
    private PolicyNetwork _network;
    private long _call;
    private int _acted;

    /// <summary>Makes the agents, each at the beginning of an episode.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="rows">How many agents, at least 1.</param>
    /// <param name="seed">Keys the sampling of actions, together with row and step.</param>
    /// <param name="firstRow">Added to a row's number in the sampling key, so that a batch can be a slice of a larger one.</param>
    public AgentBatch(PolicyNetwork network, int rows, ulong seed = 0, int firstRow = 0)
    {
        (_network, Rows, _seed, _firstRow) = (network, MemoryGuard.RowCount(rows), seed, firstRow);
        _memory = network.Memory.CreateKernel(rows);
        (_steps, _seen) = (new ulong[rows], new long[rows]);
        _front = new float[checked(rows * network.Encoder.WidestRow)];
        _back = new float[_front.Length];
        _features = new float[checked(rows * network.Features)];
        _outputs = new float[checked(rows * network.Heads.Outputs)];
        _logits = new float[checked(rows * network.Distribution.Parameters)];
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public MemoryLayout Layout => _memory.Layout;

    /// <inheritdoc/>
    public IActionDistribution Distribution => _network.Distribution;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Logits => _logits.AsSpan(0, _acted * _network.Distribution.Parameters);

    /// <summary>Records what every <see cref="Act"/> costs; null, the default, measures nothing.</summary>
    public LatencyRecorder? Recorder { get; set; }

    /// <summary>The policy; setting it keeps every row's state, and what a memory derived from it with the old weights is derived anew.</summary>
    /// <exception cref="ArgumentException">The new policy has other spaces or sizes.</exception>
    public PolicyNetwork Network
    {
        get => _network;
        set
        {
            if (!value.HasArchitectureOf(_network))
                throw new ArgumentException("The weights of running agents can be replaced only by ones of the same spaces and sizes; make new agents for another architecture.", nameof(value));
            _memory.Swap(value.Memory);
            _network = value;
        }
    }

    /// <inheritdoc/>
    public void Reset(int row) => _memory.Reset(row);

    /// <inheritdoc/>
    public void Act(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection)
    {
        IActionDistribution distribution = _network.Distribution;
        LatencyRecorder? recorder = Recorder;
        recorder?.Begin();
        Check(rows, observations, values.Length);
        CheckMasks(rows.Length, masks);
        RowGuard.Exact(actions.Length, rows.Length, distribution.ActionSize, nameof(actions));
        RowGuard.Exact(logProbabilities.Length, rows.Length, 1, nameof(logProbabilities));
        Span<float> features = _features.AsSpan(0, rows.Length * _network.Features);
        ReadOnlySpan<float> encoded = _network.Encoder.Encode(observations, rows.Length, _front, _back);
        recorder?.EndStage(ActionStage.Encode);
        _memory.Step(rows, encoded, features);
        recorder?.EndStage(ActionStage.Memory);
        _acted = rows.Length;
        ApplyHeads(features, rows.Length, values, _logits);
        recorder?.EndStage(ActionStage.Heads);
        for (int r = 0; r < rows.Length; r++)
        {
            Span<float> logits = _logits.AsSpan(r * distribution.Parameters, distribution.Parameters);
            if (!masks.IsEmpty) distribution.Mask(logits, masks.Slice(r * distribution.MaskSize, distribution.MaskSize));
            Span<float> action = actions.Slice(r * distribution.ActionSize, distribution.ActionSize);
            ulong step = _steps[rows[r]]++;
            if (selection == ActionSelection.Sample)
            {
                var random = new CounterRandom(_seed, (uint)(_firstRow + rows[r]), step);
                logProbabilities[r] = distribution.Sample(logits, ref random, action);
            }
            else
            {
                logProbabilities[r] = distribution.Mode(logits, action);
            }
        }
        recorder?.End(rows.Length);
    }

    /// <inheritdoc/>
    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, Span<float> values)
    {
        Check(rows, observations, values.Length);
        Span<float> features = _features.AsSpan(0, rows.Length * _network.Features);
        _memory.Peek(rows, _network.Encoder.Encode(observations, rows.Length, _front, _back), features);
        ApplyHeads(features, rows.Length, values, default);
    }

    /// <inheritdoc/>
    public void Save(int row, Span<float> state) => _memory.Save(row, state);

    /// <inheritdoc/>
    public void Load(int row, ReadOnlySpan<float> state) => _memory.Load(row, state);

    /// <inheritdoc/>
    public void Newest(int row, int block, Span<float> item) => _memory.Newest(row, block, item);

    /// <inheritdoc/>
    public ulong GetSteps(int row) => _steps[row];

    /// <inheritdoc/>
    public void SetSteps(int row, ulong steps) => _steps[row] = steps;

    private void ApplyHeads(ReadOnlySpan<float> features, int rows, Span<float> values, Span<float> logits)
    {
        int count = _network.Distribution.Parameters;
        _network.Heads.Apply(features, _outputs, rows);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> outputs = _outputs.AsSpan(r * (count + 1), count + 1);
            if (!logits.IsEmpty) outputs[..count].CopyTo(logits[(r * count)..]);
            values[r] = outputs[count];
        }
    }

    private void Check(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, int values)
    {
        RowGuard.Exact(observations.Length, rows.Length, _network.Definition.ObservationSpace.Size, nameof(observations));
        RowGuard.Exact(values, rows.Length, 1, nameof(values));
        _call++;
        foreach (int row in rows)
        {
            MemoryGuard.Row(row, Rows);
            if (_seen[row] == _call) ThrowTwice(row);
            _seen[row] = _call;
        }
        _network.Encoder.Validate(rows, observations);
    }

    private void CheckMasks(int rows, ReadOnlySpan<bool> masks)
    {
        if (masks.IsEmpty) return;
        IActionDistribution distribution = _network.Distribution;
        RowGuard.Exact(masks.Length, rows, distribution.MaskSize, nameof(masks));
        for (int r = 0; r < rows; r++)
            if (!distribution.Allows(masks.Slice(r * distribution.MaskSize, distribution.MaskSize))) ThrowNothingAllowed(r, nameof(masks));
    }

    [DoesNotReturn]
    private static void ThrowNothingAllowed(int r, string parameter) =>
        throw new ArgumentException($"The mask of row {r} of this call allows no choice of some component; every component needs at least one.", parameter);

    [DoesNotReturn]
    private static void ThrowTwice(int row) => throw new ArgumentException($"Row {row} is given twice; a row can act once per call.", nameof(row));
}
