using System.Diagnostics;
using System.Runtime.CompilerServices;
using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>
/// A loop of plain arithmetic that takes as long as an action, touches no memory, allocates nothing and never branches otherwise: its
/// tail is the machine's own (interrupts, a hypervisor, other processes), and what an action's tail is held against.
/// </summary>
internal sealed class PlainLoop
{
    private readonly LatencyHistogram _times = new();
    private readonly long _rounds;
    private ulong _state = 1;

    /// <summary>Finds how many rounds take that long; the shortest of many trials counts, as an interrupted one took longer.</summary>
    /// <param name="microseconds">How long the loop is to take.</param>
    public PlainLoop(double microseconds)
    {
        const long Trial = 20_000;
        double shortest = double.PositiveInfinity;
        for (int trial = 0; trial < 200; trial++)
        {
            long began = Stopwatch.GetTimestamp();
            Run(Trial);
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        _rounds = Math.Max(1, (long)(Trial * microseconds / shortest));
    }

    /// <summary>The 99.9th percentile over the median.</summary>
    public double Tail => _times.Percentile(99.9) / _times.Percentile(50);

    /// <summary>Times the loop some more times.</summary>
    /// <param name="times">How often.</param>
    public void Repeat(int times)
    {
        for (int i = 0; i < times; i++)
        {
            long began = Stopwatch.GetTimestamp();
            Run(_rounds);
            _times.RecordTicks(Stopwatch.GetTimestamp() - began);
        }
    }

    /// <summary>A chain of dependent multiplications (a linear congruential generator), which nothing can shorten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Run(long rounds)
    {
        ulong state = _state;
        for (long i = 0; i < rounds; i++) state = (state * 6364136223846793005) + 1442695040888963407;
        _state = state;
    }
}
