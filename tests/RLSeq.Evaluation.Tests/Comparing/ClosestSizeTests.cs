namespace RLSeq.Evaluation.Tests.Comparing;

/// <summary>The search for a size, against trying all of them.</summary>
public class ClosestSizeTests
{
    [Theory]
    [InlineData(1, 1), InlineData(1, 64), InlineData(4, 64), InlineData(6, 1), InlineData(7, 500)]
    public void It_finds_what_trying_all_sizes_finds(int heads, int start)
    {
        static long Quadratic(int size) => (8L * size * size) + (13L * size) + 5;
        var tried = new HashSet<int>();
        for (long target = 1; target < 40_000; target = (target * 5 / 4) + 1)
        {
            var search = new ClosestSize(size => { tried.Add(size); return size % heads == 0 ? Quadratic(size) : null; }, 1, 1000);
            int best = Enumerable.Range(1, 1000).Where(size => size % heads == 0).MinBy(size => (Math.Abs(Quadratic(size) - target), size));
            Assert.Equal(best, search.Find(start, target));
        }
    }

    [Fact]
    public void Of_two_that_are_equally_near_the_smaller_is_taken() => Assert.Equal(4, new ClosestSize(size => 10L * size, 1, 100).Find(50, 45));

    [Fact]
    public void Beyond_the_largest_size_it_takes_the_largest_that_it_may_double_to() => Assert.InRange(new ClosestSize(size => size, 1, 100).Find(10, 1_000_000)!.Value, 51, 100);

    [Fact]
    public void Sizes_far_beyond_the_target_are_never_tried()
    {
        int largest = 0;
        Assert.Equal(70, new ClosestSize(size => { largest = Math.Max(largest, size); return size; }, 1, 65_536).Find(8, 70));
        Assert.InRange(largest, 71, 140);
    }

    [Fact]
    public void What_no_size_changes_or_no_size_is_allowed_for_has_no_answer()
    {
        Assert.Null(new ClosestSize(_ => 0, 1, 100).Find(10, 50));
        Assert.Null(new ClosestSize(_ => null, 1, 100).Find(10, 50));
    }
}
