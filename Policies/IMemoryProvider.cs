namespace RLSeq.Policies;

/// <summary>
/// Gives the memories of a class library. <c>rlseq train --assembly My.dll --memory mine</c> makes an instance of every public class that
/// implements this, by its constructor without arguments, and registers what it gives.
/// </summary>
public interface IMemoryProvider
{
    /// <summary>The memories, each with <see cref="MemoryEntry.Pack"/>.</summary>
    IReadOnlyList<MemoryEntry> Memories { get; }
}
