namespace RLSeq.Agents.Tests;

public sealed class CategoricalDistributionTests
{
    private static readonly float[] Logits = [0.3f, -1.2f, 2f, float.NegativeInfinity, 0.9f];

    [Fact]
    public void Samples_follow_the_softmax()
    {
        var distribution = new CategoricalDistribution([5]);
        const int Draws = 20_000;
        int[] counts = new int[5];
        float[] action = new float[1];
        for (int i = 0; i < Draws; i++)
        {
            var random = new CounterRandom(11, 0, (ulong)i);
            distribution.Sample(Logits, ref random, action);
            counts[(int)action[0]]++;
        }
        double[] p = Probabilities(Logits);
        Assert.Equal(0, counts[3]);
        double chiSquare = Enumerable.Range(0, 5).Where(i => p[i] > 0).Sum(i => Math.Pow(counts[i] - (Draws * p[i]), 2) / (Draws * p[i]));
        Assert.InRange(chiSquare, 0, 16.27); // 3 degrees of freedom, p = 0.001
    }

    [Fact]
    public void Log_probabilities_mode_and_entropy_are_those_of_the_softmax()
    {
        var distribution = new CategoricalDistribution([5]);
        double[] p = Probabilities(Logits);
        float[] action = new float[1];
        for (int i = 0; i < 5; i++)
            if (p[i] > 0) Near.Equal(Math.Log(p[i]), distribution.LogProbability(Logits, [i]), 1e-6, $"choice {i}");
        Assert.Equal(float.NegativeInfinity, distribution.LogProbability(Logits, [3]));
        Near.Equal(Math.Log(p[2]), distribution.Mode(Logits, action), 1e-6, "mode");
        Assert.Equal(2, action[0]);
        Near.Equal(-p.Where(x => x > 0).Sum(x => x * Math.Log(x)), distribution.Entropy(Logits), 1e-6, "entropy");
        for (ulong step = 0; step < 50; step++)
        {
            var random = new CounterRandom(1, 2, step);
            float logProbability = distribution.Sample(Logits, ref random, action);
            Assert.Equal(distribution.LogProbability(Logits, action), logProbability);
        }
    }

    [Fact]
    public void Several_components_are_independent_choices()
    {
        var distribution = new CategoricalDistribution([2, 3]);
        float[] logits = [1, 0, 0, 2, 1], action = new float[2];
        Assert.Equal((5, 2), (distribution.Parameters, distribution.ActionSize));
        double[] first = Probabilities(logits[..2]), second = Probabilities(logits[2..]);
        Near.Equal(Math.Log(first[1] * second[2]), distribution.LogProbability(logits, [1, 2]), 1e-6, "joint");
        distribution.Mode(logits, action);
        Assert.Equal([0f, 1f], action);
        Near.Equal(-first.Sum(x => x * Math.Log(x)) - second.Sum(x => x * Math.Log(x)), distribution.Entropy(logits), 1e-6, "entropy");
        int[,] counts = new int[2, 3];
        for (int i = 0; i < 20_000; i++)
        {
            var random = new CounterRandom(5, 0, (ulong)i);
            distribution.Sample(logits, ref random, action);
            counts[(int)action[0], (int)action[1]]++;
        }
        double chiSquare = 0;
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++) chiSquare += Math.Pow(counts[i, j] - (20_000 * first[i] * second[j]), 2) / (20_000 * first[i] * second[j]);
        Assert.InRange(chiSquare, 0, 20.52); // 5 degrees of freedom, p = 0.001
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        var distribution = new CategoricalDistribution([2]);
        foreach (float[] logits in new float[][] { [float.NaN, 1], [1, float.NaN], [float.NegativeInfinity, float.NegativeInfinity], [float.PositiveInfinity, 0] })
        {
            Assert.Throws<ArithmeticException>(() => distribution.Mode(logits, new float[1]));
            Assert.Throws<ArithmeticException>(() =>
            {
                var random = new CounterRandom(0, 0, 0);
                distribution.Sample(logits, ref random, new float[1]);
            });
        }
    }

    private static double[] Probabilities(float[] logits)
    {
        double max = logits.Max();
        double[] e = [.. logits.Select(x => Math.Exp(x - max))];
        return [.. e.Select(x => x / e.Sum())];
    }
}
