using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
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

    /// <summary>Checks the numbers of a state that is to be loaded.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentException">A number is NaN or infinite.</exception>
    public static void CheckFinite(ReadOnlySpan<float> state) => MemoryGuard.Finite(state);

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
    /// <exception cref="ArgumentException">A length is wrong, a row is given twice, or an observation is NaN, infinite or outside a discrete part of its space.</exception>
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
    /// <param name="values">The value head's outputs, <c>[n]</c>.</param>
    /// <param name="masks"><c>[n, MaskSize]</c>, or empty.</param>
    /// <param name="actions">Receives the actions, <c>[n, ActionSize]</c>.</param>
    /// <param name="logProbabilities">Receives their log-probabilities, <c>[n]</c>.</param>
    /// <param name="selection">Whether to sample or to take the most likely action.</param>
    /// <exception cref="ArithmeticException">
    /// A row's outputs are NaN, infinite or too extreme. All rows have counted their step, and all others have their action, so that one
    /// row's outputs never decide what another one draws; a bad row's log-probability is NaN and its action zeros.
    /// </exception>
    public void Choose(
        ReadOnlySpan<int> rows, IActionDistribution distribution, Span<float> logits, ReadOnlySpan<float> values, ReadOnlySpan<bool> masks,
        Span<float> actions, Span<float> logProbabilities, ActionSelection selection)
    {
        ArithmeticException? first = null;
        int r = 0;
        while (r < rows.Length)
        {
            try
            {
                for (; r < rows.Length; r++)
                {
                    ReadOnlySpan<bool> mask = masks.IsEmpty ? default : masks.Slice(r * distribution.MaskSize, distribution.MaskSize);
                    Span<float> action = actions.Slice(r * distribution.ActionSize, distribution.ActionSize);
                    Span<float> parameters = logits.Slice(r * distribution.Parameters, distribution.Parameters);
                    logProbabilities[r] = Choose(rows[r], distribution, parameters, values[r], mask, action, selection);
                }
            }
            catch (ArithmeticException exception)
            {
                first ??= exception;
                actions.Slice(r * distribution.ActionSize, distribution.ActionSize).Clear();
                logProbabilities[r++] = float.NaN;
            }
        }
        if (first is not null) ExceptionDispatchInfo.Capture(first).Throw();
    }

    /// <summary>Checks what a call of <see cref="IAgentBatch.Peek"/> gives.</summary>
    /// <param name="rows">The rows, n of them.</param>
    /// <param name="values">Their values, <c>[n]</c>.</param>
    /// <exception cref="ArithmeticException">A value is NaN or infinite.</exception>
    public static void CheckValues(ReadOnlySpan<int> rows, ReadOnlySpan<float> values)
    {
        for (int r = 0; r < rows.Length; r++)
            if (!float.IsFinite(values[r])) ThrowDiverged(rows[r], "value", values[r]);
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

    /// <summary>One row's action and its log-probability. The step is counted first, whatever the outputs are.</summary>
    private float Choose(
        int row, IActionDistribution distribution, Span<float> logits, float value, ReadOnlySpan<bool> mask, Span<float> action, ActionSelection selection)
    {
        ulong step = _steps[row]++;
        // Before masking, which would hide a logit that is not finite.
        foreach (float logit in logits)
            if (!float.IsFinite(logit)) ThrowDiverged(row, "policy head", logit);
        if (!float.IsFinite(value)) ThrowDiverged(row, "value", value);
        if (!mask.IsEmpty) distribution.Mask(logits, mask);
        if (selection != ActionSelection.Sample) return distribution.Mode(logits, action);
        var random = new CounterRandom(_seed, (uint)(_firstRow + row), step);
        return distribution.Sample(logits, ref random, action);
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
    private static void ThrowDiverged(int row, string output, float found) => throw new ArithmeticException(
        $"The policy's {output} gives {found} for row {row}, which is no finite number: its weights have diverged, or an observation is too large for them.");

    [DoesNotReturn]
    private static void ThrowTwice(int row) => throw new ArgumentException($"Row {row} is given twice; a row can act once per call.", nameof(row));
}
