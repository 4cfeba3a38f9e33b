using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class PendulumTests
{
    // Xoshiro is the generator of the script in RandomSourceTests.
    //
    // import math
    // for seed, rule in ((1, lambda w: 2.0 if w > 0 else -2.0), (2, lambda w: 0.0), (3, lambda w: 2.0)):
    //     g = Xoshiro(seed)
    //     t, w, total = math.pi * (2 * g.double() - 1), 2 * g.double() - 1, 0.0
    //     for i in range(1, 101):
    //         u = rule(w)
    //         a = (t + math.pi) % (2 * math.pi) - math.pi
    //         total += a * a + 0.1 * w * w + 0.001 * u * u
    //         w = max(-8.0, min(8.0, w + (3 * 10 / 2 * math.sin(t) + 3 * u) * 0.05)); t += w * 0.05
    //         if i in (1, 20, 100): print(seed, i, math.cos(t), math.sin(t), w, total)
    public static TheoryData<ulong, float[], float[], float[]> Trajectories => new()
    {
        { 1, [0.240504765f, 0.970647958f, 1.05829999f, 1.62978054f], [0.539962393f, 0.841689144f, 7.60642089f, 135.541058f], [0.566072697f, -0.824355325f, 6.54997953f, 837.47794f] },
        { 2, [-0.800835819f, -0.598883955f, 0.00192956027f, 6.26825515f], [-0.850413719f, 0.526114537f, 1.03768266f, 150.856071f], [-0.799728316f, -0.600362074f, 0.353968844f, 778.576611f] },
        { 3, [0.304106903f, 0.952637912f, 1.27959605f, 1.44666774f], [0.51663766f, 0.85620414f, 7.68556162f, 136.393728f], [0.582103667f, -0.813114581f, 6.53348252f, 838.211413f] },
    };

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void Trajectories_are_those_of_the_reference(ulong seed, float[] first, float[] twentieth, float[] hundredth)
    {
        using var environment = new Pendulum();
        float[] observation = new float[3];
        environment.Reset(seed, observation);
        double cost = 0;
        for (int i = 1; i <= 100; i++)
        {
            float torque = seed == 1 ? (observation[2] > 0 ? 2 : -2) : seed == 2 ? 0 : 2;
            StepResult result = environment.Step([torque], observation);
            cost -= result.Reward;
            float[]? expected = i == 1 ? first : i == 20 ? twentieth : i == 100 ? hundredth : null;
            if (expected is null) continue;
            for (int j = 0; j < 3; j++) Assert.Equal(expected[j], observation[j], 1e-5f);
            Assert.Equal(expected[3], (float)cost, 1e-3f);
        }
    }

    [Theory]
    [InlineData(Difficulty.Easy, 200)]
    [InlineData(Difficulty.Medium, 150)]
    [InlineData(Difficulty.Hard, 100)]
    public void Position_only_is_the_pendulum_without_its_speed_and_with_a_scaled_reward(Difficulty difficulty, int length)
    {
        using var whole = new Pendulum();
        using var partial = new PositionOnlyPendulum(difficulty);
        float[] all = new float[3], position = new float[2], state = new float[3];
        var random = new RandomSource(1);
        whole.Reset(3, all);
        partial.Reset(3, position);
        for (int step = 1; step <= length; step++)
        {
            Assert.Equal(all[..2], position);
            partial.WriteFullState(state);
            Assert.Equal(all, state);
            float[] action = [random.NextFloat(-2, 2)];
            StepResult expected = whole.Step(action, all), result = partial.Step(action, position);
            Assert.Equal((8.1368022f + expected.Reward) / (8.1368022f * length), result.Reward, 1e-7f);
            Assert.Equal((false, step == length), (result.Terminated, result.Truncated));
        }
    }

    [Theory]
    [InlineData(Difficulty.Easy, 0.1)]
    [InlineData(Difficulty.Medium, 0.2)]
    [InlineData(Difficulty.Hard, 0.3)]
    public void Noise_has_its_standard_deviation_and_observations_stay_within_one(Difficulty difficulty, double sigma)
    {
        using var environment = new NoisyPositionOnlyPendulum(difficulty);
        float[] observation = new float[2], state = new float[3];
        List<double> noise = [];
        int clipped = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            environment.Reset(seed, observation);
            for (int step = 1; step <= 200; step++)
            {
                environment.WriteFullState(state);
                for (int i = 0; i < 2; i++)
                {
                    Assert.InRange(observation[i], -1, 1);
                    if (Math.Abs(observation[i]) == 1) clipped++;

                    // Near zero nothing is clipped.
                    if (Math.Abs(state[i]) < 0.1) noise.Add(observation[i] - state[i]);
                }
                Assert.Equal(new(false, step == 200), EndOf(environment.Step([0], observation)));
            }
        }
        (double mean, double error) = Players.Mean(noise);
        Assert.InRange(mean, -3.5 * error, 3.5 * error);
        Assert.InRange(error * Math.Sqrt(noise.Count) / sigma, 1 - (3.5 / Math.Sqrt(2.0 * noise.Count)), 1 + (3.5 / Math.Sqrt(2.0 * noise.Count)));
        Assert.True(clipped > 1000);

        static (bool, bool) EndOf(StepResult result) => (result.Terminated, result.Truncated);
    }
}
