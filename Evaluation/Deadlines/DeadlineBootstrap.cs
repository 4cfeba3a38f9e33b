using System.Numerics;
using System.Runtime.InteropServices;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// The two-level bootstrap of <see cref="ReturnEstimate"/> for a whole curve at once: a replicate draws seeds with replacement, then, inside
/// each, its episodes, and takes their returns at <i>all</i> deadlines. So what a seed's policy or an episode shares between the deadlines stays
/// shared, and figures that compare deadlines with each other have intervals as narrow as the data allow.
/// </summary>
/// <remarks>The draws come in the order of <see cref="ReturnEstimate"/>, so that the same returns get the same interval from both.</remarks>
internal static class DeadlineBootstrap
{
    /// <summary>The mean over seeds of each seed's mean over episodes, for every column.</summary>
    public static double[] Means(DeadlineReturns returns)
    {
        var (sums, means) = (new double[returns.Columns], new double[returns.Columns]);
        foreach (double[] seed in returns.Seeds)
        {
            Array.Clear(sums);
            int episodes = seed.Length / returns.Columns;
            for (int episode = 0; episode < episodes; episode++) Add(sums, seed.AsSpan(episode * returns.Columns, returns.Columns));
            AddMean(means, sums, episodes);
        }
        return Divide(means, returns.Seeds.Length);
    }

    /// <summary>Visits the means of every resample.</summary>
    /// <param name="returns">The returns.</param>
    /// <param name="options">Replicates and seed.</param>
    /// <param name="visit">Gets the replicate's number and the means of the columns, which are reused.</param>
    public static void Resample(DeadlineReturns returns, BootstrapOptions options, Action<int, double[]> visit)
    {
        var random = new RandomSource(options.Seed);
        var (sums, means) = (new double[returns.Columns], new double[returns.Columns]);
        for (int replicate = 0; replicate < options.Replicates; replicate++)
        {
            Array.Clear(means);
            for (int i = 0; i < returns.Seeds.Length; i++)
            {
                double[] seed = returns.Seeds[random.NextInt(returns.Seeds.Length)];
                int episodes = seed.Length / returns.Columns;
                Array.Clear(sums);
                for (int episode = 0; episode < episodes; episode++) Add(sums, seed.AsSpan(random.NextInt(episodes) * returns.Columns, returns.Columns));
                AddMean(means, sums, episodes);
            }
            visit(replicate, Divide(means, returns.Seeds.Length));
        }
    }

    private static void Add(Span<double> sums, ReadOnlySpan<double> row)
    {
        Span<Vector<double>> wideSums = MemoryMarshal.Cast<double, Vector<double>>(sums);
        ReadOnlySpan<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (int i = 0; i < wide.Length; i++) wideSums[i] += wide[i];
        for (int i = wide.Length * Vector<double>.Count; i < row.Length; i++) sums[i] += row[i];
    }

    private static void AddMean(double[] means, double[] sums, int episodes)
    {
        for (int i = 0; i < means.Length; i++) means[i] += sums[i] / episodes;
    }

    private static double[] Divide(double[] sums, int count)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] /= count;
        return sums;
    }
}
