using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>One thread's share of collecting: some rows of the environments, and the agents that act in them.</summary>
internal sealed class CollectorSlice
{
    private readonly VectorEnvironment _environments;
    private readonly int[] _rows;
    private readonly float[] _state, _item, _next, _clipped;
    private readonly int[] _endingRows;
    private readonly float[] _endingObservations, _endingValues;
    private readonly DecisionRecorder?[] _recorders; // of the step under way; null where the world waits

    public CollectorSlice(VectorEnvironment environments, IAgentBatch agents, int first)
    {
        int count = agents.Rows;
        (_environments, Agents, First, Count) = (environments, agents, first, count);
        _rows = [.. Enumerable.Range(0, count)];
        _state = new float[Agents.Layout.Size];
        _item = new float[Agents.Layout.Blocks.Select(block => block.ItemSize).DefaultIfEmpty(0).Max()];
        _next = new float[count];
        _clipped = new float[environments.ActionSpace.Parts.Any(part => part is BoxSpace) ? count * environments.ActionSize : 0];
        _endingRows = new int[count];
        _endingObservations = new float[count * environments.ObservationSize];
        _endingValues = new float[count];
        _recorders = new DecisionRecorder?[count];
    }

    public int First { get; }

    public int Count { get; }

    public IAgentBatch Agents { get; }

    /// <summary>Time that the last rollout spent in the policy.</summary>
    public TimeSpan Acting { get; private set; }

    /// <summary>Time that the last rollout spent in the environments.</summary>
    public TimeSpan Stepping { get; private set; }

    /// <summary>The episodes that ended in the last rollout.</summary>
    public List<CollectedEpisode> Finished { get; } = [];

    private ReadOnlySpan<float> Observations => _environments.Observations.Slice(First * _environments.ObservationSize, Count * _environments.ObservationSize);

    /// <summary>Runs this slice's rows for the whole rollout.</summary>
    public void Collect(Rollout rollout)
    {
        Finished.Clear();
        long acting = 0, stepping = 0; // ticks of the stopwatch
        Span<float> observations = Rollout.Floats(rollout.Observations), actions = Rollout.Floats(rollout.Actions);
        Span<float> logProbabilities = Rollout.Floats(rollout.LogProbabilities), values = Rollout.Floats(rollout.Values);
        Span<bool> starts = Rollout.Bools(rollout.Starts), masks = Rollout.Bools(rollout.Masks);
        (int o, int a, int m) = (rollout.ObservationSize, rollout.ActionSize, _environments.MaskSize);
        for (int t = 0; t < rollout.Steps; t++)
        {
            int at = (t * rollout.Rows) + First;
            Observe(observations.Slice(at * o, Count * o), starts.Slice(at, Count));
            RememberStates(rollout.States, t);
            Span<bool> allowed = masks.Slice(at * m, Count * m);
            _environments.Masks.Slice(First * m, Count * m).CopyTo(allowed);
            long began = Stopwatch.GetTimestamp();
            Span<float> chosen = actions.Slice(at * a, Count * a);
            Agents.Act(_rows, observations.Slice(at * o, Count * o), allowed, chosen, logProbabilities.Slice(at, Count), values.Slice(at, Count), ActionSelection.Sample);
            long acted = Stopwatch.GetTimestamp();
            RememberItems(rollout.States, t);
            if (t > 0) FollowedBy(rollout, t - 1, values.Slice(at, Count));
            if (rollout.Decisions is not null) RememberRecorders();
            long stepped = Stopwatch.GetTimestamp();
            _environments.Step(First, Count, Clipped(chosen));
            stepping += Stopwatch.GetTimestamp() - stepped;
            acting += acted - began;
            TakeOutcome(rollout, t);
        }
        (Acting, Stepping) = (Stopwatch.GetElapsedTime(0, acting), Stopwatch.GetElapsedTime(0, stepping));
        Agents.Peek(_rows, Observations, _next);
        FollowedBy(rollout, rollout.Steps - 1, _next);
    }

    /// <summary>Copies the current observations into the rollout; a row that begins an episode forgets the last one.</summary>
    private void Observe(Span<float> observations, Span<bool> starts)
    {
        Observations.CopyTo(observations);
        _environments.Starts.Slice(First, Count).CopyTo(starts);
        for (int i = 0; i < Count; i++)
            if (starts[i]) Agents.Reset(i);
    }

