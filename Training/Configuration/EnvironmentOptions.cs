using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>How the environment is made and watched, beside its name.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>The wrappers around it, such as <c>frame-stack=4,time-limit=200</c>; empty for what the task needs.</summary>
    public string Wrappers { get; init; } = "";

    /// <summary>The class library that holds it; empty for those that are registered.</summary>
    public string Assembly { get; init; } = "";
}
