namespace RLSeq.Evaluation;

/// <summary>What one call that acts for all rows of a batch costs in both engines; medians.</summary>
/// <param name="Batch">The rows of a call.</param>
/// <param name="ManagedMicroseconds">A call of the managed engine, on one thread.</param>
/// <param name="TorchMicroseconds">A call of the engine on libtorch.</param>
public readonly record struct EngineTiming(int Batch, double ManagedMicroseconds, double TorchMicroseconds)
{
    /// <summary>The managed engine's time for one row.</summary>
    public double ManagedMicrosecondsPerRow => ManagedMicroseconds / Batch;

    /// <summary>Torch's time for one row.</summary>
    public double TorchMicrosecondsPerRow => TorchMicroseconds / Batch;

    /// <summary>Whether torch took less time.</summary>
    public bool TorchIsFaster => TorchMicroseconds < ManagedMicroseconds;
}
