using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace RLSeq.Evaluation.Tests;

/// <summary>What a study leaves behind for people and programs.</summary>
public sealed class StudyReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-study-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void All_four_files_say_the_same()
    {
        StudyResult study = Study();
        StudyReport.Write(_folder, study);
        string html = File.ReadAllText(Path.Combine(_folder, "report.html")), markdown = File.ReadAllText(Path.Combine(_folder, "report.md"));
        string[] csv = File.ReadAllLines(Path.Combine(_folder, "claims.csv"));
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "claims.json")))!;

        XElement body = XDocument.Parse(html[html.IndexOf('\n', StringComparison.Ordinal)..]).Root!.Element("body")!; // it is well-formed
        string[] texts = ["a is better than b.", "refuted", "not tested", "the memory memory-that-nobody-has", "It cannot show: Anything.", "5 failed: it fell over", "4 of 5"];
        foreach (string text in texts)
        {
            Assert.Contains(text, body.Value, StringComparison.Ordinal);
            Assert.Contains(text, markdown, StringComparison.Ordinal);
        }
        foreach (string outside in (string[])["http:", "https:", "//", "src=", "@import", "url(", "<link", "<script"]) Assert.DoesNotContain(outside, html, StringComparison.OrdinalIgnoreCase);
        Assert.True(markdown.IndexOf("| claim | verdict |", StringComparison.Ordinal) < markdown.IndexOf("## 1.", StringComparison.Ordinal)); // verdicts first

        Assert.Equal(["refuted", "refuted"], csv.Skip(1).Select(line => line.Split(',')[1]));
        Assert.Equal(["fails", "not tested"], csv.Skip(1).Select(line => line.Split(',')[^1]));
        JsonNode claim = Assert.Single(json["claims"]!.AsArray())!;
        Assert.Equal("refuted", (string)claim["verdict"]!);
        JsonNode condition = claim["conditions"]![0]!;
        Assert.Equal((4, 5, "fails"), ((int)condition["count"]!, (int)condition["planned"]!, (string)condition["outcome"]!));
        Estimate estimate = StudentInterval.Mean([0.01, -0.01, 0.01, -0.01], 0.975);
        Assert.Equal(estimate.High, (double)condition["high"]!, 1e-12);
        Assert.Equal([1, 2, 3, 4], claim["arms"]!.AsArray().Single(arm => (string)arm!["memory"]! == "b")!["seeds"]!.AsArray().Select(seed => (int)seed!));
        Assert.False(study.IsWhole);
    }

    private static StudyResult Study()
    {
        var plan = new StudyPlan { Claims = [new MadeClaim { All = [MadeClaim.AOverB, MadeClaim.AOverAbsent] }], Scale = new StudyScale(), Folder = "study", CommandLine = "./rlseq study claims" };
        StudyData data = MadeClaim.Scores([0.51, 0.49, 0.51, 0.49, 0.5], [0.5, 0.5, 0.5, 0.5, null]);
        return new StudyResult
        {
            Plan = plan,
            Data = data,
            Claims = [.. plan.Claims.Select(claim => Judge.Of(claim, plan.Scale, data))],
            Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Duration = TimeSpan.FromMinutes(30),
            Machine = new MachineInfo { Cpu = "a processor", Cores = 2, OperatingSystem = "an operating system", Runtime = ".NET", Device = "cpu" },
        };
    }
}
