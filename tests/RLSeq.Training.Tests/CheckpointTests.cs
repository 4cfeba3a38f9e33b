using RLSeq.Environments;

namespace RLSeq.Training.Tests;

public sealed class CheckpointTests
{
    public static TheoryData<string, string> Engines => Trained.Engines;

    [Theory, MemberData(nameof(Engines))]
    public void A_resumed_run_equals_one_that_was_never_stopped(string memory, string acting)
    {
        TrainingConfiguration configuration = Trained.Small(memory) with { Acting = acting };
        string whole = NewFolder(), stopped = NewFolder();
        float[] expected = Finish(TrainingRun.Begin(configuration, whole, Trained.Environment));

        using (TrainingRun run = TrainingRun.Begin(configuration, stopped, Trained.Environment))
        {
            using var stop = new CancellationTokenSource();
            run.Run(progress =>
            {
                if (progress.Update == 3) stop.Cancel();
            }, stop.Token);
            Assert.False(run.Trainer.Finished);
        }
        Assert.Equal(expected, Finish(TrainingRun.Resume(stopped, Trained.Environment)));

        var metrics = MetricsFile.Read(Path.Combine(stopped, TrainingRun.MetricsName)).Entries;
        Assert.Equal([1, 2, 3, 4, 5], metrics.Select(entry => entry["update"]));
        var uninterrupted = MetricsFile.Read(Path.Combine(whole, TrainingRun.MetricsName)).Entries;
        Assert.Equal(uninterrupted.Select(entry => entry["policy_loss"]), metrics.Select(entry => entry["policy_loss"]));
    }

    [Fact]
    public void A_run_killed_between_checkpoints_goes_on_from_the_last_one()
    {
        TrainingConfiguration configuration = Trained.Small("lstm");
        string folder = NewFolder(), whole = NewFolder();
        float[] expected = Finish(TrainingRun.Begin(configuration, whole, Trained.Environment));
        using (TrainingRun run = TrainingRun.Begin(configuration, folder, Trained.Environment))
        {
            // Killed in update 4, after the checkpoint of update 2: two updates are lost, nothing else.
            Assert.Throws<InvalidOperationException>(() => run.Run(progress =>
            {
                if (progress.Update == 3) throw new InvalidOperationException("killed");
            }));
        }
        Assert.Equal(expected, Finish(TrainingRun.Resume(folder, Trained.Environment)));
        Assert.Equal(5, MetricsFile.Read(Path.Combine(folder, TrainingRun.MetricsName)).Entries.Count);
    }

    [Fact]
    public void Every_kind_of_damage_is_refused_with_one_line()
    {
        string folder = NewFolder();
        Finish(TrainingRun.Begin(Trained.Small("lstm"), folder, Trained.Environment));
        string path = Path.Combine(folder, TrainingRun.CheckpointName);
        byte[] good = File.ReadAllBytes(path);
        var random = new RandomSource(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] bad = (byte[])good.Clone();
            if (i % 3 == 0) bad = bad[..random.NextInt(bad.Length)];
            else bad[i % 3 == 1 ? random.NextInt(64) : random.NextInt(bad.Length)] ^= (byte)(1 + random.NextInt(255));
            File.WriteAllBytes(path, bad);
            var exception = Assert.ThrowsAny<UserInputException>(() => TrainingRun.Resume(folder, Trained.Environment));
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
        }
        File.Delete(path);
        Assert.Contains("no checkpoint", Assert.ThrowsAny<UserInputException>(() => TrainingRun.Resume(folder, Trained.Environment)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_holds_something_is_not_written_into()
    {
        string folder = NewFolder();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "precious.txt"), "keep me");
        Assert.Contains("not empty", Assert.ThrowsAny<UserInputException>(() => TrainingRun.Begin(Trained.Small("none"), folder, Trained.Environment)).Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder));
        Assert.ThrowsAny<UserInputException>(() => TrainingRun.Begin(Trained.Small("none"), "/proc/nothing/here", Trained.Environment));
    }

    [Fact]
    public void Metrics_survive_a_cut_at_any_byte()
    {
        string folder = NewFolder();
        Finish(TrainingRun.Begin(Trained.Small("none"), folder, Trained.Environment));
        byte[] good = File.ReadAllBytes(Path.Combine(folder, TrainingRun.MetricsName));
        string path = Path.Combine(folder, "cut.msgpack");
        for (int length = 0; length <= good.Length; length += 7)
        {
            File.WriteAllBytes(path, good[..length]);
            Assert.Equal(length / (good.Length / 5), MetricsFile.Read(path).Entries.Count);
        }
    }

    private static float[] Finish(TrainingRun run)
    {
        using (run)
        {
            run.Run();
            return Trained.Weights(run.Trainer);
        }
    }

    private static string NewFolder() => Path.Combine(Directory.CreateTempSubdirectory("rlseq").FullName, "run");
}
