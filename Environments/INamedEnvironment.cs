namespace RLSeq.Environments;

/// <summary>An optional ability of an environment: a name for messages and reports.</summary>
public interface INamedEnvironment
{
    /// <summary>The name, such as <c>RepeatPreviousEasy</c>.</summary>
    string Name { get; }
}
