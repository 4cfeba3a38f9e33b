using System.Text.Json;

namespace RLSeq.Evaluation.Tests;

public sealed class ComparisonResultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-comparison-").FullName;

    private string File => Path.Combine(_folder, ComparisonResult.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_comparison_is_read_as_it_was_written()
    {
        ComparisonResult written = MadeUp.Usual() with { Notes = ["a note with \"quotes\" and <brackets>"] };
        written.Save(File);
        ComparisonResult read = ComparisonResult.Load(File);

        Assert.Equal(Json(written), Json(read));
        Assert.Equal(written.Started, read.Started);
        Assert.Equal(written.Machine, read.Machine);
        Assert.Equal(written.Environments, read.Environments);
        Assert.Equal(written.Results[1].Runs[2].EpisodeReturns, read.Results[1].Runs[2].EpisodeReturns);
        Assert.Equal(written.Results[1].Runs[2].LearningCurve, read.Results[1].Runs[2].LearningCurve);
        Assert.Equal(written.Results[2].Latency!.Histogram, read.Results[2].Latency!.Histogram);
    }

    [Fact]
    public void Fields_have_the_names_that_scripts_rely_on()
    {
        MadeUp.Usual().Save(File);
        using JsonDocument json = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        JsonElement lstm = json.RootElement.GetProperty("results")[1];
        Assert.Equal(5.8, lstm.GetProperty("latency").GetProperty("p50_us").GetDouble());
        Assert.True(lstm.GetProperty("latency").TryGetProperty("p999_us", out _));
        Assert.True(lstm.GetProperty("latency").TryGetProperty("allocated_bytes_per_action", out _));
        JsonElement run = lstm.GetProperty("runs")[0];
        Assert.Equal("Ok", run.GetProperty("status").GetString());
        Assert.True(run.TryGetProperty("steps_per_second", out _) && run.TryGetProperty("state_bytes", out _) && run.TryGetProperty("episode_returns", out _));
        Assert.Equal(1, json.RootElement.GetProperty("format").GetInt32());
    }

    [Fact]
    public void A_failed_run_and_numbers_that_are_not_finite_survive_the_file()
    {
        MemoryResult result = MadeUp.Exact("gru", 1) with
        {
            Runs = [MadeUp.FailedRun("t-maze", "gru", 3, "out of memory"), MadeUp.ExactRun("gru", 4, double.NaN, double.NegativeInfinity)],
        };
        MadeUp.Comparison([], [result]).Save(File);
        IReadOnlyList<RunResult> runs = ComparisonResult.Load(File).Results[0].Runs;
        Assert.Equal((RunStatus.Failed, "out of memory"), (runs[0].Status, runs[0].Error));
        Assert.Equal([double.NaN, double.NegativeInfinity], runs[1].EpisodeReturns);
        Assert.All(runs, run => Assert.False(run.IsUsable));
    }

    [Fact]
    public void Saving_replaces_the_file_and_leaves_nothing_beside_it()
    {
        System.IO.File.WriteAllText(File, new string('x', 1_000_000));
        MadeUp.Usual().Save(File);
        Assert.Equal([File], Directory.GetFiles(_folder));
        Assert.Equal("Which memory for a T-maze?", ComparisonResult.Load(File).Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":1,\"title\":null}")]
    public void A_file_that_is_no_comparison_is_refused_with_its_name(string content)
    {
        System.IO.File.WriteAllText(File, content);
        Assert.Contains(File, Assert.Throws<InvalidDataException>(() => ComparisonResult.Load(File)).Message);
    }

    [Fact]
    public void Half_a_file_and_a_newer_format_are_refused()
    {
        MadeUp.Usual().Save(File);
        string whole = System.IO.File.ReadAllText(File);
        System.IO.File.WriteAllText(File, whole[..(whole.Length / 2)]);
        Assert.Throws<InvalidDataException>(() => ComparisonResult.Load(File));

        System.IO.File.WriteAllText(File, whole.Replace("\"format\": 1", "\"format\": 2"));
        Assert.Contains("format 2", Assert.Throws<InvalidDataException>(() => ComparisonResult.Load(File)).Message);
    }

    [Fact]
    public void Returns_are_normalised_between_random_and_reference()
    {
        Assert.Equal(0, MadeUp.TMaze.Normalize(-0.5));
        Assert.Equal(1, MadeUp.TMaze.Normalize(1));
        Assert.Equal(0.5, MadeUp.TMaze.Normalize(0.25));
        EnvironmentInfo flat = MadeUp.TMaze with { ReferenceReturn = -0.5 };
        Assert.False(flat.HasScale);
        Assert.Contains("t-maze", Assert.Throws<InvalidOperationException>(() => flat.Normalize(0)).Message);
    }

    private static string Json(ComparisonResult result) => JsonSerializer.Serialize(result, ComparisonJson.Default.ComparisonResult);
}
