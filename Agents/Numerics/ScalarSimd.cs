using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>One float at a time: the plain version of every kernel, and the one that runs where there are no vectors (Unity's Mono).</summary>
internal readonly unsafe struct ScalarSimd : ISimd<float>
{
    public int Count => 1;

    public bool ManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, float value) => *target = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LoadHalves(uint* words, out float low, out float high)
    {
        low = BitConverter.Int32BitsToSingle((int)(*words << 16));
        high = BitConverter.Int32BitsToSingle((int)(*words & 0xFFFF0000u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreHalves(uint* words, float low, float high) => *words = BFloat16.Round(low) | ((uint)BFloat16.Round(high) << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt16(short* target, float value) => *target = unchecked((short)BitConverter.SingleToInt32Bits(value + Rounding.Number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Broadcast(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Add(float a, float b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Subtract(float a, float b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Multiply(float a, float b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float MultiplyAdd(float a, float b, float c)
    {
#if NET8_0_OR_GREATER
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported)
            return MathF.FusedMultiplyAdd(a, b, c);
#endif
        return (a * b) + c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float SelectLess(float a, float b, float yes, float no) => a < b ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Scale(float value, float magic) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) + (BitConverter.SingleToInt32Bits(magic) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest(float value) => value;
}
