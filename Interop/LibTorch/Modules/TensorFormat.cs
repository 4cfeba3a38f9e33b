namespace TorchSharp;

/// <summary>
/// Tensors in TorchSharp's file format: type, number of dimensions and lengths in the 7-bit encoding, then the elements in
/// order, little-endian. Reading trusts nothing: sizes are checked against what is expected before anything is allocated.
/// </summary>
internal static class TensorFormat
{
    private const int MaxDimensions = 64;
    private const int MaxEntries = 1 << 20;

    internal static void Write(BinaryWriter writer, torch.Tensor tensor)
    {
        writer.Write7BitEncodedInt64((long)tensor.dtype);
        long[] shape = tensor.shape;
        writer.Write7BitEncodedInt64(shape.Length);
        foreach (long length in shape)
            writer.Write7BitEncodedInt64(length);
        using torch.Tensor detached = tensor.detach();
        using torch.Tensor here = detached.cpu();
        using torch.Tensor dense = here.contiguous();
        writer.Flush();
        writer.BaseStream.Write(dense.bytes);
    }

    /// <summary>Reads a tensor of a known shape and type into new memory.</summary>
    internal static torch.Tensor Read(BinaryReader reader, torch.Tensor expected, string name) => Guard(name, () =>
    {
        (torch.ScalarType type, long[] shape) = ReadHeader(reader, name);
        if (type != expected.dtype || !shape.AsSpan().SequenceEqual(expected.shape))
            throw new InvalidOperationException($"'{name}' is {type}[{string.Join(", ", shape)}] in the file, expected {expected}.");
        return ReadElements(reader, type, shape, name);
    });

    /// <summary>Reads a whole state. Tensors that are not expected are passed over and returned empty.</summary>
    internal static Dictionary<string, torch.Tensor> ReadState(BinaryReader reader, Dictionary<string, torch.Tensor> expected)
    {
        long count = Guard("the number of tensors", reader.Read7BitEncodedInt64);
        if (count is < 0 or > MaxEntries)
            throw Damaged($"it claims to hold {count} tensors");
        var state = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            string name = Guard($"the name of tensor {i}", reader.ReadString);
            torch.Tensor tensor = expected.TryGetValue(name, out torch.Tensor? target)
                ? Read(reader, target, name)
                : Guard(name, () => Skip(reader, name));
            if (!state.TryAdd(name, tensor))
                throw Damaged($"it holds '{name}' twice");
        }

        return state;
    }

    private static torch.Tensor Skip(BinaryReader reader, string name)
    {
        (torch.ScalarType type, long[] shape) = ReadHeader(reader, name);
        long left = ByteCount(type, shape, name);
        Span<byte> bin = stackalloc byte[1024];
        while (left > 0)
        {
            int wanted = (int)Math.Min(left, bin.Length);
            reader.BaseStream.ReadExactly(bin[..wanted]);
            left -= wanted;
        }

        return torch.empty(0, type);
    }

    private static torch.Tensor ReadElements(BinaryReader reader, torch.ScalarType type, long[] shape, string name)
    {
        ByteCount(type, shape, name);
        torch.Tensor tensor = torch.empty(shape, type);
        reader.BaseStream.ReadExactly(tensor.bytes);
        return tensor;
    }

    private static (torch.ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader, string name)
    {
        long type = reader.Read7BitEncodedInt64();
        if (type is < 0 or > (long)torch.ScalarType.BFloat16 or 8)
            throw Damaged($"'{name}' has the unknown element type {type}");
        long dimensions = reader.Read7BitEncodedInt64();
        if (dimensions is < 0 or > MaxDimensions)
            throw Damaged($"'{name}' claims {dimensions} dimensions");
        var shape = new long[dimensions];
        for (int d = 0; d < shape.Length; d++)
        {
            shape[d] = reader.Read7BitEncodedInt64();
            if (shape[d] < 0)
                throw Damaged($"'{name}' claims a length of {shape[d]}");
        }

        return ((torch.ScalarType)type, shape);
    }

    private static long ByteCount(torch.ScalarType type, long[] shape, string name)
    {
        try
        {
            long count = type.ElementSize();
            foreach (long length in shape)
                count = checked(count * length);
            return count;
        }
        catch (OverflowException)
        {
            throw Damaged($"'{name}' claims the impossible shape [{string.Join(", ", shape)}]");
        }
    }

    private static T Guard<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException)
        {
            throw Damaged($"it ends in the middle of '{what}'");
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            // An impossible encoding of a number, or of the length of a string.
            throw Damaged($"'{what}' cannot be read ({e.Message})");
        }
    }

    private static InvalidDataException Damaged(string why) => new($"The state is damaged, or not a state at all: {why}.");
}
