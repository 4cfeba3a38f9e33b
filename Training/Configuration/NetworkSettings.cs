namespace RLSeq.Training;

/// <summary>The parts of the network that every memory shares.</summary>
public sealed record NetworkSettings
{
    /// <summary>The width of the encoder's layers and of the memory, D.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Layers of the encoder before the memory, each with tanh.</summary>
    public int EncoderLayers { get; init; } = 1;
}
