using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RLSeq.Evaluation;

/// <summary>Rates of this machine, measured in the same run as the figures that are held against them.</summary>
public static class MachineRates
{
    /// <summary>Bytes per second that one core reads, over and over, from a working set.</summary>
    /// <param name="bytes">The working set.</param>
    public static double ReadBandwidth(long bytes)
    {
        int length = (int)Math.Clamp(bytes / sizeof(float), 1024, 1 << 28) / 64 * 64;
        var data = new float[length];
        Array.Fill(data, 1f);
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

    /// <summary>Operations per second (a multiplication and an addition are two) of libtorch's matrix product with its current threads.</summary>
    /// <param name="size">Rows and columns.</param>
    public static double MatrixRate(int size = 512)
    {
        using IDisposable _ = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor a = ones(size, size), b = ones(size, size);
        double best = 0;
        for (int attempt = 0; attempt < 8; attempt++)
        {
            long began = Stopwatch.GetTimestamp();
            a.matmul(b).Dispose();
            best = Math.Max(best, 2.0 * size * size * size / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        return best;
    }

    /// <summary>Eight independent accumulators, so that the additions' latency does not hide the bandwidth.</summary>
    private static float Sum(ReadOnlySpan<float> data)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(data);
        Vector<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        int i = 0;
        for (; i + 8 <= vectors.Length; i += 8)
        {
            s0 += vectors[i];
            s1 += vectors[i + 1];
            s2 += vectors[i + 2];
            s3 += vectors[i + 3];
            s4 += vectors[i + 4];
            s5 += vectors[i + 5];
            s6 += vectors[i + 6];
            s7 += vectors[i + 7];
        }
        for (; i < vectors.Length; i++) s0 += vectors[i];
        return Vector.Sum(s0 + s1 + s2 + s3 + (s4 + s5 + s6 + s7));
    }
}
