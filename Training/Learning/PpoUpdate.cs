using System.Diagnostics;
using RLSeq.Environments;
using RLSeq.Policies;
using TorchSharp.Modules;

namespace RLSeq.Training;

/// <summary>Learns from one rollout: epochs over shuffled minibatches of whole sequences.</summary>
/// <param name="network">What learns.</param>
/// <param name="optimizer">Adam over the network's parameters.</param>
/// <param name="settings">The algorithm.</param>
/// <param name="device">Where the network lives.</param>
public sealed class PpoUpdate(ActorCritic network, OptimizerHelper optimizer, PpoSettings settings, Device device)
{
    private const int StatisticCount = 5;
    private readonly Parameter[] _parameters = [.. network.parameters()];
    private long _forward, _backward, _optimizer; // ticks of the stopwatch, in the last update

    /// <summary>Seconds that the last update spent in the network and the loss, in their gradients, and in clipping these and changing the weights.</summary>
    internal (double Forward, double Backward, double Optimizer) Seconds => ((double)_forward / Stopwatch.Frequency, (double)_backward / Stopwatch.Frequency, (double)_optimizer / Stopwatch.Frequency);

    /// <summary>Makes all passes over a rollout.</summary>
    /// <param name="rollout">With its advantages.</param>
    /// <param name="sequence">The length of a sequence, K.</param>
    /// <param name="learningRate">Adam's rate for this update.</param>
    /// <param name="random">Shuffles the sequences; advanced.</param>
    public UpdateMetrics Run(Rollout rollout, int sequence, double learningRate, ref RandomSource random)
    {
        using DisposeScope scope = NewDisposeScope();
        _forward = _backward = _optimizer = 0;
        foreach (var group in optimizer.ParamGroups) group.LearningRate = learningRate;
        SequenceBatch batch = SequenceBatch.Of(rollout, sequence, device);
        ChunkStates states = rollout.States.To(device);
        long[] order = [.. Enumerable.Range(0, rollout.States.Chunks * rollout.Rows).Select(i => (long)i)];
        Tensor statistics = zeros(StatisticCount + 1, device: device);
        double firstRatioError = 0;
        int minibatches = 0, epochs = 0;
        while (epochs < settings.Epochs)
        {
            random.Shuffle(order.AsSpan());
            Tensor divergence = zeros(1, device: device);
            foreach (long[] indices in Split(order, settings.Minibatches))
            {
                using DisposeScope step = NewDisposeScope();
                PpoLoss loss = Loss(batch, states, indices, rollout.Rows);
                if (minibatches++ == 0) firstRatioError = (loss.Ratio - 1).abs().max().item<float>();
                Tensor norm = Descend(loss.Total);
                statistics.add_(cat([loss.Statistics, norm.view(1)], 0));
                divergence.add_(loss.Statistics.narrow(0, 3, 1));
            }
            epochs++;
            if (settings.TargetKl > 0 && divergence.item<float>() / settings.Minibatches > settings.TargetKl) break;
        }
        float[] means = (statistics / minibatches).cpu().data<float>().ToArray();
        return new UpdateMetrics(means[0], means[1], means[2], means[3], means[4], means[5], firstRatioError, epochs);
    }

    private PpoLoss Loss(SequenceBatch batch, ChunkStates states, long[] indices, int rows)
    {
        SequenceBatch minibatch = batch.Select(tensor(indices).to(device));
        MemoryState state = BurnIn(batch, indices, states.Of(indices), rows);
        long began = Stopwatch.GetTimestamp();
        (Tensor logits, Tensor values, _) = network.Forward(minibatch.Observations, state, minibatch.Starts);
        PpoLoss loss = PpoLoss.Of(logits, values, minibatch, network.Distribution, settings);
        _forward += Stopwatch.GetTimestamp() - began;
        return loss;
    }

    /// <summary>
    /// Runs the steps before each sequence with the current weights and without a gradient. They are the last steps of the row's chunk
    /// before; a rollout's first chunk has none.
    /// </summary>
    private MemoryState BurnIn(SequenceBatch batch, long[] indices, MemoryState state, int rows)
    {
        int steps = settings.BurnIn, first = Array.FindIndex(indices, index => index >= rows);
        if (steps == 0 || first < 0 || state.Layout.Size == 0) return state;
        using IDisposable frozen = no_grad();
        long from = batch.Starts.shape[0] - steps;
        Tensor before = tensor(indices[first..].Select(index => index - rows).ToArray()).to(device);
        Tensor observations = batch.Observations.narrow(0, from, steps).index_select(1, before);
        Tensor starts = batch.Starts.narrow(0, from, steps).index_select(1, before);
        MemoryState burning = state.Rows(arange(first, indices.Length, dtype: int64, device: device));
        (_, _, MemoryState burnt) = network.Forward(observations, burning, starts);
        return new MemoryState(state.Layout, [.. Enumerable.Range(0, state.Layout.Blocks.Count).Select(block =>
            first == 0 ? burnt[block] : cat([state[block].narrow(0, 0, first), burnt[block]], 0))]);
    }

    /// <summary>One optimiser step; clipping scales on the device, so that nothing waits for a number.</summary>
    private Tensor Descend(Tensor loss)
    {
        optimizer.zero_grad();
        long began = Stopwatch.GetTimestamp();
        loss.backward();
        long differentiated = Stopwatch.GetTimestamp();
        _backward += differentiated - began;
        using IDisposable frozen = no_grad();
        Tensor[] gradients = [.. _parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        Tensor norm = stack([.. gradients.Select(gradient => gradient.norm())], 0).norm();
        if (settings.MaxGradientNorm > 0)
        {
            Tensor scale = (settings.MaxGradientNorm / (norm + 1e-6)).clamp(max: 1);
            foreach (Tensor gradient in gradients) gradient.mul_(scale);
        }
        optimizer.step();
        _optimizer += Stopwatch.GetTimestamp() - differentiated;
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
}
