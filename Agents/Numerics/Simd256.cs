#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RLSeq.Agents;

/// <summary>8 floats at a time: AVX2.</summary>
internal readonly unsafe struct Simd256 : ISimd<Vector256<float>>
{
    public int Count => 8;

    public bool ManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, Vector256<float> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LoadHalves(uint* words, out Vector256<float> low, out Vector256<float> high)
    {
        Vector256<uint> bits = Vector256.Load(words);
        low = Vector256.ShiftLeft(bits, 16).AsSingle();
        high = (bits & Vector256.Create(0xFFFF0000u)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreHalves(uint* words, Vector256<float> low, Vector256<float> high)
    {
        Vector256<uint> lower = Vector256.ShiftRightLogical(Rounded(low.AsUInt32()), 16), upper = Rounded(high.AsUInt32()) & Vector256.Create(0xFFFF0000u);
        (lower | upper).Store(words);

        static Vector256<uint> Rounded(Vector256<uint> bits) => bits + Vector256.Create(0x7FFFu) + (Vector256.ShiftRightLogical(bits, 16) & Vector256.Create(1u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt16(short* target, Vector256<float> value)
    {
        Vector256<int> bits = (value + Vector256.Create(Rounding.Number)).AsInt32();
        Vector128.Narrow(bits.GetLower(), bits.GetUpper()).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> SelectLess(Vector256<float> a, Vector256<float> b, Vector256<float> yes, Vector256<float> no) =>
        Vector256.ConditionalSelect(Vector256.LessThan(a, b), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Scale(Vector256<float> value, Vector256<float> magic) =>
        (value.AsInt32() + Vector256.ShiftLeft(magic.AsInt32(), 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum(Vector256<float> value) => default(Simd128).Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest(Vector256<float> value)
    {
        Simd128 half = default;
        return half.Largest(half.SelectLess(value.GetLower(), value.GetUpper(), value.GetUpper(), value.GetLower()));
    }
}
#endif
