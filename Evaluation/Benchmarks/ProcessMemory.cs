using System.Diagnostics;
using System.Globalization;

namespace RLSeq.Evaluation;

/// <summary>The memory of this process that is resident in the machine's.</summary>
public static class ProcessMemory
{
    /// <summary>Resident bytes now.</summary>
    public static long ResidentBytes
    {
        get
        {
            if (OperatingSystem.IsLinux()) return Status("VmRSS:");
            using Process self = Process.GetCurrentProcess();
            return self.WorkingSet64;
        }
    }

    /// <summary>The most resident bytes since the process began, or since <see cref="ForgetPeak"/> where the system can forget.</summary>
    public static long PeakBytes
    {
        get
        {
            if (OperatingSystem.IsLinux()) return Status("VmHWM:");
            using Process self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64;
        }
    }

    /// <summary>Lets the peak begin anew at what is resident now; does nothing where the system does not offer it.</summary>
    public static void ForgetPeak()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5"); // man 5 proc: resets VmHWM
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A container may forbid it; then the peak is that of the whole process, which is never too small.
        }
    }

    private static long Status(string field)
    {
        string line = Array.Find(File.ReadAllLines("/proc/self/status"), line => line.StartsWith(field, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"/proc/self/status has no {field}");
        return 1024 * long.Parse(line.AsSpan(field.Length).Trim(" \tkB"), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
