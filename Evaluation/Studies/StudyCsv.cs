using System.Globalization;
using System.Text;

namespace RLSeq.Evaluation;

/// <summary>A study's conditions as comma-separated values (RFC 4180).</summary>
internal static class StudyCsv
{
    private const string Header = "claim,verdict,condition,side,bound,unit,value,low,high,confidence,count,planned,outcome\n";

    public static string Of(StudyResult study)
    {
        var text = new StringBuilder(Header);
        foreach (ClaimResult claim in study.Claims)
        {
            foreach (ConditionResult result in claim.Conditions)
            {
                Condition condition = result.Condition;
                Estimate? estimate = result.Measured?.Estimate;
                text.Append(CultureInfo.InvariantCulture, $"{claim.Claim.Number},{StudyTables.Name(claim.Verdict)},{CsvTable.Quoted(condition.Measure.Text)},{(condition.Side == Side.Above ? "above" : "below")},{condition.Bound:R},{condition.Measure.Unit},");
                text.Append(CultureInfo.InvariantCulture, $"{estimate?.Value:R},{estimate?.Low:R},{estimate?.High:R},{claim.Claim.Confidence(study.Plan.Scale):R},{result.Measured?.Count},{result.Measured?.Planned},{StudyTables.Name(result.Outcome)}\n");
            }
        }
        return text.ToString();
    }
}
