using System.Globalization;

namespace RLSeq.Evaluation;

/// <summary>Measures of what trained policies earn. Scores have 0 for random actions and 1 for the environment's reference (<see cref="Arm.Score"/>).</summary>
internal static class ReturnMeasures
{
    /// <summary>The mean score of some arms, seed by seed.</summary>
    public static Measure Score(string what, params IReadOnlyList<Arm> arms) =>
        new($"score of {what}", (data, seeds) => [.. seeds.Select(seed => MeanScore(data, arms, seed))]) { Arms = arms };

    /// <summary>The mean score of some arms less that of others, seed by seed: what a seed shares cancels.</summary>
    public static Measure Difference(string first, IReadOnlyList<Arm> firstArms, string second, IReadOnlyList<Arm> secondArms) =>
        new($"score of {first} minus {second}", (data, seeds) => [.. seeds.Select(seed => MeanScore(data, firstArms, seed) - MeanScore(data, secondArms, seed))])
        {
            Arms = [.. firstArms, .. secondArms],
        };

    /// <summary>On every task the best of some arms must reach a score, on the mean over its seeds: two memories that both learned nothing are no tie.</summary>
    public static Control Learned(double least, params IReadOnlyList<Arm> arms) => new(
        string.Create(CultureInfo.InvariantCulture, $"on every task, {Names(arms)} must score at least {least:0.##} on average"),
        least,
        (data, seeds) => Least(arms.GroupBy(arm => arm.Task).Select(task => task.Max(arm => MeanOverSeeds(data, arm, seeds)))))
    {
        Arms = arms,
    };

    /// <summary>The least of some numbers; null where one is missing.</summary>
    public static double? Least(IEnumerable<double?> numbers)
    {
        double?[] all = [.. numbers];
        return Array.Exists(all, number => number is null) ? null : all.Min();
    }

    private static string Names(IReadOnlyList<Arm> arms)
    {
        string[] labels = [.. arms.Select(arm => arm.Label).Distinct(StringComparer.Ordinal)];
        return labels.Length == 1 ? labels[0] : $"the best of {ComparisonSummary.Join(labels)}";
    }

    private static double? MeanOverSeeds(StudyData data, Arm arm, IReadOnlyList<ulong> seeds)
    {
        double[] scores = [.. seeds.Select(seed => data.Score(arm, seed)).OfType<double>()];
        return scores.Length == 0 ? null : Statistic.Mean(scores);
    }

    /// <summary>Null where one of the runs is missing: a mean over other tasks would be another quantity.</summary>
    private static double? MeanScore(StudyData data, IReadOnlyList<Arm> arms, ulong seed)
    {
        double sum = 0;
        foreach (Arm arm in arms)
        {
            if (data.Score(arm, seed) is not { } score) return null;
            sum += score;
        }
        return sum / arms.Count;
    }
}
