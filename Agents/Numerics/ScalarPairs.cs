using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>One sum at a time: the plain version.</summary>
internal readonly unsafe struct ScalarPairs : IPairs<int>
{
    public int Count => 1;

    public bool ManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Load(sbyte* source) => (source[1] << 16) | (source[0] & 0xFFFF);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Broadcast(int pair) => pair;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MultiplyAdd(int a, int b, int sums) => sums + ((short)a * (short)b) + ((a >> 16) * (b >> 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, int sums, float scale, float* scales, float* start) =>
        *target = default(ScalarSimd).MultiplyAdd(sums, scales == null ? scale : scale * *scales, start == null ? 0f : *start);
}
