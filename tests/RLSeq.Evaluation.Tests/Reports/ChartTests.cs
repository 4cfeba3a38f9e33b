using System.Globalization;
using System.Xml.Linq;
using RLSeq.Evaluation.Charts;

namespace RLSeq.Evaluation.Tests;

public class ChartTests
{
    [Fact]
    public void The_mean_over_seeds_is_interpolated_where_all_seeds_have_data()
    {
        // One seed rises from 0 at step 0 to 10 at 100; the other stays 4, from step 20 to 80.
        var summary = LearningCurves.OverSeeds([[(0, 0), (100, 10)], [(20, 4), (80, 4)]]);
        Assert.Equal((20, 2, 3, 4), (summary[0].X, summary[0].Low, summary[0].Mean, summary[0].High));
        Assert.Equal((80, 4, 6, 8), (summary[^1].X, summary[^1].Low, summary[^1].Mean, summary[^1].High));
        Assert.Equal(4.5, summary[summary.Length / 2].Mean, 9);
    }

    [Fact]
    public void Seeds_without_a_common_step_leave_one_point() => Assert.Single(LearningCurves.OverSeeds([[(0, 1), (10, 1)], [(20, 3), (30, 3)]]));

    [Fact]
    public void The_latency_curve_counts_the_actions_up_to_each_bucket()
    {
        LatencyResult latency = MadeUp.Latency(10) with { Histogram = [new LatencyBucket(20, 9), new LatencyBucket(10, 90), new LatencyBucket(30, 0), new LatencyBucket(80, 1)] };
        Assert.Equal([(0, 10), (0.9, 10), (0.99, 20), (0.995, 80)], LatencyCurves.Points(latency));
    }

    [Fact]
    public void Without_a_histogram_the_percentiles_make_the_curve() =>
        Assert.Equal([(0.5, 10), (0.9, 11), (0.99, 16), (0.999, 30)], LatencyCurves.Points(MadeUp.Latency(10) with { Histogram = [] }));

    [Fact]
    public void Points_are_where_the_axes_say()
    {
        var chart = new Chart(ChartSize.Wide, Axis.Latency("x", [1, 100], 8), Axis.Linear("y", [0, 1], 5));
        Assert.Equal(chart.X(10), (chart.X(1) + chart.X(100)) / 2, 6);
        Assert.Equal(chart.Y(0.5), (chart.Y(0) + chart.Y(1)) / 2, 6);
        Assert.True(chart.Y(1) < chart.Y(0), "Up is more.");
    }

    [Fact]
    public void Only_the_memories_on_the_front_have_filled_markers()
    {
        ComparisonResult result = MadeUp.Comparison([MadeUp.TMaze], [Timed("fast", 0, 1), Timed("good", 1, 5), Timed("dominated", 0.5, 9)]);
        ComparisonBlock block = ComparisonTable.From(result, 500).Blocks[0];
        string[] names = ["fast", "good", "dominated"];
        XElement svg = ReturnLatencyChart.Draw(ChartSize.Wide, block, name => new Series(name, Array.IndexOf(names, name)), "id")!;
        string[] markers = [.. svg.Elements("path").Select(path => (string)path.Attribute("class")!).Where(kind => kind.StartsWith("marker", StringComparison.Ordinal))];
        Assert.Equal(["marker c0", "marker c1", "marker hollow c2"], markers);
        Assert.Contains("On the Pareto front: fast, good.", svg.Element("desc")!.Value);
    }

    [Fact]
    public void What_has_no_data_is_not_drawn()
    {
        ComparisonBlock block = ComparisonTable.From(MadeUp.Comparison([], [MadeUp.Exact("lstm", 1)]), 500).Blocks[0];
        Assert.Null(ReturnLatencyChart.Draw(ChartSize.Wide, block, name => new Series(name, 0), "id"));
        Assert.Null(LatencyCurves.Draw(ChartSize.Wide, block, name => new Series(name, 0), "id"));
        Assert.Null(LearningCurves.Draw(ChartSize.Wide, block.Environment, [(new Series("lstm", 0), [MadeUp.ExactRun("lstm", 0, 1)])], "id"));
    }

    [Fact]
    public void Twenty_memories_all_look_different()
    {
        var looks = Enumerable.Range(0, 20).Select(i => new Series("m", i)).Select(series => (series.ColourClass, series.Dash, series.Marker));
        Assert.Equal(20, looks.Distinct().Count());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u0000b\u001bc", "a\uFFFDb\uFFFDc")]
    [InlineData("smile 😀", "smile 😀")]
    [InlineData("a\r\nb", "a\nb")]
    public void Text_that_xml_cannot_hold_is_replaced(string text, string expected) => Assert.Equal(expected, Xml.Clean(text));

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced()   // not inline data: attributes are stored as UTF-8, which cannot hold it
    {
        Assert.Equal("lone \uFFFD", Xml.Clean("lone \uD83D"));
        Assert.Equal("\uFFFD\uFFFD", Xml.Clean("\uDE00\uD83D"));
    }

    [Fact]
    public void Coordinates_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            ComparisonTable table = ComparisonTable.From(MadeUp.Usual(), 500);
            string german = HtmlReport.ToHtml(MadeUp.Usual(), table), text = table.ToText() + table.ToCsv();
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(HtmlReport.ToHtml(MadeUp.Usual(), table), german);
            Assert.Equal(table.ToText() + table.ToCsv(), text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static MemoryResult Timed(string memory, double level, double p50) => MadeUp.Exact(memory, level, level) with { Latency = MadeUp.Latency(p50) };
}
