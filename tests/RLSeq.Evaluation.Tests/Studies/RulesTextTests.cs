using RLSeq.Evaluation.Claims;

namespace RLSeq.Evaluation.Tests;

/// <summary>What is written down of the rules is what the code does.</summary>
public class RulesTextTests
{
    private const string Begin = "<!-- rules: rlseq study claims --list -->\n", End = "<!-- end of rules -->";

    [Fact]
    public void The_documentation_has_the_rules_of_the_code()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "claims.md"));
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end > begin, "docs/claims.md lacks the marks of the rules.");
        // To mend it: ./rlseq study claims --list, between the two marks.
        Assert.Equal(RulesText.Of(ClaimList.All, new StudyScale()).Trim(), page[begin..end].Trim());
    }

    [Fact]
    public void Every_condition_control_and_caveat_of_a_claim_is_written_down()
    {
        string rules = RulesText.Of(ClaimList.All, new StudyScale());
        foreach (Claim claim in ClaimList.All)
        {
            foreach (Condition condition in claim.Conditions(new StudyScale())) Assert.Contains(MarkdownTable.Escape(condition.Text), rules, StringComparison.Ordinal);
            foreach (Control control in claim.Controls(new StudyScale())) Assert.Contains(MarkdownTable.Escape(control.Text), rules, StringComparison.Ordinal);
            Assert.Contains(MarkdownTable.Escape(claim.CannotShow), rules, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_is_recognised_whenever_it_was_written_and_no_other_study_is()
    {
        var plan = new StudyPlan { Claims = ClaimList.Parse("1"), Scale = new StudyScale(), Folder = "study" };
        string file = RulesText.File(plan, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        Assert.Contains("Written on 2026-01-02 03:04 UTC by rlseq", file, StringComparison.Ordinal);
        Assert.True(RulesText.IsOf(file, plan));
        Assert.False(RulesText.IsOf(file, plan with { Scale = new StudyScale { Seeds = 4 } }));
        Assert.False(RulesText.IsOf(file, plan with { Scale = new StudyScale { Steps = 1000 } }));
        Assert.False(RulesText.IsOf(file, plan with { Claims = ClaimList.Parse("1,2") }));
        Assert.False(RulesText.IsOf(file, plan with { EvaluationEpisodes = 3 }));
        Assert.False(RulesText.IsOf(file.Replace("0.05", "0.06", StringComparison.Ordinal), plan));
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RLSeq.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run in a clone of the repository.");
    }
}
