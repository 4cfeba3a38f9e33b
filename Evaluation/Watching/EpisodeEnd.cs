namespace RLSeq.Evaluation;

/// <summary>How an episode ended, if it did.</summary>
public enum EpisodeEnd
{
    /// <summary>It goes on, or whoever watched had seen enough.</summary>
    None,

    /// <summary>The environment reached a terminal state.</summary>
    Terminated,

    /// <summary>The environment cut it off, as by a limit of time.</summary>
    Truncated,

    /// <summary>It came to <see cref="WatchSettings.MaxSteps"/>.</summary>
    StepLimit,

    /// <summary>Something failed in the middle, such as the environment.</summary>
    Failed,
}
