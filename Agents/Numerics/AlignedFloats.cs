using System.Runtime.InteropServices;

namespace RLSeq.Agents;

/// <summary>
/// A fixed array of floats that begins at a multiple of 64 bytes, so that no load of a whole vector straddles two cache lines
/// (such loads halve the speed of a matrix product that runs from the caches).
/// </summary>
internal sealed class AlignedFloats
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _offset;

    /// <summary>Allocates zeros.</summary>
    /// <param name="length">The number of floats.</param>
    public AlignedFloats(int length)
    {
        Length = length;
#if NET8_0_OR_GREATER
        _array = GC.AllocateArray<float>(checked(length + (Alignment / sizeof(float))), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _offset = (int)((Alignment - (address % Alignment)) % Alignment / sizeof(float));
#else
        _array = new float[Math.Max(1, length)];
        _offset = 0;
#endif
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>All of them.</summary>
    public Span<float> Span => _array.AsSpan(_offset, Length);

    /// <summary>For <c>fixed</c>: the first float.</summary>
    public ref float GetPinnableReference() => ref _array[_offset];
}
