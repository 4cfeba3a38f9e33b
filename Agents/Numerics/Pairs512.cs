#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RLSeq.Agents;

/// <summary>16 sums at a time: AVX-512BW.</summary>
internal readonly unsafe struct Pairs512 : IPairs<Vector512<int>>
{
    public int Count => 16;

    public bool ManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Load(sbyte* source) => Avx512BW.ConvertToVector512Int16(Vector256.Load(source)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Broadcast(int pair) => Vector512.Create(pair);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> MultiplyAdd(Vector512<int> a, Vector512<int> b, Vector512<int> sums) =>
        sums + Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, Vector512<int> sums, float scale, float* scales, float* start)
    {
        Vector512<float> all = Vector512.Create(scale);
        if (scales != null) all *= Vector512.Load(scales);
        Vector512<float> from = start == null ? Vector512<float>.Zero : Vector512.Load(start);
        default(Simd512).MultiplyAdd(Vector512.ConvertToSingle(sums), all, from).Store(target);
    }
}
#endif
