using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class CartPoleTests
{
    // Xoshiro is the generator of the script in RandomSourceTests.
    //
    // import math, struct
    // def f32(x): return struct.unpack("<f", struct.pack("<f", x))[0]     # what the observation shows
    // def step(s, right):
    //     x, v, a, w = s
    //     f = 10.0 if right else -10.0
    //     c, n = math.cos(a), math.sin(a)
    //     t = (f + 0.1 * 0.5 * w ** 2 * n) / 1.1
    //     wa = (9.8 * n - c * t) / (0.5 * (4.0 / 3.0 - 0.1 * c ** 2 / 1.1))
    //     va = t - 0.1 * 0.5 * wa * c / 1.1
    //     return x + 0.02 * v, v + 0.02 * va, a + 0.02 * w, w + 0.02 * wa
    // for seed, rule in ((1, lambda s, i: i % 2), (2, lambda s, i: 1), (3, lambda s, i: f32(s[2]) + f32(s[3]) > 0), (4, lambda s, i: s[2] > 0)):
    //     g = Xoshiro(seed)
    //     s = tuple(-0.05 + 0.1 * g.double() for _ in range(4))
    //     i = 0
    //     while i < 500:
    //         s = step(s, rule(s, i)); i += 1
    //         if i in (1, 5, 60): print(seed, i, s)
    //         if abs(s[0]) > 2.4 or abs(s[2]) > 12 * 2 * math.pi / 360: break
    //     print(seed, "end", i, s)
    //
    // The last state given is that of step 60 or of the end, whichever is first: balancing by full pushes is chaotic, and after 500
    // steps the last bit of a cosine decides.
    public static TheoryData<ulong, int, float[], float[], float[]> Trajectories => new()
    {
        { 1, 31, [0.0203330566f, -0.193183778f, 0.00719322721f, 0.284144668f], [0.0126660593f, -0.193914689f, 0.0185964808f, 0.300302876f], [-0.0424895446f, -0.224429265f, 0.211402009f, 0.99363629f] },
        { 2, 9, [-0.0393310541f, 0.218112316f, -0.031108051f, -0.277699134f], [0.00159052671f, 1.00093428f, -0.0897730157f, -1.50408987f], [0.105205416f, 1.78567924f, -0.249086124f, -2.83399597f] },
        { 3, 500, [0.0193449915f, -0.180648706f, -0.0281058394f, 0.287058477f], [0.0127407578f, -0.179364607f, -0.0177990139f, 0.258646391f], [-0.00227754197f, 0.0145562946f, 0.0165005174f, -0.00759610874f] },
        { 4, 41, [-0.0228336435f, -0.153887253f, -0.00470819262f, 0.338646095f], [-0.0351459734f, 0.235869863f, 0.0224134141f, -0.236064264f], [0.224949756f, 0.233750033f, -0.214891475f, -0.193609782f] },
    };

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void Trajectories_are_those_of_the_reference(ulong seed, int length, float[] first, float[] fifth, float[] last)
    {
        using var environment = new CartPole();
        float[] observation = new float[4];
        environment.Reset(seed, observation);
        for (int i = 0; i < length; i++)
        {
            bool right = seed switch { 1 => i % 2 == 1, 2 => true, 3 => observation[2] + observation[3] > 0, _ => observation[2] > 0 };
            StepResult result = environment.Step([right ? 1 : 0], observation);
            Assert.Equal(new(1, Terminated: i == length - 1 && length < 500, Truncated: i == 499), result);
            if (i == 0) AssertClose(first, observation);
            if (i == 4) AssertClose(fifth, observation);
            if (i == Math.Min(length, 60) - 1) AssertClose(last, observation);
        }
    }

    [Fact]
    public void A_cart_that_leaves_the_track_fails_too()
    {
        // Keeps the pole leaning to the right, and so accelerates to the right until the track ends.
        using var environment = new CartPole();
        float[] observation = new float[4];
        environment.Reset(1, observation);
        StepResult result = default;
        float before = 0;
        while (!result.Done)
        {
            before = observation[0];
            result = environment.Step([observation[2] + (0.5f * observation[3]) > 0.05f ? 1 : 0], observation);
        }
        Assert.True(result.Terminated);
        Assert.InRange(before, 2, 2.4f);
        Assert.InRange(observation[0], 2.4f, 2.5f);
        Assert.InRange(observation[2], -0.2f, 0.2f);
    }

    [Fact]
    public void Position_only_is_cart_pole_without_velocities()
    {
        using var whole = new CartPole();
        using var partial = new PositionOnlyCartPole(Difficulty.Hard);
        float[] all = new float[4], positions = new float[2];
        whole.Reset(3, all);
        partial.Reset(3, positions);
        for (int step = 1; step <= 500; step++)
        {
            Assert.Equal([all[0], all[2]], positions);
            float action = all[2] + all[3] > 0 ? 1 : 0;
            whole.Step([action], all);
            Assert.Equal(new(1f / 600, Terminated: false, Truncated: false), partial.Step([action], positions));
        }
    }

    [Theory]
    [InlineData(Difficulty.Easy, 200)]
    [InlineData(Difficulty.Medium, 400)]
    [InlineData(Difficulty.Hard, 600)]
    public void Who_remembers_the_last_position_balances_to_the_end_and_who_does_not_falls(Difficulty difficulty, int limit)
    {
        using var environment = new PositionOnlyCartPole(difficulty);
        Players.Episode remembers = Players.Play(environment, 8, seen => Lean(seen[^1], seen.Count > 1 ? seen[^2] : seen[^1]) > 0 ? 1 : 0);
        Assert.Equal(limit, remembers.Length);
        Assert.True(remembers.Truncated);
        Assert.False(remembers.Terminated);
        Assert.Equal(1, remembers.Return, 4);
        Assert.InRange(Players.Play(environment, 8, seen => seen[^1][1] > 0 ? 1 : 0).Return, 0, 0.5);

        static float Lean(float[] now, float[] before) => now[1] + ((now[1] - before[1]) / 0.02f) + (0.1f * now[0]) + (0.1f * (now[0] - before[0]) / 0.02f);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }
}
