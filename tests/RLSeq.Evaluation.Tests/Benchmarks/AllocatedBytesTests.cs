using System.Runtime;

namespace RLSeq.Evaluation.Tests;

/// <summary>What counts allocated bytes.</summary>
public class AllocatedBytesTests
{
    private static object? _kept;

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(7, 3)]
    [InlineData(5, 0)]
    public void What_calls_allocate_is_counted_and_they_get_their_numbers(int from, int count)
    {
        var numbers = new List<int>(count);
        AllocatedBytes.Of(Allocate, from, count); // compiles what it calls
        numbers.Clear();
        Assert.Equal(128L * count, AllocatedBytes.Of(Allocate, from, count)); // an array of bytes: header, type and length take 24
        Assert.Equal(Enumerable.Range(from, count), numbers);

        void Allocate(int i)
        {
            numbers.Add(i);
            _kept = new byte[104];
        }
    }

    /// <summary>
    /// What the runtime compiles on this thread may make it allocate for itself, seldom and by the addresses of types, so the methods compiled
    /// are counted. A loop that is compiled quickly at first is compiled anew after some 10,000 rounds.
    /// </summary>
    [Fact]
    public void The_runtime_compiles_nothing_on_the_thread_that_counts()
    {
        long compiled = 0, compiledFirst = -1;
        AllocatedBytes.Of(Count, 0, 100_000);
        Assert.Equal(compiledFirst, compiled);

        void Count(int i)
        {
            compiled = JitInfo.GetCompiledMethodCount(currentThread: true);
            if (i == 0) compiledFirst = compiled;
        }
    }
}
