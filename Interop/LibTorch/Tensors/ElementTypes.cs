namespace TorchSharp;

/// <summary>Which managed type stands for which element type.</summary>
internal static class ElementTypes
{
    internal static void Require<T>(torch.ScalarType type)
        where T : unmanaged
    {
        if (!Matches<T>(type))
            throw new ArgumentException($"The elements are {type}, which cannot be read as {typeof(T).Name}.");
    }

    private static bool Matches<T>(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => typeof(T) == typeof(float),
        torch.ScalarType.Float64 => typeof(T) == typeof(double),
        torch.ScalarType.Int64 => typeof(T) == typeof(long),
        torch.ScalarType.Int32 => typeof(T) == typeof(int),
        torch.ScalarType.Int16 => typeof(T) == typeof(short),
        torch.ScalarType.Int8 => typeof(T) == typeof(sbyte),
        torch.ScalarType.Byte => typeof(T) == typeof(byte),
        torch.ScalarType.Bool => typeof(T) == typeof(bool),
        torch.ScalarType.Float16 => typeof(T) == typeof(Half),
        torch.ScalarType.BFloat16 => typeof(T) == typeof(ushort),
        _ => false,
    };
}
