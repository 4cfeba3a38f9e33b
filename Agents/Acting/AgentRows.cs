using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// What every engine behind <see cref="IAgentBatch"/> does alike for its rows: it refuses bad calls before anything changes, counts
/// steps, and chooses actions from the policy head's outputs, keyed by (seed, row, step). So engines differ only in how they compute.
/// </summary>
public sealed class AgentRows
{
    private readonly ulong _seed;
    private readonly int _firstRow;
    private readonly ObservationGuard _observations;
    private readonly ulong[] _steps;
    private readonly long[] _seen; // the call that a row last stood in, to find rows given twice
    private long _call;

    /// <summary>Makes rows that have not acted yet.</summary>
    /// <param name="rows">How many, at least 1.</param>
    /// <param name="seed">Keys the sampling of actions, together with row and step.</param>
    /// <param name="firstRow">Added to a row's number in the sampling key.</param>
    /// <param name="observations">The space of the observations.</param>
    public AgentRows(int rows, ulong seed, int firstRow, Space observations)
    {
        (Count, _seed, _firstRow) = (MemoryGuard.RowCount(rows), seed, firstRow);
        _observations = new ObservationGuard(observations);
        (_steps, _seen) = (new ulong[rows], new long[rows]);
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>How many actions a row has chosen in its life: see <see cref="IAgentBatch.GetSteps"/>.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ulong GetSteps(int row)
    {
        CheckRow(row);
        return _steps[row];
    }

    /// <summary>Sets a row's step: see <see cref="IAgentBatch.SetSteps"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="steps">The step.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void SetSteps(int row, ulong steps)
    {
        CheckRow(row);
        _steps[row] = steps;
    }

    /// <summary>Checks a row's number.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void CheckRow(int row) => MemoryGuard.Row(row, Count);

    /// <summary>Checks a call of <see cref="IAgentBatch.Save"/> or <see cref="IAgentBatch.Load"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state">The floats given.</param>
    /// <param name="layout">What a row's state holds.</param>
    /// <exception cref="ArgumentException">There is no such row, or the state has another length.</exception>
    public void CheckState(int row, int state, MemoryLayout layout) => MemoryGuard.State(row, Count, state, layout.Size);

    /// <summary>Checks a call of <see cref="IAgentBatch.Newest"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="block">The block.</param>
    /// <param name="item">The floats given.</param>
    /// <param name="layout">What a row's state holds.</param>
    /// <exception cref="ArgumentException">There is no such row, the block is no window, or its items have another length.</exception>
    public void CheckNewest(int row, int block, int item, MemoryLayout layout)
    {
        CheckRow(row);
        if ((uint)block >= (uint)layout.Blocks.Count || !layout.Blocks[block].IsWindow) MemoryGuard.ThrowNoWindow(block);
        RowGuard.Exact(item, 1, layout.Blocks[block].ItemSize, nameof(item));
    }

    /// <summary>Checks a call of <see cref="IAgentBatch.Peek"/>, and what a call of <see cref="IAgentBatch.Act"/> shares with it.</summary>
    /// <param name="rows">The rows, n of them.</param>
    /// <param name="observations">Their observations, <c>[n, O]</c>.</param>
    /// <param name="values">The floats given for the values.</param>
    /// <exception cref="ArgumentException">A length is wrong, a row is given twice, or an observation is none of its space.</exception>
    public void Check(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, int values)
    {
        RowGuard.Exact(observations.Length, rows.Length, _observations.Size, nameof(observations));
        RowGuard.Exact(values, rows.Length, 1, nameof(values));
        _call++;
        foreach (int row in rows)
        {
            MemoryGuard.Row(row, Count);
            if (_seen[row] == _call) ThrowTwice(row);
            _seen[row] = _call;
        }
        _observations.Validate(rows, observations);
    }

    /// <summary>Checks what a call of <see cref="IAgentBatch.Act"/> is given besides: masks, and where its results go.</summary>
    /// <param name="rows">The number of rows, n.</param>
    /// <param name="masks"><c>[n, MaskSize]</c>, or empty.</param>
    /// <param name="actions">The floats given for the actions.</param>
    /// <param name="logProbabilities">The floats given for the log-probabilities.</param>
    /// <param name="distribution">Reads the logits.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a mask allows nothing.</exception>
    public static void CheckChoice(int rows, ReadOnlySpan<bool> masks, int actions, int logProbabilities, IActionDistribution distribution)
    {
        CheckMasks(rows, masks, distribution);
        RowGuard.Exact(actions, rows, distribution.ActionSize, nameof(actions));
        RowGuard.Exact(logProbabilities, rows, 1, nameof(logProbabilities));
    }

    /// <summary>Chooses an action for every row of a call and counts its step.</summary>
    /// <param name="rows">The rows, n of them.</param>
    /// <param name="distribution">Reads the logits.</param>
    /// <param name="logits">The policy head's outputs, <c>[n, A]</c>; forbidden choices become minus infinity.</param>
    /// <param name="masks"><c>[n, MaskSize]</c>, or empty.</param>
    /// <param name="actions">Receives the actions, <c>[n, ActionSize]</c>.</param>
    /// <param name="logProbabilities">Receives their log-probabilities, <c>[n]</c>.</param>
    /// <param name="selection">Whether to sample or to take the most likely action.</param>
    public void Choose(
        ReadOnlySpan<int> rows, IActionDistribution distribution, Span<float> logits, ReadOnlySpan<bool> masks, Span<float> actions,
        Span<float> logProbabilities, ActionSelection selection)
    {
        for (int r = 0; r < rows.Length; r++)
        {
            Span<float> row = logits.Slice(r * distribution.Parameters, distribution.Parameters);
            if (!masks.IsEmpty) distribution.Mask(row, masks.Slice(r * distribution.MaskSize, distribution.MaskSize));
            Span<float> action = actions.Slice(r * distribution.ActionSize, distribution.ActionSize);
            ulong step = _steps[rows[r]]++;
            if (selection == ActionSelection.Sample)
            {
                var random = new CounterRandom(_seed, (uint)(_firstRow + rows[r]), step);
                logProbabilities[r] = distribution.Sample(row, ref random, action);
            }
            else
            {
                logProbabilities[r] = distribution.Mode(row, action);
            }
        }
    }

    /// <summary>Takes the heads' outputs of a call apart.</summary>
    /// <param name="outputs">Logits, then the value, <c>[n, A + 1]</c>.</param>
    /// <param name="values">Receives the values, <c>[n]</c>.</param>
    /// <param name="logits">Receives the logits, <c>[n, A]</c>; empty where they are not wanted.</param>
    public static void Split(ReadOnlySpan<float> outputs, Span<float> values, Span<float> logits)
    {
        if (values.IsEmpty) return;
        int count = (outputs.Length / values.Length) - 1;
        for (int r = 0; r < values.Length; r++)
        {
            ReadOnlySpan<float> row = outputs.Slice(r * (count + 1), count + 1);
            if (!logits.IsEmpty) row[..count].CopyTo(logits[(r * count)..]);
            values[r] = row[count];
        }
    }

    private static void CheckMasks(int rows, ReadOnlySpan<bool> masks, IActionDistribution distribution)
    {
        if (masks.IsEmpty) return;
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
