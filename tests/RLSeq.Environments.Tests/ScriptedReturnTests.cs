namespace RLSeq.Environments.Tests;

/// <summary>
/// Scripted players earn what the rules promise. Unless a comment says otherwise, the expected means come from an independent simulation of
/// the rules and players, and are known to two digits from 300 to 8000 episodes each.
/// </summary>
public class ScriptedReturnTests
{
    // Three standard errors of the difference, and half of the last digit. The expected means' own errors are those of at least 300 episodes.
    private const double Rounding = 0.005;
    private const int LeastEpisodes = 300;

    [Theory]
    [InlineData("AutoencodeEasy")]
    [InlineData("AutoencodeMedium")]
    [InlineData("AutoencodeHard")]
    public void Who_recites_backwards_earns_exactly_1(string name) => AssertPerfect(name, new AutoencodePlayer());

    [Theory]
    [InlineData("CountRecallEasy", 2)]
    [InlineData("CountRecallMedium", 4)]
    [InlineData("CountRecallHard", 13)]
    public void Who_counts_earns_exactly_1(string name, int classes) => AssertPerfect(name, new CountRecallPlayer(classes));

    [Theory]
    [InlineData("CountRecallEasy", 2, 26, -0.44)]
    [InlineData("CountRecallMedium", 4, 26, -0.51)]
    [InlineData("CountRecallHard", 13, 16, -0.44)]
    public void Who_knows_only_the_time_counts_badly(string name, int classes, int perClass, double expected) =>
        AssertEarns(expected, name, new CountRecallClock(classes, perClass), 1000);

    [Theory]
    [InlineData("HigherLowerEasy", 1, 0.495, 0.527)]
    [InlineData("HigherLowerMedium", 2, 0.498, 0.517)]
    [InlineData("HigherLowerHard", 3, 0.496, 0.512)]
    public void Counting_cards_earns_a_little_more_than_their_rank(string name, int decks, double rankOnly, double counting)
    {
        AssertEarns(rankOnly, name, new HigherLowerPlayer(decks, counts: false), 3000);
        AssertEarns(counting, name, new HigherLowerPlayer(decks, counts: true), 3000, isReference: true);
    }

    [Theory]
    [InlineData("BattleshipEasy", 8, 0.47)]
    [InlineData("BattleshipMedium", 10, 0.52)]
    [InlineData("BattleshipHard", 12, 0.55)]
    public void Searching_a_chessboard_and_around_hits_finds_ships(string name, int size, double expected) =>
        AssertEarns(expected, name, new BattleshipHunt(size), 1000, isReference: true);

    [Theory]
    [InlineData("BattleshipEasy", 8, 0.1673, 0.0011)]
    [InlineData("BattleshipMedium", 10, 0.1746, 0.0011)]
    [InlineData("BattleshipHard", 12, 0.1790, 0.0011)]
    public void Guessing_every_cell_once_earns_one_thirteenth_and_row_by_row_more(string name, int size, double rowByRow, double rowByRowError)
    {
        // In a random order the last of 12 hits among n^2 cells comes on average after 12/13 (n^2 + 1) guesses, wherever the ships lie:
        // 12/13 of the misses are paid for, for every n. Row by row the cells of a ship come together, so its last one comes sooner:
        // Scripts/random_returns.py, 20,000 episodes each.
        using IEnvironment environment = EnvironmentRegistry.Get(name).Create();
        (double mean, double error) = Players.Mean(new BattleshipScan(size, isShuffled: true).Play(environment, 4000, seed: 1));
        Assert.InRange(mean, (1.0 / 13) - (3 * error), (1.0 / 13) + (3 * error));
        (mean, error) = Players.Mean(new BattleshipScan(size, isShuffled: false).Play(environment, 4000, seed: 1));
        error = Math.Sqrt((error * error) + (rowByRowError * rowByRowError));
        Assert.InRange(mean, rowByRow - (3 * error), rowByRow + (3 * error));
    }

    [Theory]
    [InlineData("MineSweeperEasy", 4, 2, -0.24, 0.67)]
    [InlineData("MineSweeperMedium", 6, 6, -0.39, 0.39)]
    [InlineData("MineSweeperHard", 8, 10, -0.43, 0.33)]
    public void Deducing_from_single_numbers_avoids_mines(string name, int size, int mines, double guessing, double deducing)
    {
        AssertEarns(guessing, name, new MineSweeperPlayer(size, mines, deduces: false), 3000);
        AssertEarns(deducing, name, new MineSweeperPlayer(size, mines, deduces: true), 4000, isReference: true);
    }

    [Theory]
    [InlineData("ConcentrationEasy", 2, 0.45, 0.82)]
    [InlineData("ConcentrationMedium", 2, 0.47, 0.82)]
    [InlineData("ConcentrationHard", 13, -0.82, 0.70)]
    public void Remembering_cards_finds_pairs(string name, int classes, double guessing, double remembering)
    {
        AssertEarns(guessing, name, new ConcentrationGuess(classes), 500);
        AssertEarns(remembering, name, new ConcentrationMemory(classes), 200, isReference: true);
    }

