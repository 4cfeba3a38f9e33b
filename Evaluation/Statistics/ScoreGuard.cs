namespace RLSeq.Evaluation;

/// <summary>Refuses data that would make a statistic meaningless, and says which number it was.</summary>
internal static class ScoreGuard
{
    public static void Finite(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty) throw new ArgumentException("A statistic needs at least one value; none was given.", name);
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw NotFinite($"value {i}", values[i], name);
        }
    }

    /// <summary>Checks scores[task][run], or returns[run][episode].</summary>
    public static void Finite(IReadOnlyList<double[]> groups, string group, string item, string name)
    {
        ArgumentNullException.ThrowIfNull(groups, name);
        if (groups.Count == 0) throw new ArgumentException($"A statistic needs at least one {group}; none was given.", name);
        for (int g = 0; g < groups.Count; g++)
        {
            if (groups[g] is not { Length: > 0 } values) throw new ArgumentException($"{group} {g} has no {item}; every {group} needs at least one.", name);
            for (int i = 0; i < values.Length; i++)
            {
                if (!double.IsFinite(values[i])) throw NotFinite($"{item} {i} of {group} {g}", values[i], name);
            }
        }
    }

    private static ArgumentException NotFinite(string where, double value, string name) => new(
        $"{where} is {value}; statistics need finite numbers. Leave out a run that diverged and report it as failed, or give it the score of a failure.", name);
}
