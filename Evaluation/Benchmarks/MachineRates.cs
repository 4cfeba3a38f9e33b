using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>Rates of this machine, measured in the same run as the figures that are held against them.</summary>
public static class MachineRates
{
    /// <summary>Bytes per second that one core reads, over and over, from a working set.</summary>
    /// <param name="bytes">The working set.</param>
    public static double ReadBandwidth(long bytes)
    {
        int length = (int)Math.Clamp(bytes / sizeof(float), 1024, 1 << 28) / 128 * 128; // whole blocks of the loops below
        Span<float> data = new AlignedBuffer<float>(length).Span; // allocated as the engine's numbers are, in the same pages
        data.Fill(1f);
        long repeats = Math.Max(1, (64L << 20) / (length * sizeof(float)));
        double best = 0;
        for (int attempt = 0; attempt < 7; attempt++)
        {
            long began = Stopwatch.GetTimestamp();
            float sum = 0;
            for (long i = 0; i < repeats; i++) sum += Sum(data);
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (sum < 0) throw new InvalidOperationException("The sum of ones cannot be negative."); // keeps the loop from being removed
            best = Math.Max(best, (double)repeats * length * sizeof(float) / seconds);
        }
        return best;
    }

    /// <summary>How often, and for how long at the median, this machine takes the core away from a loop that does nothing but read the clock.</summary>
    /// <returns>Gaps of more than 5 µs per second, and their median in microseconds; 0 where there are none. No action's tail can be shorter.</returns>
    public static (double PerSecond, double Microseconds) Interruptions()
    {
        TimeSpan duration = TimeSpan.FromSeconds(0.5), shortest = TimeSpan.FromMicroseconds(5);
        var gaps = new List<double>(1 << 14);
        long began = Stopwatch.GetTimestamp(), last = began;
        while (Stopwatch.GetElapsedTime(began, last) < duration)
        {
            long now = Stopwatch.GetTimestamp();
            TimeSpan gap = Stopwatch.GetElapsedTime(last, now);
            if (gap > shortest) gaps.Add(gap.TotalMicroseconds);
            last = now;
        }
        gaps.Sort();
        return (gaps.Count / duration.TotalSeconds, gaps.Count == 0 ? 0 : gaps[gaps.Count / 2]);
    }

    /// <summary>Operations per second (a multiplication and an addition are two) of libtorch's matrix product with its current threads.</summary>
    /// <param name="size">Rows and columns.</param>
    public static double MatrixRate(int size = 512)
    {
        using IDisposable _ = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor a = ones(size, size), b = ones(size, size);
        // The best of half a second: the first products still wait for libtorch's threads and for the core's clock to rise.
        double best = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5;)
        {
            long began = Stopwatch.GetTimestamp();
            a.matmul(b).Dispose();
            best = Math.Max(best, 2.0 * size * size * size / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        return best;
    }

    /// <summary>
    /// Eight independent accumulators, so that the additions' latency does not hide the bandwidth; optimised at once, since the whole
    /// measurement is over before the runtime would compile it anew.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(ReadOnlySpan<float> data) => Vector512.IsHardwareAccelerated ? SumWide(data) : SumVectors(data);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumWide(ReadOnlySpan<float> data)
    {
        ref float first = ref MemoryMarshal.GetReference(data);
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (nuint i = 0; i + 128 <= (nuint)data.Length; i += 128)
        {
            s0 += Vector512.LoadUnsafe(ref first, i);
            s1 += Vector512.LoadUnsafe(ref first, i + 16);
            s2 += Vector512.LoadUnsafe(ref first, i + 32);
            s3 += Vector512.LoadUnsafe(ref first, i + 48);
            s4 += Vector512.LoadUnsafe(ref first, i + 64);
            s5 += Vector512.LoadUnsafe(ref first, i + 80);
            s6 += Vector512.LoadUnsafe(ref first, i + 96);
            s7 += Vector512.LoadUnsafe(ref first, i + 112);
        }
        return Vector512.Sum(s0 + s1 + s2 + s3 + (s4 + s5 + s6 + s7));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumVectors(ReadOnlySpan<float> data)
    {
        ref float first = ref MemoryMarshal.GetReference(data);
        nuint width = (nuint)Vector<float>.Count, block = 4 * width;
        Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nuint i = 0; i + block <= (nuint)data.Length; i += block)
        {
            s0 += Vector.LoadUnsafe(ref first, i);
            s1 += Vector.LoadUnsafe(ref first, i + width);
            s2 += Vector.LoadUnsafe(ref first, i + (2 * width));
            s3 += Vector.LoadUnsafe(ref first, i + (3 * width));
        }
        return Vector.Sum(s0 + s1 + (s2 + s3));
    }
}
