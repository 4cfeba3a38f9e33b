namespace RLSeq.Evaluation;

/// <summary>The tables about time: what the deadline costs, and how long an action takes in a game.</summary>
internal static class ClockTables
{
    /// <summary>Rates that readers know, as deadlines in microseconds: a game's frame, a robot's control loop, a fast one.</summary>
    public static readonly (string Name, double Us)[] Rates = [("60 Hz", 1e6 / 60), ("1 kHz", 1e3), ("10 kHz", 100)];

    private const string None = "-";

    /// <summary>The figures of the curves of the main setup; null where there are none.</summary>
    public static FigureTable? Deadlines(ComparisonBlock block)
    {
        if (DeadlineSetup.Main(block) is not { } setup) return null;
        IReadOnlyList<DeadlineSetup> setups = DeadlineSetup.In(block);
        DeadlineSummary[] curves = [.. setups.SelectMany(one => block.Rows.Select(one.CurveOf)).OfType<DeadlineSummary>()];
        (string Name, double Us)[] rates = [.. Rates.Where(rate => curves.Any(curve => At(curve, rate.Us) is not null))];
        return new FigureTable(
            ["memory", .. setups.Count > 1 ? (string[])["slow-down"] : [], "world waits [95 %]", "area [95 %]", "keeps 95 % from [95 %]", .. rates.Select(rate => $"misses at {rate.Name}")],
            [
                .. curves.Select(curve => (string[])
                [
                    curve.Memory,
                    .. setups.Count > 1 ? (string[])[Figures.Factor(curve.Curve.SlowDown)] : [],
                    Figures.Interval(curve.Undelayed),
                    curve.Area is { } area ? Figures.Interval(area) : None,
                    curve.Keeps95 is { } keeps ? Keeps(keeps, curve) : None,
                    .. rates.Select(rate => At(curve, rate.Us) is { } point ? Figures.Share(point.MissRate) : None),
                ]),
            ],
            $"{(setups.Count > 1 ? setup.RuleInWords() : setup.InWords())} World waits: the return without any deadline. Area: the mean over the deadlines, on the logarithmic axis, of the share of that return which is kept, "
            + $"{ZeroInWords(curves)} counting as nothing; 1 is the best. Keeps 95 % from: the shortest deadline from which on that share stays at 95 % or more. Misses: decisions that came after the deadline, at the one nearest to that rate which was played, within 5 %.");
    }

    /// <summary>The few figures that a terminal has room for; null where there is no curve.</summary>
    public static FigureTable? Brief(ComparisonBlock block)
    {
        if (DeadlineSetup.Main(block) is not { } setup) return null;
        DeadlineSummary[] curves = [.. block.Rows.Select(setup.CurveOf).OfType<DeadlineSummary>()];
        return new FigureTable(
            ["memory", "area [95 %]", "keeps 95 % from [95 %]", "misses at 1 kHz", "agents per frame"],
            [
                .. curves.Select(curve => (string[])
                [
                    curve.Memory,
                    curve.Area is { } area ? Figures.Interval(area) : None,
                    curve.Keeps95 is { } keeps ? Keeps(keeps, curve) : None,
                    At(curve, 1e3) is { } point ? Figures.Share(point.MissRate) : None,
                    curve.BackToBack is { } agents ? Figures.Count(agents.AtP99) : None,
                ]),
            ],
            "");
    }

    /// <summary>Back to back against paced at 60 Hz, and agents per frame; null where no latency was measured paced and no position tells more than the comparison's table.</summary>
    public static FigureTable? Acting(ComparisonBlock block)
    {
        ComparisonRow[] rows = [.. block.Rows.Where(row => row.Latency is not null)];
        if (rows.All(row => row.Latency!.Paced is null && row.Deadlines.Count == 0)) return null;
        return new FigureTable(
            ["memory", "p50", "p99", "agents per frame", "p50 at 60 Hz", "p99 at 60 Hz", "agents per frame, paced"],
            [
                .. rows.Select(row => (string[])
                [
                    row.Memory,
                    .. Timed(row.Latency!),
                    .. row.Latency!.Paced is { } paced ? Timed(paced) : [None, None, None],
                ]),
            ],
            "Back to back: one action directly after the other, everything in the caches. At 60 Hz: one action per frame of a game, with caches that others have used in between. "
            + "Agents per frame: how many agents that act one after the other on one thread fit into 16.7 ms, at the median and at p99.");

        static string[] Timed(LatencyResult latency)
        {
            var agents = AgentsPerFrame.Of(latency, 1);
            return [Figures.Latency(latency.P50Us), Figures.Latency(latency.P99Us), $"{Figures.Count(agents.AtP50)} / {Figures.Count(agents.AtP99)}"];
        }
    }

    /// <summary>The point of a curve at a deadline, or at one within 5 % of it; null where there is none.</summary>
    public static DeadlineFigure? At(DeadlineSummary curve, double us)
    {
        foreach (DeadlineFigure point in curve.Points.OrderBy(point => Math.Abs(point.DeadlineUs - us)))
            return Math.Abs(point.DeadlineUs - us) <= 0.05 * us ? point : null;
        return null;
    }

    /// <summary>Of the well-known rates those at which some memory misses more than 1 % of its decisions.</summary>
    public static IEnumerable<(string Name, double Us)> RatesThatHurt(ComparisonBlock block, DeadlineSetup setup) =>
        Rates.Where(rate => block.Rows.Select(setup.CurveOf).OfType<DeadlineSummary>().Any(curve => At(curve, rate.Us) is { MissRate: > 0.01 }));

    /// <summary>For instance <c>52 µs [48 µs, 60 µs]</c>, <c>≤ 10 µs</c> where the whole curve keeps it, <c>&gt; 100 ms</c> where nothing does.</summary>
    public static string Keeps(KeepingDeadline keeps, DeadlineSummary curve) =>
        keeps.LowUs == keeps.HighUs && (keeps.Everywhere || keeps.Nowhere)
            ? End(keeps.Us, keeps, curve)
            : $"{End(keeps.Us, keeps, curve)} [{End(keeps.LowUs, keeps, curve)}, {End(keeps.HighUs, keeps, curve)}]";

    private static string End(double us, KeepingDeadline keeps, DeadlineSummary curve) =>
        double.IsPositiveInfinity(us) ? $"> {Figures.Latency(curve.Points[^1].DeadlineUs)}"
        : us <= keeps.ShortestUs ? $"≤ {Figures.Latency(keeps.ShortestUs)}"
        : Figures.Latency(us);

    private static string ZeroInWords(DeadlineSummary[] curves) => curves.Length == 0 ? "nothing" : curves[0].Zero switch
    {
        DeadlineZero.Random => "the return of random actions",
        DeadlineZero.Idle => "the return of an agent that never acts",
        _ => "the lowest return of each curve",
    };
}
