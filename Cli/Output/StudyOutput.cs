using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>The verdicts of a study for the terminal.</summary>
internal static class StudyOutput
{
    public static string Text(StudyResult study) => string.Join('\n', study.Claims.Select(claim => $"{claim.Claim.Number,2}. {claim.Claim.Sentence}\n    {claim.Summary}"));
}
