namespace RLSeq.Evaluation;

/// <summary>Follows a comparison while it runs. Calls come from several threads, one at a time.</summary>
public interface IComparisonObserver
{
    /// <summary>A run began.</summary>
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
}
