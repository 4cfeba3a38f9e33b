using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>The length checks that stand before every kernel, since kernels work on bare pointers.</summary>
internal static class RowGuard
{
    /// <summary>Throws unless a buffer holds at least <paramref name="rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int length, int rows, int rowLength)
    {
        if (length < (long)rows * rowLength || rows < 0) Throw(length, rows, rowLength);
    }

    /// <summary>Throws unless a buffer holds exactly <paramref name="rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exact(int length, int rows, int rowLength, string parameter)
    {
        if (length != (long)rows * rowLength) Throw(length, rows, rowLength, parameter);
    }

    [DoesNotReturn]
    private static void Throw(int length, int rows, int rowLength, string? parameter = null) =>
        throw new ArgumentException($"Expected {rows} rows of {rowLength} floats, {(long)rows * rowLength} in all; given: {length}.", parameter);
}
