#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RLSeq.Agents;

/// <summary>8 sums at a time: AVX2.</summary>
internal readonly unsafe struct Pairs256 : IPairs<Vector256<int>>
{
    public int Count => 8;

    public bool ManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Load(sbyte* source) => Avx2.ConvertToVector256Int16(Vector128.Load(source)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Broadcast(int pair) => Vector256.Create(pair);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> MultiplyAdd(Vector256<int> a, Vector256<int> b, Vector256<int> sums) =>
        sums + Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, Vector256<int> sums, float scale, float* scales, float* start)
    {
        Vector256<float> all = Vector256.Create(scale);
        if (scales != null) all *= Vector256.Load(scales);
        Vector256<float> from = start == null ? Vector256<float>.Zero : Vector256.Load(start);
        default(Simd256).MultiplyAdd(Vector256.ConvertToSingle(sums), all, from).Store(target);
    }
}
#endif
