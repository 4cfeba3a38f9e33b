namespace RLSeq.Evaluation;

/// <summary>How a training run ended.</summary>
public enum RunStatus
{
    /// <summary>Trained and evaluated.</summary>
    Ok,

    /// <summary>Stopped by an error, which <see cref="RunResult.Error"/> tells.</summary>
    Failed,
}
