namespace RLSeq.Environments;

/// <summary>Where an environment stands.</summary>
internal enum EpisodePhase
{
    /// <summary>No episode has begun.</summary>
    New,

    /// <summary>An episode is under way.</summary>
    Running,

    /// <summary>The last episode is over.</summary>
    Ended,
}
