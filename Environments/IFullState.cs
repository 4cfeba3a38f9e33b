namespace RLSeq.Environments;

/// <summary>
/// An optional ability of a partially observable environment: telling everything that the best action may depend on. A task whose
/// observation is replaced by it needs no memory, so that an agent trained on it bounds from above what any memory can earn.
/// </summary>
public interface IFullState
{
    /// <summary>What the full state looks like.</summary>
    Space FullStateSpace { get; }

    /// <summary>Writes the full state that belongs to the latest observation. The state does not change.</summary>
    /// <param name="state">Receives <c>FullStateSpace.Size</c> floats; every element is written.</param>
    void WriteFullState(Span<float> state);
}
