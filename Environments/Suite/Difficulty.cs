namespace RLSeq.Environments.Suite;

/// <summary>The three levels of POPGym's tasks (Morad et al. 2023).</summary>
public enum Difficulty
{
    /// <summary>The shortest memory suffices.</summary>
    Easy,

    /// <summary>Between the two.</summary>
    Medium,

    /// <summary>The longest memory is needed.</summary>
    Hard,
}
