namespace RLSeq.Evaluation;

/// <summary>The rules of the clock that curves of return against deadline share: only curves of one setup are compared.</summary>
/// <param name="SlowDown">What every latency was multiplied by: the weaker device that the curves stand for.</param>
/// <param name="OnMiss">What drives a transition without an action of its own.</param>
/// <param name="ActionDelay">Ticks between an observation and the transition that its action drives.</param>
public readonly record struct DeadlineSetup(double SlowDown, string OnMiss, int ActionDelay)
{
    /// <summary>The setup of a curve.</summary>
    /// <param name="curve">The curve.</param>
    public static DeadlineSetup Of(DeadlineCurve curve) => new(curve.SlowDown, curve.OnMiss, curve.ActionDelay);

    /// <summary>The setups of an environment's curves: those of the device as measured first, else as they were recorded.</summary>
    /// <param name="block">The environment.</param>
    internal static IReadOnlyList<DeadlineSetup> In(ComparisonBlock block) =>
        [.. block.Rows.SelectMany(row => row.Deadlines).Select(summary => Of(summary.Curve)).Distinct().OrderBy(setup => setup.SlowDown != 1)];

    /// <summary>The setup that tables and sentences speak of, or null where nothing was measured.</summary>
    /// <param name="block">The environment.</param>
    internal static DeadlineSetup? Main(ComparisonBlock block) => In(block) is { Count: > 0 } setups ? setups[0] : null;

    /// <summary>A memory's curve in this setup, or null.</summary>
    /// <param name="row">The memory.</param>
    internal DeadlineSummary? CurveOf(ComparisonRow row)
    {
        foreach (DeadlineSummary summary in row.Deadlines)
            if (Of(summary.Curve) == this) return summary;
        return null;
    }

    /// <summary>The setup in words, for captions.</summary>
    internal string InWords() => $"Slow-down {SlowDownInWords()}; {RuleInWords()}";

    /// <summary>The setup but for its slow-down, in words.</summary>
    internal string RuleInWords()
    {
        string late = OnMiss switch
        {
            "repeat-last" => "a transition without an action in time repeats the last one",
            "no-op" => "a transition without an action in time gets the one that does nothing",
            "apply-late" => "an action that comes late drives the first transition after it, and until then the last one is repeated",
            _ => $"what happens without an action in time: {OnMiss}",
        };
        string drives = ActionDelay == 0 ? "an action drives the transition of the tick that it was chosen at" : "an action drives the transition after that of the tick which it was chosen at";
        return $"{drives}; {late}.";
    }

    /// <summary>The slow-down as a factor, with what it stands for.</summary>
    internal string SlowDownInWords() => SlowDown == 1 ? "1 (this machine)" : $"{Figures.Factor(SlowDown)} (a device that takes {Figures.Factor(SlowDown)} times as long)";
}
