#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RLSeq.Agents;

/// <summary>4 floats at a time: NEON, SSE and WebAssembly.</summary>
internal readonly unsafe struct Simd128 : ISimd<Vector128<float>>
{
    public int Count => 4;

    public bool ManyRegisters => AdvSimd.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target, Vector128<float> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LoadHalves(uint* words, out Vector128<float> low, out Vector128<float> high)
    {
        Vector128<uint> bits = Vector128.Load(words);
        low = Vector128.ShiftLeft(bits, 16).AsSingle();
        high = (bits & Vector128.Create(0xFFFF0000u)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreHalves(uint* words, Vector128<float> low, Vector128<float> high)
    {
        Vector128<uint> lower = Vector128.ShiftRightLogical(Rounded(low.AsUInt32()), 16), upper = Rounded(high.AsUInt32()) & Vector128.Create(0xFFFF0000u);
        (lower | upper).Store(words);

        static Vector128<uint> Rounded(Vector128<uint> bits) => bits + Vector128.Create(0x7FFFu) + (Vector128.ShiftRightLogical(bits, 16) & Vector128.Create(1u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt16(short* target, Vector128<float> value)
    {
        Vector128<int> bits = (value + Vector128.Create(Rounding.Number)).AsInt32();
        *(ulong*)target = Vector128.Narrow(bits, bits).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c)
            : AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(c, a, b)
            : (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> SelectLess(Vector128<float> a, Vector128<float> b, Vector128<float> yes, Vector128<float> no) =>
        Vector128.ConditionalSelect(Vector128.LessThan(a, b), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Scale(Vector128<float> value, Vector128<float> magic) =>
        (value.AsInt32() + Vector128.ShiftLeft(magic.AsInt32(), 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum(Vector128<float> value) =>
        (value.GetElement(0) + value.GetElement(2)) + (value.GetElement(1) + value.GetElement(3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest(Vector128<float> value)
    {
        Vector128<float> swapped = Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)), two = SelectLess(value, swapped, swapped, value);
        float first = two.GetElement(0), second = two.GetElement(1);
        return first < second ? second : first;
    }
}
#endif
