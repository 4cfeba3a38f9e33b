using System.Runtime.InteropServices;

namespace RLSeq.Environments;

/// <summary>What one row knows about its present episode; one cache line, so that threads on neighbouring rows do not disturb each other.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct EpisodeProgress
{
    /// <summary>What <see cref="Length"/> is while the environment resets.</summary>
    public const int Resetting = -1;

    /// <summary>The number of the episode in its row.</summary>
    public long Index;

    /// <summary>The seed of the episode.</summary>
    public ulong Seed;

    /// <summary>The sum of the rewards so far.</summary>
    public double Return;

    /// <summary>The number of completed steps, or <see cref="Resetting"/>.</summary>
    public int Length;

    /// <summary>Grows when the environment is called and again when it returns: odd and unchanged for long means that it hangs.</summary>
    public int Calls;

    /// <summary>Failures of the row so far.</summary>
    public int Failures;

    /// <summary>Failures since an episode ended as it should.</summary>
    public int FailuresInARow;

    /// <summary>Whether the actions of the episode were recorded from its beginning.</summary>
    public bool Recorded;
}
