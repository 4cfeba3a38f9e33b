using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>How far distributions are from each other, and when actions count as the same.</summary>
public sealed class DivergenceTests
{
    [Fact]
    public void Of_categorical_ones_it_is_the_sum_over_the_components()
    {
        var distribution = new CategoricalDistribution([2, 3]);
        float[] p = [0.3f, -1f, 0f, 1f, 2f], q = [0f, 0f, 0.5f, -1f, 2f];
        double expected = Kl(p[..2], q[..2]) + Kl(p[2..], q[2..]);
        Near.Equal(expected, distribution.Divergence(p, q), 1e-6, "KL");
        Near.Equal(0, distribution.Divergence(p, p), 1e-9, "of itself");
        Assert.NotEqual(expected, distribution.Divergence(q, p), 3);
    }

    [Fact]
    public void A_forbidden_choice_adds_nothing()
    {
        var distribution = new CategoricalDistribution([3]);
        float[] p = [0.3f, -1f, float.NegativeInfinity], q = [0f, 0f, float.NegativeInfinity];
        Near.Equal(Kl(p[..2], q[..2]), distribution.Divergence(p, q), 1e-6, "KL");
    }

    /// <summary>Against the integral of p log(p / q), by the midpoint rule.</summary>
    [Fact]
    public void Of_Gaussians_it_is_the_integral()
    {
        var distribution = new GaussianDistribution((BoxSpace)Space.Box(-3, 5, 1));
        float[] p = [0.2f, -0.5f], q = [-0.1f, 0.1f]; // mean and logarithm of the deviation, in units of the box
        double integral = 0;
        const double Width = 1e-3;
        for (double x = -8; x < 8; x += Width) integral += Width * Density(x, p) * Math.Log(Density(x, p) / Density(x, q));
        Near.Equal(integral, distribution.Divergence(p, q), 1e-5, "KL");
        Near.Equal(0, distribution.Divergence(p, p), 1e-9, "of itself");

        static double Density(double x, float[] parameters)
        {
            double deviation = Math.Exp(parameters[1]), z = (x - parameters[0]) / deviation;
            return Math.Exp(-0.5 * z * z) / (deviation * Math.Sqrt(2 * Math.PI));
        }
    }

    [Fact]
    public void Of_mixed_ones_it_is_the_sum_over_the_parts()
    {
        var categorical = new CategoricalDistribution([3]);
        var gaussian = new GaussianDistribution((BoxSpace)Space.Box(-1, 1, 2));
        var joint = new JointDistribution([categorical, gaussian]);
        float[] p = [0.3f, -1f, 0f, 0.1f, 0.2f, -0.3f, 0.4f], q = [0f, 0f, 1f, 0.3f, -0.2f, 0f, 0.1f];
        Near.Equal(categorical.Divergence(p.AsSpan(..3), q.AsSpan(..3)) + gaussian.Divergence(p.AsSpan(3..), q.AsSpan(3..)), joint.Divergence(p, q), 1e-12, "KL");
    }

    [Fact]
    public void Choices_agree_when_equal_and_numbers_within_a_hundredth_of_their_deviation()
    {
        var joint = new JointDistribution([new CategoricalDistribution([300]), new GaussianDistribution((BoxSpace)Space.Box(-2, 2, 1))]);
        float[] parameters = new float[302];
        parameters[^1] = (float)Math.Log(0.5); // a deviation of 0.5 half widths of 2: 1
        Assert.True(joint.Agree(parameters, [299, 0.5f], [299, 0.5095f]));
        Assert.False(joint.Agree(parameters, [299, 0.5f], [299, 0.5105f]));
        Assert.False(joint.Agree(parameters, [299, 0.5f], [298, 0.5f]));
        Assert.False(joint.Agree(parameters, [299, 0.5f], [299, float.NaN]));
    }

    private static double Kl(float[] p, float[] q)
    {
        double pSum = p.Sum(x => Math.Exp(x)), qSum = q.Sum(x => Math.Exp(x));
        return p.Zip(q, (x, y) => Math.Exp(x) / pSum * (x - y - Math.Log(pSum) + Math.Log(qSum))).Sum();
    }
}
