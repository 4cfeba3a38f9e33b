using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

public sealed class ScalingTests
{
    // The expected numbers, with numpy:
    //
    // gamma = 0.9
    // r = [np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 0.25]]), np.array([[-1.0, 4.0], [1.5, 0.0], [0.5, -0.5]])]
    // d = [np.array([[0, 0], [1, 0], [0, 0]]), np.array([[0, 0], [0, 1], [0, 0]])]
    // g = np.zeros(2); seen = []
    // for rewards, done in zip(r, d):
    //     for t in range(3):
    //         g = gamma * g + rewards[t]; seen += list(g); g = np.where(done[t], 0, g)
    //     print((rewards / np.sqrt(np.var(seen) + 1e-8)).flatten().round(7).tolist())
    [Fact]
    public void Rewards_are_divided_by_the_deviation_of_all_discounted_sums()
    {
        var scale = new RewardScale(2);
        float[] first = [1, -2, 0.5f, 3, 2, 0.25f], second = [-1, 4, 1.5f, 0, 0.5f, -0.5f];
        scale.Apply(first, [false, false, true, false, false, false], 0.9);
        Near([0.7700634, -1.5401269, 0.3850317, 2.3101903, 1.5401269, 0.1925159], first, 1e-6);

        // What a checkpoint keeps is all that the second rollout needs.
        var restored = new RewardScale(2);
        restored.Restore(scale.Values);
        float[] again = [.. second];
        scale.Apply(second, [false, false, false, true, false, false], 0.9);
        restored.Apply(again, [false, false, false, true, false, false], 0.9);
        Near([-0.5321859, 2.1287436, 0.7982788, 0.0, 0.2660929, -0.2660929], second, 1e-6);
        Assert.Equal(second, again);
    }

    [Theory, InlineData(1f), InlineData(-1f)]
    public void A_scaled_reward_is_clamped_to_ten(float reward)
    {
        // One reward of 1 among n - 1 zeros has the variance (n - 1) / n², so it would become n / √(n - 1): 12.3 for 150, 7.1 for 50.
        float[] rare = new float[150], common = new float[50];
        (rare[^1], common[^1]) = (reward, reward);
        new RewardScale(1).Apply(rare, new bool[150], 0.9);
        new RewardScale(1).Apply(common, new bool[50], 0.9);
        Assert.Equal(10 * reward, rare[^1]);
        Assert.Equal(reward * 50 / 7, common[^1], 1e-3);
    }

    [Fact]
    public void Observations_are_normalised_by_the_mean_and_deviation_of_all_rollouts()
    {
        var statistics = new ObservationStatistics(Space.Tuple(Space.Discrete(3), Space.Box(-100, 100, 2), Space.MultiDiscrete(2, 2), Space.Bytes(1), Space.Box(-9, 9, 1)));
        Assert.Equal(3 + 2 + 4 + 1 + 1, statistics.ToNormalization().Mean.Length);
        Assert.All(statistics.ToNormalization().Mean, mean => Assert.Equal(0, mean));
        Assert.All(statistics.ToNormalization().Scale, scale => Assert.Equal(1, scale));

        // Raw rows: discrete, box [2], multi-discrete [2], byte, box [1].
        statistics.Add([2, 1, 10, 1, 0, 200, -1, 0, 3, 10, 0, 1, 100, -1], 7);
        Assert.Equal(2, statistics.Count);
        Check(statistics, (2, 1), (10, 0), (-1, 0));

        // Together: 1, 3, 5, 7 (mean 4, variance 5), 10, 10, 20, 40 (mean 20, variance 150) and -1, -1, 1, 1 (mean 0, variance 1).
        float[] second = [1, 5, 20, 0, 0, 7, 1, 1, 7, 40, 1, 1, 9, 1];
        var restored = new ObservationStatistics(Space.Tuple(Space.Discrete(3), Space.Box(-100, 100, 2), Space.MultiDiscrete(2, 2), Space.Bytes(1), Space.Box(-9, 9, 1)));
        restored.Restore(statistics.Count, statistics.Values);
        statistics.Add(second, 7);
        restored.Add(second, 7);
        Assert.Equal(4, statistics.Count);
        Check(statistics, (4, 5), (20, 150), (0, 1));
        Check(restored, (4, 5), (20, 150), (0, 1));
    }

    /// <summary>Discrete and byte elements pass unchanged; the three continuous elements have these means and variances.</summary>
    private static void Check(ObservationStatistics statistics, params ReadOnlySpan<(double Mean, double Variance)> moments)
    {
        var mean = new double[11];
        double[] scale = [.. Enumerable.Repeat(1.0, 11)];
        int[] places = [3, 4, 10];
        for (int i = 0; i < places.Length; i++) (mean[places[i]], scale[places[i]]) = (moments[i].Mean, 1 / Math.Sqrt(moments[i].Variance + 1e-8));
        ObservationNormalization normalization = statistics.ToNormalization();
        Near(mean, normalization.Mean, 1e-5);
        Near(scale, normalization.Scale, 1e-5);
        Assert.Equal(10, normalization.Clip);
    }

    private static void Near(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"Element {i}: {actual[i]} instead of {expected[i]}.");
    }
}
