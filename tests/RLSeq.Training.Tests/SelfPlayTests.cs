using RLSeq.Environments;
using RLSeq.Environments.Suite;

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

    [Fact]
    public void Wrappers_do_not_go_around_the_seats_that_a_factory_makes_either()
    {
        TrainingConfiguration wrapped = Duel.With("environment.wrappers", "time-limit=50");
        UserInputException refused = Assert.Throws<UserInputException>(() => new Trainer(wrapped, AgentSeats.Factory(() => new FogPongDuel())).Dispose());
        Assert.Contains("FogPongDuel is a world with several agents, around which wrappers do not go", refused.Message, StringComparison.Ordinal);
        using var bare = new Trainer(Duel, AgentSeats.Factory(() => new FogPongDuel()));
        Assert.Equal(2, bare.Environments.RowsPerWorld);
    }

    [Theory]
    [InlineData("ppo.environments", "7", "give a multiple of 2 as ppo.environments; given: 7")]
    [InlineData("environment.wrappers", "frame-stack=2", "around which wrappers do not go")]
    [InlineData("environment.on_error", "restart", "share their worlds")]
    public void What_does_not_fit_worlds_is_refused(string key, string value, string why) =>
        Assert.Contains(why, Assert.Throws<UserInputException>(() => new Trainer(Duel.With(key, value)).Dispose()).Message, StringComparison.Ordinal);
}
