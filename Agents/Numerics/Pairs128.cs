#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RLSeq.Agents;

/// <summary>4 sums at a time, without instructions of a particular machine: ARM and older x64.</summary>
internal readonly unsafe struct Pairs128 : IPairs<Vector128<int>>
{
    public int Count => 4;

    public bool ManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Load(sbyte* source) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)source).AsSByte()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Broadcast(int pair) => Vector128.Create(pair);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> MultiplyAdd(Vector128<int> a, Vector128<int> b, Vector128<int> sums) =>
        sums + (First(a) * First(b)) + (Vector128.ShiftRightArithmetic(a, 16) * Vector128.ShiftRightArithmetic(b, 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, Vector128<int> sums, float scale, float* scales, float* start)
    {
        Vector128<float> all = Vector128.Create(scale);
        if (scales != null) all *= Vector128.Load(scales);
        Vector128<float> from = start == null ? Vector128<float>.Zero : Vector128.Load(start);
        default(Simd128).MultiplyAdd(Vector128.ConvertToSingle(sums), all, from).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> First(Vector128<int> pairs) => Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(pairs, 16), 16);
}
#endif
