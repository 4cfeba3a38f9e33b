#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RLSeq.Agents;

/// <summary>16 floats at a time: AVX-512.</summary>
internal readonly unsafe struct Simd512 : ISimd<Vector512<float>>
{
    public int Count => 16;

    public bool ManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, Vector512<float> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LoadHalves(uint* words, out Vector512<float> low, out Vector512<float> high)
    {
        Vector512<uint> bits = Vector512.Load(words);
        low = Vector512.ShiftLeft(bits, 16).AsSingle();
        high = (bits & Vector512.Create(0xFFFF0000u)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreHalves(uint* words, Vector512<float> low, Vector512<float> high)
    {
        Vector512<uint> lower = Vector512.ShiftRightLogical(Rounded(low.AsUInt32()), 16), upper = Rounded(high.AsUInt32()) & Vector512.Create(0xFFFF0000u);
        (lower | upper).Store(words);

        static Vector512<uint> Rounded(Vector512<uint> bits) => bits + Vector512.Create(0x7FFFu) + (Vector512.ShiftRightLogical(bits, 16) & Vector512.Create(1u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt16(short* target, Vector512<float> value)
    {
        Vector512<int> bits = (value + Vector512.Create(Rounding.Number)).AsInt32();
        if (Avx512F.IsSupported) Avx512F.ConvertToVector256Int16(bits).Store(target);
        else Vector256.Narrow(bits.GetLower(), bits.GetUpper()).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> SelectLess(Vector512<float> a, Vector512<float> b, Vector512<float> yes, Vector512<float> no) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, b), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Scale(Vector512<float> value, Vector512<float> magic) =>
        (value.AsInt32() + Vector512.ShiftLeft(magic.AsInt32(), 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum(Vector512<float> value) => default(Simd256).Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest(Vector512<float> value)
    {
        Simd256 half = default;
        return half.Largest(half.SelectLess(value.GetLower(), value.GetUpper(), value.GetUpper(), value.GetLower()));
    }
}
#endif
