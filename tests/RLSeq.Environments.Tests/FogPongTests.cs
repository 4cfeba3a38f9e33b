using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class FogPongTests
{
    private const int Stay = 0, Up = 1, Down = 2;
    private const double Width = 4, Height = 3;

    [Fact]
    public void Who_remembers_where_the_ball_was_earns_far_more_than_who_follows_it()
    {
        using var environment = new FogPong();
        (double following, double followingError) = Players.Mean([.. Enumerable.Range(0, 200).Select(i => Players.Play(environment, (ulong)i, Follow).Return)]);
        (double predicting, double error) = Players.Mean([.. Enumerable.Range(0, 200).Select(i => Players.Play(environment, (ulong)i, Predict).Return)]);
        double reference = EnvironmentRegistry.Get("FogPong").ReferenceReturn!.Value;
        Assert.InRange(predicting, reference - (3 * error), reference + (3 * error));
        Assert.InRange(following, 0.04 - (3 * followingError), 0.04 + (3 * followingError));
    }

    /// <summary>By name the duel is one player against random play, from either of whom the other's reward is taken.</summary>
    [Fact]
    public void Against_random_play_who_predicts_wins_and_random_play_draws()
    {
        EnvironmentEntry entry = EnvironmentRegistry.Get("FogPongDuel");
        using IEnvironment duel = entry.Create();
        (double predicting, double error) = Players.Mean([.. Enumerable.Range(0, 200).Select(i => Players.Play(duel, (ulong)i, Predict).Return)]);
        Assert.InRange(predicting, entry.ReferenceReturn!.Value - Math.Max(0.01, 3 * error), entry.ReferenceReturn.Value + Math.Max(0.01, 3 * error));
        (double random, double randomError) = Players.Mean([.. Players.PlayRandomly(duel, 300, seed: 1).Select(episode => episode.Return)]);
        Assert.InRange(random, -3 * randomError, 3 * randomError);
        Assert.InRange(randomError, 0.01, 0.1);
    }

    [Fact]
    public void The_ball_flies_straight_bounces_and_is_seen_in_the_own_half_only()
    {
        using var environment = new FogPong();
        float[] seen = new float[6], state = new float[8];
        int bounces = 0, strokes = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            environment.Reset(seed, seen);
            float[] before = new float[8];
            while (true)
            {
                environment.WriteFullState(before);
                bool done = environment.Step([Stay], seen).Done;
                environment.WriteFullState(state);
                Assert.Equal(state[2] <= 0 ? [1f, state[2], state[3]] : [0f, 0f, 0f], seen[1..4]);
                if (done) break;
                if (state[6] != before[6] || state[7] != before[7]) continue;

                // Places are in halves of the court, velocities in 5 m/s.
                if (state[4] == before[4] && state[5] == before[5])
                {
                    Assert.Equal(before[2] + (before[4] * 5 / 60 / (Width / 2)), state[2], 1e-5);
                    Assert.Equal(before[3] + (before[5] * 5 / 60 / (Height / 2)), state[3], 1e-5);
                }
                else if (state[4] == before[4])
                {
                    bounces++;
                    Assert.Equal(-before[5], state[5]);
                    Assert.InRange(Math.Abs(state[3]), 0.94, 0.95); // 1 - 0.08 / 1.5
                }
                else
                {
                    strokes++;
                    double speed = Math.Sqrt((before[4] * before[4]) + (before[5] * before[5]));
                    Assert.Equal(Math.Min(1, 1.05 * speed), Math.Sqrt((state[4] * state[4]) + (state[5] * state[5])), 1e-5);
                    float paddle = state[4] > 0 ? state[0] : state[1];
                    Assert.Equal(0.9 * (state[3] - paddle) * (Height / 2) / 0.43, Math.Atan2(state[5], Math.Abs(state[4])), 1e-4);
                }
            }
        }
        Assert.InRange(bounces, 5, 10_000);
        Assert.InRange(strokes, 20, 10_000);
    }

    /// <summary>Follows the ball where it is seen, else returns to the middle: what needs no memory.</summary>
    private static float Follow(List<float[]> seen) => Towards(seen[^1][0], seen[^1][1] == 1 ? seen[^1][3] : 0);

    /// <summary>Goes where the ball will come, by its velocity: what needs to remember one observation.</summary>
    private static float Predict(List<float[]> seen)
    {
        float[] now = seen[^1], before = seen.Count > 1 ? seen[^2] : now;
        if (now[1] == 0) return Towards(now[0], 0);
        double dx = now[2] - before[2], dy = now[3] - before[3];
        if (before[1] == 0 || dx >= 0) return Towards(now[0], before[1] == 0 ? now[3] : 0);

        // To the paddle's face at 0.28 m; the ball turns at 0.08 m from the walls.
        const double Face = (2 * 0.28 / Width) - 1, Wall = 1 - (2 * 0.08 / Height);
        double y = now[3] + (dy * (now[2] - Face) / -dx);
        while (Math.Abs(y) > Wall) y = (Math.Sign(y) * 2 * Wall) - y;
        return Towards(now[0], y + 0.14); // beside the middle, to send it back at an angle
    }

    private static int Towards(double paddle, double goal) => goal > paddle + 0.03 ? Down : goal < paddle - 0.03 ? Up : Stay;
}
