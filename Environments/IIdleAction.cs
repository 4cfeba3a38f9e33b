namespace RLSeq.Environments;

/// <summary>
/// An optional ability of an environment: saying which action does nothing, for a clock that must act while the agent still thinks.
/// Without it zero is taken for every element, or what in its box is nearest to zero.
/// </summary>
public interface IIdleAction
{
    /// <summary>Writes the action that does nothing; the same for the life of the environment.</summary>
    /// <param name="action">Receives <c>ActionSpace.Size</c> floats.</param>
    void WriteIdleAction(Span<float> action);
}
