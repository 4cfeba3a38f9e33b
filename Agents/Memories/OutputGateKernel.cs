namespace RLSeq.Agents;

/// <summary><c>y = y · SiLU(gate)</c>.</summary>
/// <param name="gate">The gate before SiLU.</param>
/// <param name="y">What it lets through.</param>
/// <param name="units">How many units.</param>
internal readonly unsafe struct OutputGateKernel(float* gate, float* y, int units) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int i = 0;
        for (; i + simd.Count <= units; i += simd.Count)
        {
            TVector g = simd.Load(gate + i);
            simd.Store(y + i, simd.Multiply(simd.Load(y + i), simd.Multiply(g, Functions.Sigmoid<TSimd, TVector>(g))));
        }
        for (; i < units; i++) y[i] *= gate[i] * Functions.Sigmoid<ScalarSimd, float>(gate[i]);
    }
}
