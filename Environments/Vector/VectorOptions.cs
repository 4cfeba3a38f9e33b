namespace RLSeq.Environments;

/// <summary>What a vectorised environment does where a row fails.</summary>
public sealed record VectorOptions
{
    /// <summary>
    /// Whether a failing row is restarted: its environment is replaced by a new one, which begins the row's next episode. Otherwise the
    /// failure is thrown.
    /// </summary>
    public bool RestartOnError { get; init; }

    /// <summary>A row that breaks off more episodes in a row than this is not restarted again: what never works is thrown.</summary>
    public int MostFailuresInARow { get; init; } = 10;
}
