namespace RLSeq.Environments;

/// <summary>
/// An optional ability of an environment: saying which discrete choices the next action may make. Agents then never choose another
/// one, and learning gives the others no probability. Continuous parts of an action have no mask.
/// </summary>
/// <example>
/// A wall on the left, in an environment of <c>Space.Discrete(2)</c>, left and right:
/// <code>
/// public void WriteActionMask(Span&lt;bool&gt; mask) => (mask[0], mask[1]) = (_place > 0, true);
/// </code>
/// </example>
public interface IActionMasking
{
    /// <summary>
    /// Writes the mask of the next action. It follows from the present state alone, changes nothing and draws no random numbers. It is
    /// called after a reset, after a step that does not end an episode, and after a restore.
    /// </summary>
    /// <param name="mask">
    /// Receives <c>ActionSpace.MaskSize</c> entries, true where allowed: the choices of all discrete components, one after the other.
    /// Every entry must be written, and every component keeps at least one choice.
    /// </param>
    void WriteActionMask(Span<bool> mask);
}
