using System.Globalization;
using System.Runtime.InteropServices;

namespace RLSeq.Training;

/// <summary>What a figure was measured on.</summary>
/// <param name="Cpu">The processor's name.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="MemoryBytes">Memory that this process may use.</param>
/// <param name="System">The operating system and architecture.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="LibTorch">The version of libtorch.</param>
/// <param name="Device">Where the network learns.</param>
public sealed record MachineFingerprint(string Cpu, int Cores, long MemoryBytes, string System, string Runtime, string LibTorch, string Device)
{
    /// <summary>This machine.</summary>
    /// <param name="device">Where the network learns.</param>
    public static MachineFingerprint Current(string device) => new(
        CpuName(), Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}", RuntimeInformation.FrameworkDescription,
        __version__, device);

    /// <summary>The fingerprint as YAML, for a run's folder.</summary>
    public string ToYaml() => string.Create(CultureInfo.InvariantCulture, $"""
        cpu: "{Cpu}"
        cores: {Cores}
        memory_bytes: {MemoryBytes}
        system: "{System}"
        runtime: "{Runtime}"
        libtorch: "{LibTorch}"
        device: "{Device}"

        """);

    /// <summary>The processor's name, found without loading libtorch.</summary>
    public static string CpuName()
    {
        const string Info = "/proc/cpuinfo";
        string? line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
