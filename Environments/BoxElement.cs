namespace RLSeq.Environments;

/// <summary>What the elements of a box are, and so how a rollout stores them.</summary>
public enum BoxElement
{
    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>Bytes 0 to 255, such as the pixels of an image; they stay bytes in a rollout.</summary>
    UInt8,
}
