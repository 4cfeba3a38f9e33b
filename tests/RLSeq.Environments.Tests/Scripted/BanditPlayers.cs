namespace RLSeq.Environments.Tests;

/// <summary>Pulls the arm that has won most of its pulls, all counted from three wins in four pulls on: what is unknown looks good.</summary>
internal class BanditGreedy(int arms) : ScriptedPlayer
{
    private readonly int[] _wins = new int[arms], _pulls = new int[arms];
    private int _arm;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        Array.Clear(_wins);
        Array.Clear(_pulls);
    }

    public override void Act(ref RandomSource random, Span<float> action)
    {
        double best = double.NegativeInfinity;
        for (int arm = 0; arm < arms; arm++)
        {
            double value = Value(ref random, _wins[arm], _pulls[arm]);
            if (value <= best) continue;
            (best, _arm) = (value, arm);
        }
        action[0] = _arm;
    }

    public override void See(ReadOnlySpan<float> observation)
    {
        _pulls[_arm]++;
        _wins[_arm] += (int)observation[0];
    }

    protected virtual double Value(ref RandomSource random, int wins, int pulls) => (wins + 3.0) / (pulls + 4);
}

/// <summary>Thompson sampling (1933): pulls each arm as often as it believes that it is the best.</summary>
internal sealed class BanditThompson(int arms) : BanditGreedy(arms)
{
    /// <summary>Draws from the beta distribution of the arm's win probability.</summary>
    protected override double Value(ref RandomSource random, int wins, int pulls)
    {
        double a = Gamma(ref random, wins + 1), b = Gamma(ref random, pulls - wins + 1);
        return a / (a + b);
    }

    /// <summary>A draw from a gamma distribution with a shape of at least 1 (Marsaglia and Tsang 2000).</summary>
    private static double Gamma(ref RandomSource random, double shape)
    {
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextGaussian(), v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }
}

/// <summary>Is told the win probabilities.</summary>
internal sealed class BanditOracle(Func<int> best) : ScriptedPlayer
{
    public override void Act(ref RandomSource random, Span<float> action) => action[0] = best();
}
