namespace RLSeq.Evaluation.Tests;

public class ReportSizeTests
{
    [Fact]
    public void Six_memories_in_six_environments_make_a_page_below_three_megabytes()
    {
        ComparisonResult result = MadeUpStudy.Of(environments: 6, memories: 6);
        string html = HtmlReport.ToHtml(result, ComparisonTable.From(result, 100));
        Assert.InRange(html.Length, 500_000, 3_000_000);
    }
}
