namespace RLSeq.Evaluation;

/// <summary>Follows a comparison while it runs. Calls come from several threads, one at a time.</summary>
public interface IComparisonObserver
{
    /// <summary>A run ended before this comparison was resumed, and is kept as it is.</summary>
    /// <param name="run">The run.</param>
    /// <param name="error">What went wrong then, or null.</param>
    void Kept(PlannedRun run, string? error);

    /// <summary>A run began, or goes on from its checkpoint.</summary>
    /// <param name="run">The run.</param>
    void Began(PlannedRun run);

    /// <summary>A run got on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="progress">Where it stands.</param>
    void Progressed(PlannedRun run, RunProgress progress);

    /// <summary>A run ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="error">What went wrong, or null.</param>
    void Ended(PlannedRun run, string? error);

    /// <summary>Training is over and another phase begins.</summary>
    /// <param name="phase">What happens now.</param>
    void Phase(string phase);

    /// <summary>The phase got on.</summary>
    /// <param name="done">Equal parts of it that are done.</param>
    /// <param name="total">Parts in all, at least 1.</param>
    void PhaseProgress(int done, int total);
}
