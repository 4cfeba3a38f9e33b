using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor with the elements of a span in order: copied, never shared.</summary>
    internal static Tensor FromSpan<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGradient)
        where T : unmanaged
    {
        long expected = 1;
        foreach (long length in dimensions)
            expected = checked(expected * length);
        if (expected != elements.Length)
            throw new ArgumentException($"The shape [{string.Join(", ", dimensions.ToArray())}] needs {expected} elements; {elements.Length} were given.", nameof(dimensions));

        Tensor made = empty(dimensions, TypeOf<T>());
        MemoryMarshal.AsBytes(elements).CopyTo(made.bytes);
        if (dtype is { } type && type != made.dtype)
            made = made.to_type(type, disposeAfter: true);
        if (device is not null && device.type != DeviceType.CPU)
            made = made.to(device, disposeAfter: true);
        return Tensor.Made(made, requiresGradient);
    }

    private static Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requiresGradient)
        where T : unmanaged
    {
        var dimensions = new long[array.Rank];
        for (int d = 0; d < dimensions.Length; d++)
            dimensions[d] = array.GetLongLength(d);
        ref byte start = ref MemoryMarshal.GetArrayDataReference(array);
        ReadOnlySpan<T> elements = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref start), array.Length);
        return FromSpan(elements, dimensions, dtype, device, requiresGradient);
    }

    private static ScalarType TypeOf<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return ScalarType.Float32;
        if (typeof(T) == typeof(double))
            return ScalarType.Float64;
        if (typeof(T) == typeof(long))
            return ScalarType.Int64;
        if (typeof(T) == typeof(int))
            return ScalarType.Int32;
        if (typeof(T) == typeof(short))
            return ScalarType.Int16;
        if (typeof(T) == typeof(byte))
            return ScalarType.Byte;
        if (typeof(T) == typeof(sbyte))
            return ScalarType.Int8;
        if (typeof(T) == typeof(bool))
            return ScalarType.Bool;
        if (typeof(T) == typeof(Half))
            return ScalarType.Float16;
        throw new ArgumentException($"No tensor has elements of type {typeof(T).Name}.");
    }
}
