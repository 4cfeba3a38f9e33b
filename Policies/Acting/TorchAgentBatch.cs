using System.Runtime.InteropServices;
using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>
/// Agents that act through libtorch, on the CPU or on CUDA: for networks so large, or batches so wide, that a matrix product outweighs
/// what calling libtorch costs. One forward pass <c>[1, n, …]</c> per call; the memory states stay on the device; sampling is the
/// managed engine's, by the same keys, so the same seed gives the same actions as <see cref="AgentBatch"/> up to the rounding of logits.
/// </summary>
/// <remarks>
/// It acts with the network itself and not with a copy, so new weights act from the next call on. Where a call names all rows in order,
/// the states are handed over as they are; otherwise the rows' states are gathered and put back. Unlike the managed engine it allocates,
/// its bits depend on the batch and on libtorch's threads, and a Transformer projects the keys and values of its whole window at every step.
/// Used by one thread at a time.
/// </remarks>
public sealed class TorchAgentBatch : IAgentBatch, IDisposable
{
    private readonly AgentRows _rows;
    private readonly Device _device;
    private readonly Tensor _observations; // [1, rows, O], on the CPU
    private readonly Tensor _noStarts; // bool [1, rows]: rows that begin are cleared beforehand
    private readonly Tensor[] _state; // one per block of the layout, [rows, …]
    private readonly float[] _logits; // [n, A]
    private readonly float[]?[] _newest; // per window, [rows, ItemSize]; null until asked for
    private readonly List<long> _begun = []; // rows whose episode begins with the next call
    private int _acted;

    /// <summary>Makes the agents, each at the beginning of an episode.</summary>
    /// <param name="network">The policy that acts; it stays on its device and belongs to the caller.</param>
    /// <param name="rows">How many agents, at least 1.</param>
    /// <param name="seed">Keys the sampling of actions, together with row and step.</param>
    /// <param name="firstRow">Added to a row's number in the sampling key, so that a batch can be a slice of a larger one.</param>
    /// <exception cref="PolicyFormatException">The action space is none that an engine can act in.</exception>
    public TorchAgentBatch(ActorCritic network, int rows, ulong seed = 0, int firstRow = 0)
    {
        Network = network;
        _rows = new AgentRows(rows, seed, firstRow, network.ObservationSpace);
        Distribution = ActionDistributions.For(network.ActionSpace);
        using IDisposable frozen = no_grad();
        Tensor like = network.parameters().First();
        _device = like.device;
        _observations = zeros(1, rows, network.ObservationSpace.Size).DetachFromDisposeScope();
        _noStarts = zeros([1, rows], dtype: @bool, device: _device).DetachFromDisposeScope();
        MemoryState initial = network.Memory.InitialState(rows, like);
        _state = [.. Enumerable.Range(0, Layout.Blocks.Count).Select(block => initial[block].DetachFromDisposeScope())];
        _logits = new float[checked(rows * Distribution.Parameters)];
        _newest = new float[]?[_state.Length];
    }

    /// <summary>The policy that acts; it may go on learning.</summary>
    public ActorCritic Network { get; }

    /// <inheritdoc/>
    public int Rows => _rows.Count;

    /// <inheritdoc/>
    public MemoryLayout Layout => Network.Memory.Layout;

    /// <inheritdoc/>
    public IActionDistribution Distribution { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Logits => _logits.AsSpan(0, _acted * Distribution.Parameters);

    /// <inheritdoc/>
    public void Reset(int row)
    {
        _rows.CheckRow(row);
        _begun.Add(row);
    }

    /// <inheritdoc/>
    public void Act(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection)
    {
        _rows.Check(rows, observations, values.Length);
        AgentRows.CheckChoice(rows.Length, masks, actions.Length, logProbabilities.Length, Distribution);
        Forward(rows, observations, values, _logits, commit: true);
        _acted = rows.Length;
        _rows.Choose(rows, Distribution, _logits, values, masks, actions, logProbabilities, selection);
    }

    /// <inheritdoc/>
    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, Span<float> values)
    {
        _rows.Check(rows, observations, values.Length);
        Forward(rows, observations, values, default, commit: false);
        AgentRows.CheckValues(rows, values);
    }

