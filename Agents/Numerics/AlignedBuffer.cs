using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RLSeq.Agents;

/// <summary>
/// A fixed array of numbers that begins at a multiple of 64 bytes, so that no load of a whole vector straddles two cache lines
/// (such loads halve the speed of a matrix product that runs from the caches).
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private readonly T[] _array;
    private readonly int _offset;

    /// <summary>Allocates zeros.</summary>
    /// <param name="length">How many.</param>
    public AlignedBuffer(int length)
    {
        Length = length;
#if NET8_0_OR_GREATER
        int size = Unsafe.SizeOf<T>();
        _array = GC.AllocateArray<T>(checked(length + (Alignment / size)), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        HugePages.Use(address, (long)_array.Length * size); // as a rule before anything is written, which is when pages are taken
        _offset = (int)((Alignment - (address % Alignment)) % Alignment / size);
#else
        _array = new T[Math.Max(1, length)];
        _offset = 0;
#endif
    }

    /// <summary>How many numbers.</summary>
    public int Length { get; }

    /// <summary>All of them.</summary>
    public Span<T> Span => _array.AsSpan(_offset, Length);

    /// <summary>The bytes they take.</summary>
    public long Bytes => (long)Length * Unsafe.SizeOf<T>();

    /// <summary>For <c>fixed</c>: the first.</summary>
    public ref T GetPinnableReference() => ref _array[_offset];
}
