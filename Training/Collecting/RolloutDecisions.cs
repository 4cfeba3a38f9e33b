using RLSeq.Agents;

namespace RLSeq.Training;

/// <summary>What a rollout holds besides where its steps are decisions under a clock, <c>[T, N]</c> each.</summary>
public sealed class RolloutDecisions
{
    private readonly int _rows;
    private readonly int[] _ticks;
    private readonly bool[] _missed;

    internal RolloutDecisions(int steps, int rows)
    {
        _rows = rows;
        (Discounts, _ticks) = (new double[steps * rows], new int[steps * rows]);
        (Applied, _missed) = (new bool[steps * rows], new bool[steps * rows]);
    }

    /// <summary>γⁿ for the n ticks of each decision; γ itself where that is 1.</summary>
    public double[] Discounts { get; }

    /// <summary>
    /// Whether the sampled action drove a transition, or may yet. What was discarded, was superseded before its turn, or
    /// came after its episode's end did nothing, so that the policy is neither praised nor blamed for it.
    /// </summary>
    public bool[] Applied { get; }

    /// <summary>What the clock did to this rollout.</summary>
    public ClockMetrics Measure()
    {
        long ticks = 0, misses = 0, applied = 0;
        foreach (int count in _ticks) ticks += count;
        foreach (bool missed in _missed) misses += missed ? 1 : 0;
        foreach (bool one in Applied) applied += one ? 1 : 0;
        double decisions = _ticks.Length;
        return new ClockMetrics(ticks / decisions, misses / decisions, ticks - _ticks.Length, applied / decisions);
    }

    /// <summary>
    /// Takes a decision. Whether a late action is superseded is known one decision later, so the one before may lose its mark; what is under
    /// way when the rollout ends keeps it.
    /// </summary>
    /// <param name="step">t.</param>
    /// <param name="row">n.</param>
    /// <param name="decision">What became of it.</param>
    /// <param name="discount">γⁿ.</param>
    internal void Take(int step, int row, in Decision decision, double discount)
    {
        int at = (step * _rows) + row;
        (Discounts[at], _ticks[at], _missed[at]) = (discount, decision.Ticks, decision.Missed);
        Applied[at] = decision.Fate != DecisionFate.Discarded && !decision.Lost;
        if (decision.PreviousLost && step > 0) Applied[at - _rows] = false;
    }

    /// <summary>A step failed: nobody knows what its action did, and it is learned from like one tick without a reward.</summary>
    /// <param name="step">t.</param>
    /// <param name="row">n.</param>
    /// <param name="discount">γ.</param>
    internal void TakeBroken(int step, int row, double discount)
    {
        int at = (step * _rows) + row;
        (Discounts[at], _ticks[at], _missed[at], Applied[at]) = (discount, 1, false, true);
    }
}
