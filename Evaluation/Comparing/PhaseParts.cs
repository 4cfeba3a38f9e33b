namespace RLSeq.Evaluation;

/// <summary>Counts the parts of a phase that are done, and tells whoever follows it.</summary>
internal sealed class PhaseParts
{
    private readonly int _total;
    private readonly Action<int, int> _progress;
    private int _done;

    /// <summary>Begins with nothing done.</summary>
    /// <param name="total">The parts in all; nothing is told where there are none.</param>
    /// <param name="progress">Is told the parts done, and those in all (<see cref="IComparisonObserver.PhaseProgress"/>).</param>
    public PhaseParts(int total, Action<int, int> progress)
    {
        (_total, _progress) = (total, progress);
        if (total > 0) progress(0, total);
    }

    /// <summary>One more part is done.</summary>
    public void Done() => _progress(++_done, _total);
}