    [Theory]
    [InlineData("MultiarmedBanditEasy", 10, 0.70, 0.64)]
    [InlineData("MultiarmedBanditMedium", 20, 0.77, 0.74)]
    [InlineData("MultiarmedBanditHard", 30, 0.80, 0.77)]
    public void Remembering_wins_finds_good_arms(string name, int arms, double greedy, double thompson)
    {
        AssertEarns(greedy, name, new BanditGreedy(arms), 1000, isReference: true);
        AssertEarns(thompson, name, new BanditThompson(arms), 200);
    }

    [Theory]
    [InlineData("VelocityOnlyCartPoleEasy")]
    [InlineData("VelocityOnlyCartPoleMedium")]
    [InlineData("VelocityOnlyCartPoleHard")]
    public void Adding_up_velocities_balances_to_the_end(string name) => AssertPerfect(name, new CartPoleIntegrator());

    [Fact]
    public void A_pendulum_whose_speed_is_seen_costs_as_much_as_one_whose_speed_is_reckoned()
    {
        // PositionOnlyPendulumEasy is the same task: 0.9053 = 1 - cost / (200 B) with B = 8.1368 is a cost of 154.1, standard error 2.0.
        using var environment = new Suite.Pendulum();
        (double mean, double error) = Players.Mean(new PendulumPlayer((1, 20)).Play(environment, 400, seed: 2));
        double tolerance = 3 * Math.Sqrt((error * error) + (2.0 * 2.0));
        Assert.InRange(mean, -154.1 - tolerance, -154.1 + tolerance);
        Assert.InRange(EnvironmentRegistry.Get("Pendulum").ReferenceReturn!.Value, mean - (3 * error), mean + (3 * error));
    }

    // Scripts/control_players.py, 2000 episodes each, gives the last two numbers: the mean and its standard error.
    [Theory]
    [InlineData("PositionOnlyPendulumEasy", 1, 20, 0.9053, 0.0012)]
    [InlineData("PositionOnlyPendulumMedium", 1, 20, 0.8797, 0.0016)]
    [InlineData("PositionOnlyPendulumHard", 1, 20, 0.8173, 0.0026)]
    [InlineData("NoisyPositionOnlyPendulumEasy", 0.3, 1.2, 0.8849, 0.0014)]
    [InlineData("NoisyPositionOnlyPendulumMedium", 0.3, 1.2, 0.6948, 0.0018)]
    [InlineData("NoisyPositionOnlyPendulumHard", 0.3, 1.2, 0.5794, 0.0016)]
    public void Following_a_pendulum_with_a_model_swings_it_up(string name, double angle, double speed, double expected, double expectedError) =>
        AssertEarns(expected, expectedError, name, new PendulumPlayer((angle, speed)), 400);

    [Theory]
    [InlineData("NoisyPositionOnlyCartPoleEasy", 0.1, 0.9550, 0.0029)]
    [InlineData("NoisyPositionOnlyCartPoleMedium", 0.2, 0.5400, 0.0058)]
    [InlineData("NoisyPositionOnlyCartPoleHard", 0.3, 0.3571, 0.0042)]
    public void Filtering_the_noise_out_balances_for_a_while(string name, double sigma, double expected, double expectedError) =>
        AssertEarns(expected, expectedError, name, new CartPolePlayer(sigma), 300);

    private static void AssertPerfect(string name, ScriptedPlayer player)
    {
        using IEnvironment environment = EnvironmentRegistry.Get(name).Create();
        Assert.All(player.Play(environment, 20, seed: 1), earned => Assert.Equal(1, earned, 1e-5));
        Assert.Equal(1, EnvironmentRegistry.Get(name).ReferenceReturn);
    }

    /// <summary>Compares with a mean that is known to two digits, from at least 300 episodes.</summary>
    private static void AssertEarns(double expected, string name, ScriptedPlayer player, int episodes, bool isReference = false)
    {
        (double mean, double error) = Play(name, player, episodes);
        AssertNear(mean, expected, Rounding + (3 * error * Math.Sqrt(1 + ((double)episodes / LeastEpisodes))));
        if (isReference) AssertIsReference(name, mean, error);
    }

    /// <summary>Compares with a mean whose standard error is known.</summary>
    private static void AssertEarns(double expected, double expectedError, string name, ScriptedPlayer player, int episodes)
    {
        (double mean, double error) = Play(name, player, episodes);
        AssertNear(mean, expected, 3 * Math.Sqrt((error * error) + (expectedError * expectedError)));
        AssertIsReference(name, mean, error);
    }

    private static (double Mean, double Error) Play(string name, ScriptedPlayer player, int episodes)
    {
        using IEnvironment environment = EnvironmentRegistry.Get(name).Create();
        return Players.Mean(player.Play(environment, episodes, seed: 1));
    }

    private static void AssertIsReference(string name, double mean, double error) => AssertNear(mean, EnvironmentRegistry.Get(name).ReferenceReturn!.Value, Rounding + (3 * error));

    private static void AssertNear(double mean, double expected, double tolerance) => Assert.InRange(mean, expected - tolerance, expected + tolerance);
}
