namespace RLSeq.Agents;

/// <summary>A sequence of K steps with the outputs that the exporting side computed for it.</summary>
/// <param name="Observations">Raw observations, <c>[K, O]</c>.</param>
/// <param name="Starts">True where an episode begins, <c>[K]</c>.</param>
/// <param name="Logits">The policy head's outputs, <c>[K, A]</c>.</param>
/// <param name="Values">The value head's outputs, <c>[K]</c>.</param>
public sealed record PolicyExample(float[] Observations, bool[] Starts, float[] Logits, float[] Values)
{
    /// <summary>
    /// An example of so many steps is verified whatever it costs, which is little for the size of its file; a longer one only where it
    /// costs little, so that no file makes loading take long: see <c>docs/policy-file.md</c>.
    /// </summary>
    public const int AlwaysVerified = 24;
}
