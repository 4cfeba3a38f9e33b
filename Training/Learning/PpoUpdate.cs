using System.Diagnostics;
using RLSeq.Environments;
using RLSeq.Policies;
using TorchSharp.Modules;

namespace RLSeq.Training;

/// <summary>
/// Learns from one rollout: epochs over shuffled minibatches of whole sequences. On the CPU the sequences of a minibatch are divided
/// among threads, whose gradients are added in order: the result depends on the number of threads, and on nothing else about them.
/// </summary>
public sealed class PpoUpdate : IDisposable
{
    private const int StatisticCount = 5;
    private readonly ActorCritic _network;
    private readonly OptimizerHelper _optimizer;
    private readonly PpoSettings _settings;
    private readonly Device _device;
    private readonly WorkerThreads _threads;
    private readonly Parameter[] _parameters;
    private long[]? _applied; // of the rollout that is learned from: as of SequenceBatch.AppliedCounts
    private long _forward, _backward, _descent; // ticks of the stopwatch, in the last update

    /// <summary>Makes what learns.</summary>
    /// <param name="network">What learns.</param>
    /// <param name="optimizer">Adam over the network's parameters.</param>
    /// <param name="settings">The algorithm.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="threads">Threads that learn from parts of a minibatch at once, on the CPU.</param>
    public PpoUpdate(ActorCritic network, OptimizerHelper optimizer, PpoSettings settings, Device device, int threads = 1)
    {
        (_network, _optimizer, _settings, _device) = (network, optimizer, settings, device);
        _parameters = [.. network.parameters()];
        _threads = new WorkerThreads(device.type == DeviceType.CPU ? threads : 1);
    }

    /// <summary>
    /// Seconds that the last update spent in the network and the loss, in their gradients (both on the calling thread), and in clipping
    /// the gradients and changing the weights.
    /// </summary>
    internal (double Forward, double Backward, double Optimizer) Seconds =>
        ((double)_forward / Stopwatch.Frequency, (double)_backward / Stopwatch.Frequency, (double)_descent / Stopwatch.Frequency);

