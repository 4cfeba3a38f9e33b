namespace RLSeq.Environments;

/// <summary>Something that a checker found: the <see cref="EnvironmentChecker"/>, or that of memories.</summary>
/// <param name="Check">Which check found it, a short fixed name such as <c>deterministic</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Problem">What was seen, and where.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record Finding(string Check, FindingSeverity Severity, string Problem, string Remedy)
{
    /// <summary>Shows the finding in one line.</summary>
    public override string ToString() => $"{Severity} ({Check}): {EnvironmentException.Sentence(Problem)} {Remedy}";
}
