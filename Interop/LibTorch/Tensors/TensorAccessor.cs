using System.Collections;

namespace TorchSharp.Utils;

/// <summary>
/// Reads and writes the elements of a tensor in the order of their indices. It holds the tensor, not its memory alone.
/// A tensor that is not on the CPU was copied: writing then changes the copy.
/// </summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly torch.Tensor? _copy;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _copy = tensor.is_cpu() ? null : tensor.detach().cpu();
        _tensor = _copy ?? tensor;
    }

    /// <summary>The number of elements.</summary>
    public long Count => _tensor.NumberOfElements;

    /// <summary>One element.</summary>
    /// <param name="indices">Its index along every dimension, or a single index into all elements in order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public unsafe T this[params ReadOnlySpan<long> indices]
    {
        get
        {
            T value = ((T*)_tensor.Data())[Offset(indices)];
            GC.KeepAlive(_tensor);
            return value;
        }

        set
        {
            ((T*)_tensor.Data())[Offset(indices)] = value;
            GC.KeepAlive(_tensor);
        }
    }

    /// <summary>All elements in order.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>Copies elements out.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">The first place there.</param>
    /// <param name="tensorIndex">The first element.</param>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements out, as many as fit and exist.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">The first place there.</param>
    /// <param name="tensorIndex">The first element.</param>
    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        int count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (_tensor.is_contiguous())
        {
            new ReadOnlySpan<T>((T*)_tensor.Data() + tensorIndex, count).CopyTo(target);
        }
        else
        {
            using torch.Tensor dense = _tensor.detach().contiguous();
            new ReadOnlySpan<T>((T*)dense.Data() + tensorIndex, count).CopyTo(target);
            GC.KeepAlive(dense);
        }

        GC.KeepAlive(_tensor);
    }

    /// <summary>Copies elements in.</summary>
    /// <param name="array">Where from.</param>
    /// <param name="arrayIndex">The first place there.</param>
    /// <param name="tensorIndex">The first element.</param>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Copies elements in, as many as fit and exist.</summary>
    /// <param name="array">Where from.</param>
    /// <param name="arrayIndex">The first place there.</param>
    /// <param name="tensorIndex">The first element.</param>
    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = (int)Math.Min(source.Length, Count - tensorIndex);
        if (_tensor.is_contiguous())
        {
            source[..count].CopyTo(new Span<T>((T*)_tensor.Data() + tensorIndex, count));
            GC.KeepAlive(_tensor);
            return;
        }

        for (int i = 0; i < count; i++)
            this[tensorIndex + i] = source[i];
    }

    /// <summary>All elements in order.</summary>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Frees the copy of a tensor that is not on the CPU.</summary>
    public void Dispose() => _copy?.Dispose();

    private long Offset(ReadOnlySpan<long> indices)
    {
        long[] shape = _tensor.shape;
        long[] strides = _tensor.stride();
        if (indices.Length == 1 && shape.Length != 1)
            return LinearOffset(indices[0], shape, strides);
        if (indices.Length != shape.Length)
            throw new ArgumentOutOfRangeException(nameof(indices), indices.Length, $"{_tensor} needs {shape.Length} indices.");
        long offset = 0;
        for (int d = 0; d < shape.Length; d++)
        {
            if ((ulong)indices[d] >= (ulong)shape[d])
                throw new ArgumentOutOfRangeException(nameof(indices), indices[d], $"Index {d} is outside {_tensor}.");
            offset += indices[d] * strides[d];
        }

        return offset;
    }

    private long LinearOffset(long index, long[] shape, long[] strides)
    {
        if ((ulong)index >= (ulong)Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"{_tensor} has {Count} elements.");
        long offset = 0;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            offset += index % shape[d] * strides[d];
            index /= shape[d];
        }

        return offset;
    }
}
