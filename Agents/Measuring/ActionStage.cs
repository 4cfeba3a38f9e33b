namespace RLSeq.Agents;

/// <summary>The parts of choosing an action, in their order; see <see cref="LatencyRecorder.Stages"/>.</summary>
public enum ActionStage
{
    /// <summary>Checking the call, encoding and normalising observations, and the encoder's layers.</summary>
    Encode,

    /// <summary>The memory's step.</summary>
    Memory,

    /// <summary>Policy and value heads.</summary>
    Heads,

    /// <summary>Masks, drawing or finding the action, and clipping it to the bounds of its box.</summary>
    Sample,
}
