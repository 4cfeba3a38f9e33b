using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>No memory: passes its input on. The bound that every memory has to beat.</summary>
/// <param name="width">The width of the features, D.</param>
public sealed class NoMemory(int width) : Memory("none")
{
    /// <inheritdoc/>
    public override MemoryLayout Layout => MemoryLayout.Empty;

    /// <inheritdoc/>
    public override int Width => width;

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts) => (input, state);

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        // Nothing to say: the width is the encoder's, and there are no weights.
    }
}
