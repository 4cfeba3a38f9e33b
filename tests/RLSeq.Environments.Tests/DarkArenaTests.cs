using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class DarkArenaTests
{
    private const int Coins = 6, FirstHunter = 4 + (3 * Coins);

    [Fact]
    public void Who_remembers_the_coins_earns_more_than_who_must_search_for_them()
    {
        // The same script with and without memory, and with all that is hidden: of that it needs the coins alone, which it remembers.
        using var environment = new DarkArena();
        (double free, double freeError) = Mean(remembers: false);
        (double remembering, double error) = Mean(remembers: true);
        double reference = EnvironmentRegistry.Get("DarkArena").ReferenceReturn!.Value;
        Assert.InRange(remembering, reference - (3 * error), reference + (3 * error));
        Assert.InRange(remembering - free, 3 * Math.Sqrt((error * error) + (freeError * freeError)), 0.4);
        for (ulong seed = 0; seed < 20; seed++) Assert.Equal(Play(environment, seed, remembers: true, seesAll: false), Play(environment, seed, remembers: true, seesAll: true));

        (double Mean, double Error) Mean(bool remembers) =>
            Players.Mean([.. Enumerable.Range(0, 300).Select(i => Play(environment, (ulong)i, remembers, seesAll: false).Return)]);
    }

    [Fact]
    public void Coins_are_lit_for_a_second_and_later_seen_within_three_metres()
    {
        using var environment = new DarkArena();
        float[] seen = new float[environment.ObservationSpace.Size], state = new float[environment.FullStateSpace.Size];
        for (ulong seed = 0; seed < 20; seed++)
        {
            environment.Reset(seed, seen);
            for (int tick = 1; tick <= 200 && !environment.Step([1 + (tick / 40)], seen).Done; tick++)
            {
                environment.WriteFullState(state);
                for (int i = 4; i < seen.Length; i += 3)
                {
                    bool near = Distance(16 * state[i + 1], 12 * state[i + 2]) < 3, lit = i < FirstHunter && tick < 60;
                    Assert.Equal(state[i] == 1 && (near || lit) ? state[i..(i + 3)] : [0f, 0f, 0f], seen[i..(i + 3)]);
                }
            }
        }
    }

    [Fact]
    public void A_player_nears_its_speed_as_one_minus_a_power_and_stops_at_the_wall()
    {
        // Each tick closes a fifth of the gap to 4 m/s: after n ticks 4 (1 - 0.8^n), and 1/60 s of each on the way.
        using var environment = new DarkArena();
        float[] seen = new float[environment.ObservationSpace.Size];
        environment.Reset(FirstCalm(environment), seen);
        double place = 8;
        for (int n = 1; n <= 200; n++)
        {
            if (environment.Step([3], seen).Done) break;
            double speed = 4 * (1 - Math.Pow(0.8, n));
            place += speed / 60;
            if (place > 15.6)
            {
                Assert.Equal([0.95f, 0f], (float[])[seen[0], seen[2]]);
                return;
            }
            Assert.Equal((place / 8) - 1, seen[0], 1e-5);
            Assert.Equal(speed / 4, seen[2], 1e-5);
        }
        Assert.Fail("The wall was not reached.");
    }

    // The means come from the rules written down once more in Python; 3,000 episodes each: DarkArena -0.907 +- 0.005, FogPong -0.684 +- 0.009.
    [Theory]
    [InlineData("DarkArena", -0.907, 0.0053)]
    [InlineData("FogPong", -0.6841, 0.0093)]
    public void Random_play_earns_the_known_return_within_three_standard_errors(string name, double expected, double expectedError) =>
        RandomReturns.AssertKnown(name, expected, episodes: 500, largestError: 0.03, expectedError);

    /// <summary>A seed whose player reaches the right wall unharmed.</summary>
    private static ulong FirstCalm(DarkArena environment)
    {
        for (ulong seed = 0; ; seed++)
            if (Players.Play(environment, seed, _ => 3).Length > 200) return seed;
    }

    /// <summary>Runs to the nearest coin that it knows of, away from a hunter that is near; without a coin it walks along the middle of the arena.</summary>
    private static Players.Episode Play(DarkArena environment, ulong seed, bool remembers, bool seesAll)
    {
        float[] seen = new float[environment.ObservationSpace.Size], state = new float[environment.FullStateSpace.Size];
        environment.Reset(seed, seen);
        var known = new (double X, double Y)?[Coins];
        double sum = 0;
        int patrol = 0;
        for (int tick = 1; ; tick++)
        {
            if (seesAll)
            {
                environment.WriteFullState(state);
                state.AsSpan(0, seen.Length).CopyTo(seen);
            }
            double x = 8 * (seen[0] + 1), y = 6 * (seen[1] + 1), bestDistance = double.MaxValue;
            (double X, double Y)? goal = null;
            for (int i = 0; i < Coins; i++)
            {
                ReadOnlySpan<float> coin = seen.AsSpan(4 + (3 * i), 3);
                if (coin[0] == 1) known[i] = (x + (16 * coin[1]), y + (12 * coin[2]));
                else if (!remembers || (known[i] is var (kx, ky) && Distance(kx - x, ky - y) < 1)) known[i] = null;
                if (known[i] is not var (cx, cy) || Distance(cx - x, cy - y) >= bestDistance) continue;
                (goal, bestDistance) = ((cx, cy), Distance(cx - x, cy - y));
            }
            if (goal is null)
            {
                (double X, double Y)[] round = [(3, 3), (13, 3), (13, 6), (3, 6), (3, 9), (13, 9)];
                if (Distance(round[patrol].X - x, round[patrol].Y - y) < 1) patrol = (patrol + 1) % round.Length;
                goal = round[patrol];
            }
            (double dx, double dy) = Unit(goal.Value.X - x, goal.Value.Y - y);
            for (int i = FirstHunter; i < FirstHunter + 6; i += 3)
            {
                if (seen[i] == 0) continue;
                double hx = 16 * seen[i + 1], hy = 12 * seen[i + 2], distance = Distance(hx, hy);
                if (distance > 2.8) continue;

                // Around it, on the side on which the goal lies, and away from it the more the nearer it is.
                (double ax, double ay) = Unit(-hx, -hy);
                double side = (ax * dy) - (ay * dx) > 0 ? 1 : -1, weight = 3 * (2.8 - distance);
                (dx, dy) = (dx + (weight * ax) - (side * ay), dy + (weight * ay) + (side * ax));
            }
            StepResult result = environment.Step([Heading(dx, dy)], seen);
            sum += result.Reward;
            if (result.Done) return new(sum, tick, result.Terminated, result.Truncated);
        }
    }

    private static float Heading(double dx, double dy) => 1 + (((int)Math.Round(Math.Atan2(dx, -dy) / (Math.PI / 4)) + 8) % 8);

    private static double Distance(double dx, double dy) => Math.Sqrt((dx * dx) + (dy * dy));

    private static (double X, double Y) Unit(double dx, double dy) => Distance(dx, dy) is var length and > 0 ? (dx / length, dy / length) : (0, 0);
}
