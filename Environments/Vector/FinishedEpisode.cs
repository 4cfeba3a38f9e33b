namespace RLSeq.Environments;

/// <summary>The outcome of an episode that ended in a row of a vectorised environment.</summary>
/// <param name="Index">The number of the episode in its row, counted from 0 at the vector's reset.</param>
/// <param name="Return">The sum of its rewards.</param>
/// <param name="Length">The number of its steps.</param>
/// <param name="Truncated">Whether it was cut by a limit rather than terminated by the task.</param>
public readonly record struct FinishedEpisode(long Index, double Return, int Length, bool Truncated);
