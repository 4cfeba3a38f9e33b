using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// Sums of products over the units of one head, in one order for every vector width: unit i goes into partial sum i mod 16, and the 16
/// are added in halves. So a head's length and mean have the same bits on every machine with fused multiply-adds.
/// </summary>
internal static unsafe class HeadSums
{
    private const int Parts = SimdWidth.Widest;

    /// <summary><c>Σ a_i b_i</c>.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <param name="count">How many units.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot<TSimd, TVector>(float* a, float* b, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float* parts = stackalloc float[Parts];
        int whole = count / Parts * Parts;
        for (int lane = 0; lane < Parts; lane += simd.Count)
        {
            TVector sum = simd.Broadcast(0f);
            for (int i = lane; i < whole; i += Parts) sum = simd.MultiplyAdd(simd.Load(a + i), simd.Load(b + i), sum);
            simd.Store(parts + lane, sum);
        }
        for (int i = whole; i < count; i++) parts[i - whole] = default(ScalarSimd).MultiplyAdd(a[i], b[i], parts[i - whole]);
        for (int half = Parts / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++) parts[i] += parts[i + half];
        return parts[0];
    }
}