    /// <summary>Makes all passes over a rollout.</summary>
    /// <param name="rollout">With its advantages.</param>
    /// <param name="sequence">The length of a sequence, K.</param>
    /// <param name="learningRate">Adam's rate for this update.</param>
    /// <param name="random">Shuffles the sequences; advanced.</param>
    public UpdateMetrics Run(Rollout rollout, int sequence, double learningRate, ref RandomSource random)
    {
        using DisposeScope scope = NewDisposeScope();
        _forward = _backward = _descent = 0;
        foreach (var group in _optimizer.ParamGroups) group.LearningRate = learningRate;
        SequenceBatch batch = SequenceBatch.Of(rollout, sequence, _device);
        _applied = batch.AppliedCounts();
        ChunkStates states = rollout.States.To(_device);
        long[] order = [.. Enumerable.Range(0, rollout.States.Chunks * rollout.Rows).Select(i => (long)i)];
        int parts = Math.Min(_threads.Count, order.Length / _settings.Minibatches);
        using IDisposable? apart = WorkerThreads.Apart(parts);
        Tensor statistics = zeros(StatisticCount + 1, device: _device);
        double firstRatioError = 0;
        int minibatches = 0, epochs = 0;
        while (epochs < _settings.Epochs)
        {
            random.Shuffle(order.AsSpan());
            Tensor divergence = zeros(1, device: _device);
            foreach (long[] indices in Split(order, _settings.Minibatches))
            {
                using DisposeScope step = NewDisposeScope();
                Part[] learned = Learn(batch, states, indices, rollout.Rows, parts, step);
                Tensor found = learned[0].Statistics;
                for (int i = 1; i < parts; i++) found = found + learned[i].Statistics;
                if (minibatches++ == 0) firstRatioError = learned.Max(part => (part.Ratio - 1).abs().max().item<float>());
                Tensor norm = Descend(learned);
                statistics.add_(cat([found, norm.view(1)], 0));
                divergence.add_(found.narrow(0, 3, 1));
            }
            epochs++;
            if (_settings.TargetKl > 0 && divergence.item<float>() / _settings.Minibatches > _settings.TargetKl) break;
        }
        float[] means = (statistics / minibatches).cpu().data<float>().ToArray();
        return new UpdateMetrics(means[0], means[1], means[2], means[3], means[4], means[5], firstRatioError, epochs);
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.Dispose();

    /// <summary>The gradients of a minibatch, in nearly equal parts, which the dispose scope then owns.</summary>
    private Part[] Learn(SequenceBatch batch, ChunkStates states, long[] indices, int rows, int count, DisposeScope owner)
    {
        long applied = _applied is null ? batch.Starts.shape[0] * indices.Length : indices.Sum(sequence => _applied[sequence]);
        AdvantageScale? scale = AdvantageScale.Of(batch, tensor(indices).to(_device), applied, _settings);
        var parts = new Part[count];
        _threads.Run(parts.Length, i =>
        {
            long[] mine = indices[(indices.Length * i / parts.Length)..(indices.Length * (i + 1) / parts.Length)];
            using DisposeScope scope = NewDisposeScope();
            parts[i] = LearnPart(batch, states, mine, rows, scale, MinibatchShare.Of(mine, indices, _applied), timed: i == 0).Released();
        });
        foreach (Part part in parts) part.AttachTo(owner);
        return parts;
    }

    private Part LearnPart(SequenceBatch batch, ChunkStates states, long[] indices, int rows, AdvantageScale? scale, MinibatchShare share, bool timed)
    {
        Tensor index = tensor(indices).to(_device);
        (Tensor observations, Tensor starts) = (batch.Observations.index_select(1, index), batch.Starts.index_select(1, index));
        MemoryState state = BurnIn(batch, indices, states.Of(indices), rows);
        long began = Stopwatch.GetTimestamp();
        (Tensor logits, Tensor values, _) = _network.Forward(observations, state, starts);
        PpoLoss loss = PpoLoss.OfSequences(logits, values, batch, index, scale, _network.Distribution, _settings, share);
        long computed = Stopwatch.GetTimestamp();
        IList<Tensor> gradients = autograd.grad([loss.Total], _parameters, allow_unused: true);
        if (timed) (_forward, _backward) = (_forward + computed - began, _backward + Stopwatch.GetTimestamp() - computed);
        return new Part([.. gradients], share.Scale(loss.Statistics), loss.Ratio);
    }

    /// <summary>
    /// Runs the steps before each sequence with the current weights and without a gradient. They are the last steps of the row's chunk
    /// before; a rollout's first chunk has none.
    /// </summary>
    private MemoryState BurnIn(SequenceBatch batch, long[] indices, MemoryState state, int rows)
    {
        int steps = _settings.BurnIn, first = Array.FindIndex(indices, index => index >= rows);
        if (steps == 0 || first < 0 || state.Layout.Size == 0) return state;
        using IDisposable frozen = no_grad();
        long from = batch.Starts.shape[0] - steps;
        Tensor before = tensor(indices[first..].Select(index => index - rows).ToArray()).to(_device);
        Tensor observations = batch.Observations.narrow(0, from, steps).index_select(1, before);
        Tensor starts = batch.Starts.narrow(0, from, steps).index_select(1, before);
        MemoryState burning = state.Rows(arange(first, indices.Length, dtype: int64, device: _device));
        (_, _, MemoryState burnt) = _network.Forward(observations, burning, starts);
        return new MemoryState(state.Layout, [.. Enumerable.Range(0, state.Layout.Blocks.Count).Select(block =>
            first == 0 ? burnt[block] : cat([state[block].narrow(0, 0, first), burnt[block]], 0))]);
    }

    /// <summary>One optimiser step with the gradients of all parts. Returns their norm.</summary>
    private Tensor Descend(Part[] parts)
    {
        long began = Stopwatch.GetTimestamp();
        using IDisposable frozen = no_grad();
        (Tensor[] gradients, Tensor norm) = Gradients.Merge([.. parts.Select(part => part.Gradients)], _settings.MaxGradientNorm);
        for (int p = 0, next = 0; p < _parameters.Length; p++) _parameters[p].grad = parts[0].Gradients[p] is null ? null : gradients[next++];
        _optimizer.step();
        _descent += Stopwatch.GetTimestamp() - began;
        return norm;
    }

    /// <summary>Cuts the order into nearly equal parts, each sorted: sequences of one chunk share a view of the stored states.</summary>
    private static IEnumerable<long[]> Split(long[] order, int parts)
    {
        for (int i = 0; i < parts; i++)
        {
            int from = (int)((long)order.Length * i / parts), to = (int)((long)order.Length * (i + 1) / parts);
            long[] part = order[from..to];
            Array.Sort(part);
            yield return part;
        }
    }

    /// <summary>What one thread found out about its part of a minibatch, weighted by the part's size.</summary>
    /// <param name="Gradients">One per parameter; null where it takes no part.</param>
    /// <param name="Statistics">As of <see cref="PpoLoss"/>.</param>
    /// <param name="Ratio">As of <see cref="PpoLoss"/>.</param>
    private sealed record Part(Tensor?[] Gradients, Tensor Statistics, Tensor Ratio)
    {
        private IEnumerable<Tensor> All => [.. Gradients.OfType<Tensor>(), Statistics, Ratio];

        /// <summary>A part that outlives the dispose scope of the thread that made it.</summary>
        public Part Released()
        {
            foreach (Tensor tensor in All) tensor.DetachFromDisposeScope();
            return this;
        }

        /// <summary>Leaves the part to a dispose scope of the calling thread.</summary>
        public void AttachTo(DisposeScope scope)
        {
            foreach (Tensor tensor in All) scope.Attach(tensor);
        }
    }
}
