namespace RLSeq.Environments;

/// <summary>A wrapper that can be named on the command line and in a configuration.</summary>
/// <param name="Name">The name, in lower case with hyphens.</param>
/// <param name="Usage">How it is written, such as <c>frame-stack=K</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="Wrap">Wraps an environment; an <see cref="ArgumentException"/> says what does not fit.</param>
public sealed record WrapperEntry(string Name, string Usage, string Description, Func<IEnvironment, WrapperArguments, IEnvironment> Wrap)
{
    /// <summary>
    /// Whether actions that do not look at the observation earn what they earn without the wrapper, so that the returns which are known of
    /// an environment still mean something.
    /// </summary>
    public bool KeepsReturns { get; init; }
}