    /// <inheritdoc/>
    public void Save(int row, Span<float> state)
    {
        _rows.CheckState(row, state.Length, Layout);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        BeginEpisodes();
        for (int i = 0; i < _state.Length; i++) Read(_state[i].select(0, row), state.Slice(Layout.Offset(i), Layout.Blocks[i].Size));
    }

    /// <inheritdoc/>
    public void Load(int row, ReadOnlySpan<float> state)
    {
        _rows.CheckState(row, state.Length, Layout);
        Network.Memory.CheckState(state);
        AgentRows.CheckFinite(state);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        BeginEpisodes();
        Array.Clear(_newest);
        for (int i = 0; i < _state.Length; i++)
        {
            MemoryBlock block = Layout.Blocks[i];
            _state[i].select(0, row).copy_(tensor(state.Slice(Layout.Offset(i), block.Size).ToArray(), [.. block.Shape.Select(length => (long)length)]));
        }
    }

    /// <inheritdoc/>
    public void Newest(int row, int block, Span<float> item)
    {
        _rows.CheckNewest(row, block, item.Length, Layout);
        if (item.IsEmpty) return;
        // All rows at once: whoever collects asks for every row, and each transfer from a GPU waits for it.
        float[] newest = _newest[block] ??= NewestOfAll(block);
        newest.AsSpan(row * item.Length, item.Length).CopyTo(item);
    }

    /// <inheritdoc/>
    public ulong GetSteps(int row) => _rows.GetSteps(row);

    /// <inheritdoc/>
    public void SetSteps(int row, ulong steps) => _rows.SetSteps(row, steps);

    /// <inheritdoc/>
    public void Dispose()
    {
        _observations.Dispose();
        _noStarts.Dispose();
        foreach (Tensor block in _state) block.Dispose();
    }

    private static void Read(Tensor source, Span<float> target) =>
        MemoryMarshal.Cast<byte, float>(source.to(float32).cpu().contiguous().bytes).CopyTo(target);

    private static bool InOrder(ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < rows.Length; i++)
            if (rows[i] != i) return false;
        return true;
    }

    private float[] NewestOfAll(int block)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        MemoryBlock window = Layout.Blocks[block];
        var items = new float[Rows * window.ItemSize];
        Read(_state[block].select(window.WindowAxis + 1, window.WindowLength - 1), items);
        return items;
    }

    /// <summary>One step of the rows; their states advance only where that is asked for.</summary>
    private void Forward(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, Span<float> values, Span<float> logits, bool commit)
    {
        if (rows.IsEmpty) return;
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        BeginEpisodes();
        observations.CopyTo(MemoryMarshal.Cast<byte, float>(_observations.bytes));
        Tensor input = _observations.narrow(1, 0, rows.Length).to(_device);
        Tensor? index = rows.Length == Rows && InOrder(rows) ? null : tensor(Array.ConvertAll(rows.ToArray(), row => (long)row)).to(_device);
        var before = new MemoryState(Layout, index is null ? _state : [.. _state.Select(block => block.index_select(0, index))]);
        (Tensor policy, Tensor value, MemoryState after) = Network.Forward(input, before, _noStarts.narrow(1, 0, rows.Length));
        using Tensor outputs = cat([policy, value.unsqueeze(-1)], -1).to(float32).cpu(); // [1, n, A + 1], in one transfer
        AgentRows.Split(MemoryMarshal.Cast<byte, float>(outputs.bytes), values, logits);
        if (commit) Commit(after, index);
    }

    private void Commit(MemoryState after, Tensor? index)
    {
        for (int i = 0; i < _state.Length; i++)
        {
            if (index is not null)
            {
                _state[i].index_copy_(0, index, after[i]);
            }
            else if (!ReferenceEquals(_state[i], after[i]))
            {
                _state[i].Dispose();
                _state[i] = after[i].DetachFromDisposeScope();
            }
        }
        Array.Clear(_newest);
    }

    /// <summary>Clears the states of the rows that were reset, all in one go.</summary>
    private void BeginEpisodes()
    {
        if (_begun.Count == 0) return;
        Array.Clear(_newest);
        Tensor index = tensor(_begun.ToArray()).to(_device);
        foreach (Tensor block in _state) block.index_fill_(0, index, 0);
        _begun.Clear();
    }
}