    /// <summary>What the environments receive: learning keeps the actions as they were drawn.</summary>
    private ReadOnlySpan<float> Clipped(ReadOnlySpan<float> actions)
    {
        if (_clipped.Length == 0) return actions;
        actions.CopyTo(_clipped);
        for (int i = 0; i < Count; i++) _environments.ActionSpace.Clip(_clipped.AsSpan(i * _environments.ActionSize, _environments.ActionSize));
        return _clipped;
    }

    private void RememberStates(StateHistory states, int t)
    {
        if (!states.BeginsAt(t, out int chunk)) return;
        for (int i = 0; i < Count; i++)
        {
            Agents.Save(i, _state);
            states.Store(t, chunk, First + i, _state);
        }
    }

    private void RememberItems(StateHistory states, int t)
    {
        for (int block = 0; block < states.Layout.Blocks.Count; block++)
        {
            if (!states.Layout.Blocks[block].IsWindow) continue;
            Span<float> item = _item.AsSpan(0, states.Layout.Blocks[block].ItemSize);
            for (int i = 0; i < Count; i++)
            {
                Agents.Newest(i, block, item);
                states.Append(t, block, First + i, item);
            }
        }
    }

    /// <summary>The value of the next observation is what followed a step, unless the episode ended with it.</summary>
    private void FollowedBy(Rollout rollout, int t, ReadOnlySpan<float> next)
    {
        int at = (t * rollout.Rows) + First;
        for (int i = 0; i < Count; i++)
            if (!rollout.Done[at + i]) rollout.NextValues[at + i] = next[i];
    }

    /// <summary>
    /// Who records the decisions that are about to be made: what is outermost of each row. A row that is restarted within the step, because it broke
    /// or its next reset did, has a new one afterwards, which knows nothing of the step.
    /// </summary>
    private void RememberRecorders()
    {
        for (int i = 0; i < Count; i++) _recorders[i] = (DecisionRecorder)_environments[First + i];
    }

    private void TakeDecision(Rollout rollout, int t, int row)
    {
        DecisionRecorder recorder = _recorders[row - First]!;
        if (_environments.EpisodeEnded[row] && _environments.Broken[row])
        {
            rollout.Decisions!.TakeBroken(t, row, recorder.TickDiscount);
            return;
        }
        rollout.Decisions!.Take(t, row, recorder.Last, recorder.Discount);
        rollout.Rewards[(t * rollout.Rows) + row] = recorder.Reward;
    }

    private void TakeOutcome(Rollout rollout, int t)
    {
        int at = (t * rollout.Rows) + First, truncated = 0, o = rollout.ObservationSize;
        ReadOnlySpan<float> values = Rollout.Floats(rollout.Values);
        for (int i = 0; i < Count; i++)
        {
            int row = First + i;
            rollout.Rewards[at + i] = _environments.Rewards[row];
            if (rollout.Decisions is not null) TakeDecision(rollout, t, row);
            rollout.Done[at + i] = _environments.EpisodeEnded[row];
            if (!_environments.EpisodeEnded[row]) continue;
            if (_environments.Broken[row])
            {
                // What followed is not known, so the step is taken to have led nowhere: to what was seen before it. The episode is no result.
                rollout.NextValues[at + i] = values[at + i];
                continue;
            }
            FinishedEpisode episode = _environments.Finished[row];
            Finished.Add(new CollectedEpisode(t, row, episode.Return, _recorders[i]?.Last is { } last ? last.Tick + last.Ticks : episode.Length));
            rollout.NextValues[at + i] = 0;
            if (_environments.Terminated[row]) continue;
            // Cut from outside: the final observation still has a value, seen from the memory's state after the last step.
            _environments.FinalObservations.Slice(row * o, o).CopyTo(_endingObservations.AsSpan(truncated * o, o));
            _endingRows[truncated++] = i;
        }
        if (truncated == 0) return;
        Agents.Peek(_endingRows.AsSpan(0, truncated), _endingObservations.AsSpan(0, truncated * o), _endingValues.AsSpan(0, truncated));
        for (int k = 0; k < truncated; k++) rollout.NextValues[at + _endingRows[k]] = _endingValues[k];
    }
}
