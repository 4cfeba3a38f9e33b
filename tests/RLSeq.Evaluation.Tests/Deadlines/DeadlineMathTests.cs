namespace RLSeq.Evaluation.Tests;

public class DeadlineMathTests
{
    [Fact]
    public void The_area_is_the_mean_over_the_logarithm_of_the_deadline()
    {
        // Nothing at 10, all from 100 on: half of the first decade and all of the second.
        Assert.Equal(0.75, Area([10, 100, 1000], [0, 1, 1]), 12);
        // A straight line over an uneven grid: numpy.trapezoid(y, numpy.log(x)) / log(1000 / 10), x = 10, 20, 100, 1000, y = log10(x) / 4
        Assert.Equal(0.5, Area([10, 20, 100, 1000], [0.25, Math.Log10(20) / 4, 0.5, 0.75]), 12);
        // The unit of the deadline does not matter.
        Assert.Equal(Area([10, 20, 100], [0.1, 0.9, 0.4]), Area([0.01, 0.02, 0.1], [0.1, 0.9, 0.4]), 12);
    }

    [Fact]
    public void Where_everything_is_kept_the_area_is_exactly_1() => Assert.Equal(1.0, Area([10, 16, 25, 40, 63, 100], [1, 1, 1, 1, 1, 1]));

    [Theory]
    [InlineData(new[] { 10.0, 100, 1000 }, new[] { 0.0, 1, 1 }, 89.12509381337456)] // 10^1.95
    [InlineData(new[] { 10.0, 100, 1000 }, new[] { 0.9, 1, 1 }, 31.622776601683793)] // 10^1.5
    [InlineData(new[] { 10.0, 100, 1000 }, new[] { 0.0, 0.95, 1 }, 100)] // a deadline that keeps just the share
    [InlineData(new[] { 10.0, 100, 1000 }, new[] { 1.0, 0.9, 1 }, 316.22776601683796)] // luck below a deadline that loses does not count
    [InlineData(new[] { 10.0, 100, 1000 }, new[] { 0.97, 1.02, 0.96 }, 10)] // all do
    [InlineData(new[] { 10.0, 100, 1000 }, new[] { 1.0, 1, 0.94 }, double.PositiveInfinity)] // the longest does not
    public void The_shortest_deadline_is_where_the_curve_crosses_the_share_last(double[] deadlines, double[] kept, double expected) =>
        Assert.Equal(expected, DeadlineMath.Shortest(deadlines, kept, 0.95), 9);

    [Theory]
    [InlineData(6.1, 7.7, 1, 2732, 2164)] // floor(16666.67 / 6.1), floor(16666.67 / 7.7)
    [InlineData(6.1, 7.7, 10, 273, 216)]
    [InlineData(16_000, 17_000, 1, 1, 0)]
    public void As_many_agents_fit_into_a_frame_as_their_latency_goes_into_it(double p50, double p99, double slowDown, long atP50, long atP99) =>
        Assert.Equal(new AgentsPerFrame(atP50, atP99), AgentsPerFrame.Of(MadeUp.Latency(p50) with { P99Us = p99 }, slowDown));

    private static double Area(double[] deadlines, double[] kept) => DeadlineMath.Area(DeadlineMath.AreaWeights(deadlines), kept);
}
