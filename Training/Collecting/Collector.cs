using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// Fills rollouts: each thread owns a slice of the environments and runs environment, policy and sampling for all T steps without
/// meeting the others. What a row does depends on the seed, its number and its steps only, never on the number of threads.
/// </summary>
public sealed class Collector : IDisposable
{
    private readonly ActingEngine _engine;
    private readonly VectorEnvironment _environments;
    private readonly CollectorSlice[] _slices;
    private readonly VectorWatch _watch;
    private readonly Action<int> _collectSlice; // made once, so that collecting allocates nothing
    private Rollout? _rollout;

    /// <summary>Makes a collector.</summary>
    /// <param name="environments">The environments, already reset.</param>
    /// <param name="engine">Acts.</param>
    /// <param name="seed">Keys the sampling, together with row and step.</param>
    /// <param name="threads">How many threads collect, at most one per world, if the engine takes several.</param>
    /// <param name="stepTimeout">How long a call of an environment may take before it is taken to hang; zero for as long as it likes.</param>
    public Collector(VectorEnvironment environments, ActingEngine engine, ulong seed, int threads, TimeSpan stepTimeout = default)
    {
        (_environments, _engine, _watch) = (environments, engine, new VectorWatch(environments, stepTimeout));
        int together = environments.RowsPerWorld, worlds = environments.Rows / together, slices = Math.Min(engine.SlicesOf(threads), worlds);
        _slices = new CollectorSlice[slices];
        for (int i = 0; i < slices; i++)
        {
            int first = together * (int)((long)worlds * i / slices), end = together * (int)((long)worlds * (i + 1) / slices);
            _slices[i] = new CollectorSlice(environments, engine.CreateAgents(end - first, seed, first), first);
        }
        _collectSlice = CollectSlice;
    }

    /// <summary>Whether a step of the environments is a decision under a clock.</summary>
    internal bool Decides => _environments[0] is DecisionRecorder;

    /// <summary>Seconds that the last rollout spent in the policy, the mean over the threads.</summary>
    internal double ActingSeconds => _slices.Average(slice => slice.Acting.TotalSeconds);

    /// <summary>Seconds that the last rollout spent in the environments, the mean over the threads.</summary>
    internal double EnvironmentSeconds => _slices.Average(slice => slice.Stepping.TotalSeconds);

    /// <summary>From now on the network's current weights act; every row keeps its state.</summary>
    public void TakeWeights() => _engine.TakeWeights();

    /// <summary>Steps every environment T times.</summary>
    /// <param name="rollout">Receives what happened, but for the advantages.</param>
    /// <returns>The episodes that ended, by step and then row.</returns>
    /// <exception cref="EnvironmentException">An environment failed or hangs; of several, one is reported.</exception>
    /// <exception cref="ArgumentException">The rollout is made for a world that waits, and this one does not, or the reverse.</exception>
    public IReadOnlyList<CollectedEpisode> Collect(Rollout rollout)
    {
        if (rollout.Decisions is not null != Decides) throw new ArgumentException($"The environments {(Decides ? "decide" : "do not decide")} under a clock, and the rollout is made for the other case.", nameof(rollout));
        _rollout = rollout;
        _watch.Run(_slices.Length, _collectSlice);
        return [.. _slices.SelectMany(slice => slice.Finished).OrderBy(episode => episode.Step).ThenBy(episode => episode.Row)];
    }

    /// <summary>Writes a row's canonical memory state and its sampling step.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state">Receives the state.</param>
    /// <returns>The steps that the row has sampled.</returns>
    public ulong Save(int row, Span<float> state)
    {
        CollectorSlice slice = SliceOf(row);
        slice.Agents.Save(row - slice.First, state);
        return slice.Agents.GetSteps(row - slice.First);
    }

    /// <summary>Restores what <see cref="Save"/> gave.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state">The state.</param>
    /// <param name="steps">The steps that the row has sampled.</param>
    public void Restore(int row, ReadOnlySpan<float> state, ulong steps)
    {
        CollectorSlice slice = SliceOf(row);
        slice.Agents.Load(row - slice.First, state);
        slice.Agents.SetSteps(row - slice.First, steps);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        foreach (CollectorSlice slice in _slices) (slice.Agents as IDisposable)?.Dispose();
    }

    private void CollectSlice(int index)
    {
        _engine.ArriveOn();
        _slices[index].Collect(_rollout!);
    }

    private CollectorSlice SliceOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _environments.Rows);
        return Array.Find(_slices, slice => row < slice.First + slice.Count)!;
    }
}
