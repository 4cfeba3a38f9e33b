namespace RLSeq.Evaluation;

/// <summary>An episode.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Seed">What the environment was reset with.</param>
/// <param name="Length">The steps that were taken.</param>
/// <param name="Return">The rewards of all of them, added.</param>
/// <param name="End">How it ended.</param>
/// <param name="Frames">What was recorded of it: one frame more than it has steps, or fewer where the recording was full.</param>
public sealed record RecordedEpisode(int Number, ulong Seed, int Length, double Return, EpisodeEnd End, IReadOnlyList<RecordedFrame> Frames)
{
    /// <summary>Whether all of it is there.</summary>
    public bool IsWhole => Frames.Count == Length + 1;
}
