using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>A world with several agents by name: its agents are the rows, which one policy plays.</summary>
public sealed class SelfPlayTests
{
    private static TrainingConfiguration Duel => Trained.Small("gru") with { Environment = "fogpongduel" };

    [Theory, InlineData(2), InlineData(3), InlineData(8)]
    public void A_duel_trains_the_same_with_any_number_of_threads(int threads)
    {
        using var one = new Trainer(Duel with { CollectThreads = 1 });
        using var several = new Trainer(Duel with { CollectThreads = threads });
        one.Run();
        several.Run();
        Assert.Equal("FogPongDuel", one.Configuration.Environment);
        Assert.Equal((8, 2), (one.Environments.Rows, one.Environments.RowsPerWorld));
        Assert.Equal(Trained.Weights(one), Trained.Weights(several));
    }

    [Fact]
    public void A_resumed_duel_is_identical_to_one_that_was_not_interrupted()
    {
        string folder = Directory.CreateTempSubdirectory("rlseq-duel-").FullName;
        try
        {
            using var whole = new Trainer(Duel);
            whole.Run();
            using (var stop = new CancellationTokenSource())
            using (TrainingRun run = TrainingRun.Begin(Duel, folder)) run.Run(progress => { if (progress.Update == 3) stop.Cancel(); }, stop.Token);
            using TrainingRun resumed = TrainingRun.Resume(folder);
            Assert.True(resumed.EnvironmentsRestored);
            resumed.Run();
            Assert.Equal(Trained.Weights(whole), Trained.Weights(resumed.Trainer));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("ppo.environments", "7", "give a multiple of 2 as ppo.environments; given: 7")]
    [InlineData("environment.wrappers", "frame-stack=2", "around which wrappers do not go")]
    [InlineData("environment.on_error", "restart", "share their worlds")]
    public void What_does_not_fit_worlds_is_refused(string key, string value, string why) =>
        Assert.Contains(why, Assert.Throws<UserInputException>(() => new Trainer(Duel.With(key, value)).Dispose()).Message, StringComparison.Ordinal);
}
