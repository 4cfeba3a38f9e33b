namespace RLSeq.Evaluation;

/// <summary>What was measured of a <see cref="Measure"/>.</summary>
/// <param name="Estimate">The estimate; null where fewer than two numbers are there.</param>
/// <param name="Count">How many numbers are there.</param>
/// <param name="Planned">How many were planned.</param>
public sealed record Measured(Estimate? Estimate, int Count, int Planned)
{
    /// <summary>A study may lose at most this share of its numbers before nothing is concluded: runs fail for reasons that may belong to what is measured.</summary>
    public const double MostMissing = 0.2;

    /// <summary>Whether so few numbers are missing that a conclusion may be drawn.</summary>
    public bool IsComplete => Estimate is not null && Planned - Count <= MostMissing * Planned;
}
