namespace RLSeq.Evaluation;

/// <summary>The tables about what was learned: differences of return, what training takes, whether the memory is used.</summary>
internal static class LearningTables
{
    private const string None = "-";

    /// <summary>The memory with the highest mean return against each other one; null with a single memory.</summary>
    public static FigureTable? Differences(ComparisonBlock block) => block.Differences.Count == 0 ? null : new FigureTable(
        ["memory", $"{block.Differences[0].First} earns more by [95 %]", "probability [95 %]", "common seeds"],
        [
            .. block.Differences.Select(difference => (string[])
            [
                difference.Second,
                difference.Evaluated.Difference is { } paired ? Figures.Interval(paired) : None,
                Figures.Interval(difference.Probability),
                $"{difference.Evaluated.Difference?.Count ?? 0}",
            ]),
        ],
        "The memory with the highest mean return against each other one. The difference is taken seed by seed and episode by episode, with an interval that is wide enough for few seeds. "
        + "Probability: how likely a run of the one earns more than a run of the other, ties as half.");

    /// <summary>How soon a memory learned and what it took; null where nothing tells more than the comparison's table.</summary>
    public static FigureTable? Cost(ComparisonBlock block)
    {
        if (block.Rows.All(row => row.Speed is null && row.PeakMemoryBytes is null)) return null;
        return new FigureTable(
            ["memory", "steps to 90 % [95 %]", "seconds to 90 % [95 %]", "seeds", "steps/s", "peak memory", "parameters", "state"],
            [
                .. block.Rows.Select(row => (string[])
                [
                    row.Memory,
                    row.Speed is { } steps ? CountInterval(steps.Steps) : None,
                    row.Speed is { } seconds ? CountInterval(seconds.Seconds) : None,
                    row.Speed is { } speed ? $"{speed.Steps.Count}/{row.Seeds}" : None,
                    row.StepsPerSecond is { } rate ? Figures.Count(rate) : None,
                    row.PeakMemoryBytes is { } peak ? Figures.Bytes(peak) : None,
                    row.Parameters is { } parameters ? Figures.Count(parameters) : None,
                    row.StateBytes is { } bytes ? Figures.Bytes(bytes) : None,
                ]),
            ],
            "Steps and seconds to 90 %: when a seed's learning curve (the mean of 5 consecutive points) first reaches 90 % of the way from random actions to its own final level, the mean of its last tenth; "
            + "the interval resamples seeds. It says how soon a memory learns what it learns, not how much. Seeds: those whose final level lies above random actions. Peak memory: the most that a training process held resident.");
    }

    /// <summary>The return with the state tampered with; null where that was not measured.</summary>
    public static FigureTable? MemoryUse(ComparisonBlock block)
    {
        ComparisonRow[] rows = [.. block.Rows.Where(row => row.MemoryUse.Count > 0)];
        if (rows.Length == 0) return null;
        return new FigureTable(
            ["memory", "state", "return [95 %]", "lost [95 %]"],
            [
                .. rows.SelectMany(row => row.MemoryUse, (row, use) => (string[])
                [
                    row.Memory,
                    Charts.MemoryUseChart.Name(use.Intervention, use.Steps),
                    Figures.Interval(use.Return),
                    use.Lost is { } lost ? Figures.Interval(lost) : None,
                ]),
            ],
            "The same policies on the same episodes. Zeroed: before every action the state is that of an episode's beginning. Shuffled: it is that of the same step of another episode. "
            + "Last k: it is made anew of the last k observations. Lost: the intact return minus this one, in pairs of seeds and episodes, with an interval that is wide enough for few seeds.");
    }

    private static string CountInterval(Estimate estimate) => estimate.Count == 1
        ? $"{Figures.Count(estimate.Value)} (1 seed)"
        : $"{Figures.Count(estimate.Value)} [{Figures.Count(estimate.Low)}, {Figures.Count(estimate.High)}]";
}
