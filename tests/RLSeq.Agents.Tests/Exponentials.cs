namespace RLSeq.Agents.Tests;

/// <summary>A whole softmax in place, made of the exponentials that the engine takes.</summary>
internal static unsafe class Exponentials
{
    public static void Divide(Span<float> values, bool plain)
    {
        float max = float.NegativeInfinity;
        foreach (float value in values) max = Math.Max(max, value);
        float sum = 0;
        fixed (float* x = values) SimdWidth.Run(new Kernel(x, values.Length, max, &sum), plain);
        for (int i = 0; i < values.Length; i++) values[i] /= sum;
    }

    private readonly struct Kernel(float* x, int length, float max, float* sum) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct => *sum = Softmax.Exponentials<TSimd, TVector>(x, length, max);
    }
}
