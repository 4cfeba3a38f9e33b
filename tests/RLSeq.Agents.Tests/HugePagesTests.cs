using System.Globalization;

namespace RLSeq.Agents.Tests;

/// <summary>Large arrays ask the system for large pages, small ones do not trouble it.</summary>
public class HugePagesTests
{
    [Fact]
    public void A_large_buffer_works_everywhere_and_its_inside_is_marked_where_the_kernel_has_huge_pages()
    {
        var buffer = new AlignedBuffer<float>(3 << 20); // 12 MB: at least five whole pages of 2 MB
        Assert.False(buffer.Span.ContainsAnyExcept(0f));
        for (int i = 0; i < buffer.Length; i++) buffer.Span[i] = i; // up to 2^24 a float is exact
        for (int i = 0; i < buffer.Length; i++) Assert.True(buffer.Span[i] == i);

        // A kernel that was built without transparent huge pages refuses the advice and marks nothing (madvise(2): EINVAL), and no other
        // system is asked. All else is the same.
        bool hasHugePages = Directory.Exists("/sys/kernel/mm/transparent_hugepage");
        long middle = AddressOf(buffer) + (buffer.Bytes / 2);
        Assert.Equal(hasHugePages, FlagsOfPageAt(middle).Contains("hg"));
        GC.KeepAlive(buffer);
    }

    [Fact]
    public void An_advice_that_is_refused_is_harmless()
    {
        HugePages.Use(0, 4 << 20); // nothing is ever mapped there, so that every kernel refuses (madvise(2): ENOMEM)
        var buffer = new AlignedBuffer<byte>(4 << 20);
        Assert.False(buffer.Span.ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData((4 << 20) + 7)]
    public void A_buffer_of_any_length_is_aligned_zero_and_writable_to_its_ends(int length)
    {
        var buffer = new AlignedBuffer<byte>(length);
        Assert.Equal(0, AddressOf(buffer) % 64);
        Assert.False(buffer.Span.ContainsAnyExcept((byte)0));
        (buffer.Span[0], buffer.Span[^1]) = (1, 2);
        Assert.Equal(length == 1 ? 2 : 3, buffer.Span[0] + (length == 1 ? 0 : buffer.Span[^1]));
    }

    private static unsafe long AddressOf<T>(AlignedBuffer<T> buffer)
        where T : unmanaged
    {
        fixed (T* first = buffer) return (long)first;
    }

    /// <summary>The kernel's flags of the mapping that holds an address: <c>hg</c> is "huge pages advised" (proc_pid_smaps(5)).</summary>
    private static string[] FlagsOfPageAt(long address)
    {
        if (!OperatingSystem.IsLinux()) return [];
        bool inside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries), range = words[0].Split('-');
            if (range.Length == 2 && long.TryParse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long from) && long.TryParse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long to)) inside = from <= address && address < to;
            else if (inside && words[0] == "VmFlags:") return words[1..];
        }
        return [];
    }
}
