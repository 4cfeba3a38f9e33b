using System.Diagnostics;

namespace RLSeq.Evaluation;

/// <summary>
/// Runs code until the runtime has compiled it for good: hot code is compiled anew in the background, some 100 ms after it became
/// hot, and then once more; where it has only one core, which a taskset may bring about, it waits for a second each time.
/// </summary>
internal static class Warmup
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(60), Pause = TimeSpan.FromMilliseconds(140);
    private static readonly int Bursts = Environment.ProcessorCount == 1 ? 18 : 6;

    /// <summary>Calls over and over, with pauses.</summary>
    /// <param name="call">The code.</param>
    public static void Run(Action call)
    {
        for (int burst = 0; burst < Bursts; burst++)
        {
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < Burst) call();
            Thread.Sleep(Pause); // not to wait for anybody: the compiler's thread needs the core, and starts only after a calm
        }
        call();
    }
}
