namespace RLSeq.Environments;

/// <summary>How much a <see cref="Finding"/> matters.</summary>
public enum FindingSeverity
{
    /// <summary>It may be meant so; training works, but perhaps not as expected.</summary>
    Warning,

    /// <summary>The contract is broken, such as that of <see cref="IEnvironment"/>; results would be wrong.</summary>
    Error,
}
