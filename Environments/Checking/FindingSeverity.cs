namespace RLSeq.Environments;

/// <summary>How much a finding of the <see cref="EnvironmentChecker"/> matters.</summary>
public enum FindingSeverity
{
    /// <summary>It may be meant so; training works, but perhaps not as expected.</summary>
    Warning,

    /// <summary>The contract of <see cref="IEnvironment"/> is broken; results would be wrong.</summary>
    Error,
}
