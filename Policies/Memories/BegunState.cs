using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>
/// The part of a state that says whether an episode has begun, for memories whose first step differs from the others: <c>begun [1]</c>,
/// the last block of the layout, which is 0 before the first step of an episode and 1 after it.
/// </summary>
internal static class BegunState
{
    /// <summary>The block of the layout.</summary>
    public static MemoryBlock Block => new("begun", [1]);

    /// <summary>The starts, and those of the rows whose state before the first step is that of no step at all.</summary>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>, at least one step.</param>
    /// <param name="begun">The block before the first step, <c>[B, 1]</c>.</param>
    public static Tensor WithFirst(Tensor starts, Tensor begun)
    {
        Tensor first = starts.narrow(0, 0, 1).logical_or((begun == 0).view(1, -1));
        return starts.shape[0] == 1 ? first : cat([first, starts.narrow(0, 1, starts.shape[0] - 1)], 0);
    }

    /// <summary>As <see cref="Memory.CheckState"/>.</summary>
    /// <param name="state">One row of the layout.</param>
    public static void Check(ReadOnlySpan<float> state)
    {
        if (state[^1] is not (0 or 1)) throw new ArgumentException($"The state's begun is {state[^1]}; expected 0, before an episode's first step, or 1.", nameof(state));
    }
}
