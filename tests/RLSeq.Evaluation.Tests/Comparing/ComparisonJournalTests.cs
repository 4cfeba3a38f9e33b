namespace RLSeq.Evaluation.Tests.Comparing;

/// <summary>What a comparison keeps, also where it was broken off in the middle of a line.</summary>
public sealed class ComparisonJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-journal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, ComparisonJournal.Name);

    [Fact]
    public void What_was_kept_is_found_again_and_the_last_value_holds()
    {
        Keep(("a", 1), ("b", 1), ("a", 2));
        Assert.Equal([2, 1, 0], Attempts("a", "b", "c"));
        Keep(("b", 3));
        Assert.Equal([2, 3, 0], Attempts("a", "b", "c"));
    }

    [Theory, InlineData(1), InlineData(20)]
    public void A_line_that_was_cut_off_is_forgotten_and_the_next_one_is_not_glued_to_it(int bytes)
    {
        Keep(("a", 1), ("b", 1));
        using (FileStream cut = System.IO.File.OpenWrite(File)) cut.SetLength(cut.Length - bytes);
        Assert.Equal([1, 0], Attempts("a", "b"));
        Keep(("c", 1));
        Assert.Equal([1, 0, 1], Attempts("a", "b", "c"));
        Assert.Equal(2, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public void Time_of_work_adds_up_over_sessions()
    {
        System.IO.File.WriteAllText(File, "{\"key\":\"a\",\"seconds\":100,\"value\":{\"attempts\":1,\"peak_memory_bytes\":0}}\n");
        using (var journal = new ComparisonJournal(File)) journal.Keep("b", new RunRecord(1, null, null, 0), ComparisonJson.Default.RunRecord);
        using var again = new ComparisonJournal(File);
        Assert.InRange(again.Worked.TotalSeconds, 100, 160);
    }

    private void Keep(params (string Key, int Attempts)[] values)
    {
        using var journal = new ComparisonJournal(File);
        foreach ((string key, int attempts) in values) journal.Keep(key, new RunRecord(attempts, "why\nnot", null, 5), ComparisonJson.Default.RunRecord);
    }

    private int[] Attempts(params string[] keys)
    {
        using var journal = new ComparisonJournal(File);
        return [.. keys.Select(key => journal.Find(key, ComparisonJson.Default.RunRecord)?.Attempts ?? 0)];
    }
}
