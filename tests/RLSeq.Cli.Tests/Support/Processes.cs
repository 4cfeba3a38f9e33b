using System.Diagnostics;
using System.Globalization;

namespace RLSeq.Cli.Tests;

/// <summary>Other processes, as Linux shows them.</summary>
internal static class Processes
{
    /// <summary>Sends a signal: INT, TERM or KILL.</summary>
    public static void Signal(string signal, int process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>The processes that a process has started and that have not ended.</summary>
    public static int[] Children(int parent) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(process => State(process) is var (state, itsParent) && itsParent == parent && state != 'Z')];

    /// <summary>Whether a process is there and has not ended.</summary>
    public static bool IsAlive(int process) => State(process) is var (state, _) && state != 'Z';

    /// <summary>Waits for what must happen within a minute.</summary>
    public static void WaitUntil(Func<bool> happened)
    {
        long began = Stopwatch.GetTimestamp();
        while (!happened())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1), "It has not happened within a minute.");
            Thread.Sleep(5);
        }
    }

    /// <summary>The state and the parent: <c>pid (name) state parent …</c>, where the name may hold anything.</summary>
    private static (char State, int Parent)? State(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null; // it ended
        }
    }
}
