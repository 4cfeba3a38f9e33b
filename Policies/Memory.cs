using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>
/// A memory as it learns: turns a sequence of features into a sequence of features and carries state between calls.
/// Its twin in the acting engine is the <see cref="IMemoryKernel"/> of the same name; the laws in the tests hold both to each other.
/// </summary>
/// <param name="name">The name it is chosen by, which is also the kind in the policy file.</param>
public abstract class Memory(string name) : nn.Module(name)
{
    /// <summary>The canonical state of one row.</summary>
    public abstract MemoryLayout Layout { get; }

    /// <summary>The width of the features, D: of the input and of the output.</summary>
    public abstract int Width { get; }

    /// <summary>The state of rows that begin an episode.</summary>
    /// <param name="batch">The number of rows, B.</param>
    /// <param name="like">Gives the element type and the device.</param>
    public MemoryState InitialState(long batch, Tensor like) => MemoryState.Zeros(Layout, batch, like);

    /// <summary>Runs T steps of B rows.</summary>
    /// <param name="input">The features, <c>[T, B, D]</c>.</param>
    /// <param name="state">The state before the first step, of B rows; no gradient flows into it.</param>
    /// <param name="starts">True where an episode begins at that step, so that nothing before it is seen; bool <c>[T, B]</c>.</param>
    /// <returns>The output <c>[T, B, D]</c> and the state after the last step.</returns>
    public abstract (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts);

    /// <summary>
    /// Multiply-adds of a forward pass over a segment beside one per weight and step: what the memory does with what it remembers. A
    /// backward pass needs twice as many.
    /// </summary>
    /// <param name="state">The state before the first step.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <returns>Those that acting needs too, and those that learning spends on projecting the state anew.</returns>
    public virtual (long Attending, long Projecting) RecallOperations(MemoryState state, Tensor starts) => (0, 0);

    /// <summary>Refuses a canonical state that no episode leads to, as the acting engine does.</summary>
    /// <param name="state">One row, <c>Layout.Size</c> floats.</param>
    /// <exception cref="ArgumentException">A part of it is impossible, such as a count beyond the window.</exception>
    public virtual void CheckState(ReadOnlySpan<float> state)
    {
        // Where any finite floats are a state, as in a recurrence, there is nothing to refuse.
    }

    /// <summary>Writes the settings and weights for the acting engine.</summary>
    /// <param name="writer">Collects them.</param>
    public abstract void Export(PolicyWriter writer);
}
