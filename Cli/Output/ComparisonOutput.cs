using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>A comparison as a table, and what may be concluded from it.</summary>
internal static class ComparisonOutput
{
    public static string Text(ComparisonResult result)
    {
        var table = ComparisonTable.From(result);
        return string.Join('\n', ComparisonSummary.Of(table).Select(sentence => sentence.Text).Prepend(table.ToText()));
    }
}
