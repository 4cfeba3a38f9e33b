namespace RLSeq.Evaluation;

/// <summary>The machine that a comparison ran on: latencies and speeds mean nothing without it.</summary>
public sealed record MachineInfo
{
    /// <summary>The processor's model name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Logical cores that the process could use.</summary>
    public required int Cores { get; init; }

    /// <summary>The operating system and its version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The .NET runtime and its version.</summary>
    public required string Runtime { get; init; }

    /// <summary>The version of libtorch that trained, or null where none was used.</summary>
    public string? LibTorch { get; init; }

    /// <summary>Where training ran: <c>cpu</c>, or the name of the GPU.</summary>
    public required string Device { get; init; }
}
