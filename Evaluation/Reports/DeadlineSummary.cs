namespace RLSeq.Evaluation;

/// <summary>
/// The figures of one curve of return against deadline: one memory in one environment with one slow-down, over all seeds. Everything here
/// follows from a <see cref="DeadlineCurve"/>, so that a report can be drawn anew.
/// </summary>
public sealed record DeadlineSummary
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The memory's name.</summary>
    public required string Memory { get; init; }

    /// <summary>The curve.</summary>
    public required DeadlineCurve Curve { get; init; }

    /// <summary>How many seeds have a policy in the curve.</summary>
    public required int Seeds { get; init; }

    /// <summary>The return where the world waits, with its two-level interval (see <see cref="ReturnEstimate"/>).</summary>
    public required Estimate Undelayed { get; init; }

    /// <summary>The return with one step of delay for all, or null where that was not played.</summary>
    public required Estimate? OneStepDelay { get; init; }

    /// <summary>The deadlines, from short to long.</summary>
    public required IReadOnlyList<DeadlineFigure> Points { get; init; }

    /// <summary>The return that counts as nothing in the normalised figures.</summary>
    public required double ZeroReturn { get; init; }

    /// <summary>What <see cref="ZeroReturn"/> is.</summary>
    public required DeadlineZero Zero { get; init; }

    /// <summary>
    /// The area under the curve of the share of the undelayed return that is kept, over the logarithm of the deadline, divided by the width of
    /// the axis: 1 where nothing is lost at any deadline, 0 where nothing is left at any. Null where there is nothing to lose, since the interval
    /// of the undelayed return reaches down to <see cref="ZeroReturn"/>, or with fewer than two deadlines.
    /// </summary>
    public required Estimate? Area { get; init; }

    /// <summary>The shortest deadline that keeps 95 % of the undelayed return; null where <see cref="Area"/> is.</summary>
    public required KeepingDeadline? Keeps95 { get; init; }

    /// <summary>Agents that fit into a frame at 60 Hz, acting one after the other on one thread, back to back; null where no latency was measured.</summary>
    public required AgentsPerFrame? BackToBack { get; init; }

    /// <summary>The same by the latencies that were measured at 60 Hz, with caches cold; null where that was not measured.</summary>
    public required AgentsPerFrame? Paced { get; init; }

    /// <summary>Computes the figures of a curve.</summary>
    /// <param name="environment">The environment; its random return, where known, counts as nothing.</param>
    /// <param name="result">The memory's result, for its latency.</param>
    /// <param name="curve">One of its curves.</param>
    /// <param name="options">Replicates, confidence, seed of all intervals.</param>
    /// <returns>The figures, or null where no seed has usable returns.</returns>
    public static DeadlineSummary? From(EnvironmentInfo environment, MemoryResult result, DeadlineCurve curve, BootstrapOptions options)
    {
        if (DeadlineReturns.Of(curve) is not { } returns) return null;
        var figures = new DeadlineFigures(curve, returns, options);
        (double zeroReturn, DeadlineZero zero) = environment.RandomReturn is { } random && double.IsFinite(random) ? (random, DeadlineZero.Random)
            : curve.IdleReturn is { } idle && double.IsFinite(idle) ? (idle, DeadlineZero.Idle)
            : (figures.Lowest, DeadlineZero.Lowest);
        Estimate undelayed = figures.Return(0);
        bool losable = undelayed.Low > zeroReturn;
        return new DeadlineSummary
        {
            Environment = result.Environment,
            Memory = result.Memory,
            Curve = curve,
            Seeds = figures.Seeds,
            Undelayed = undelayed,
            OneStepDelay = curve.OneStepDelay is null ? null : figures.Return(1 + curve.Points.Count),
            Points = [.. Enumerable.Range(0, curve.Points.Count).Select(point => figures.Figure(point, losable ? zeroReturn : null))],
            ZeroReturn = zeroReturn,
            Zero = zero,
            Area = losable && curve.Points.Count > 1 ? figures.Area(zeroReturn) : null,
            Keeps95 = losable && curve.Points.Count > 1 ? figures.Keeping(zeroReturn, DeadlineMath.Share) : null,
            BackToBack = result.Latency is { } latency ? AgentsPerFrame.Of(latency, curve.SlowDown) : null,
            Paced = result.Latency?.Paced is { } paced ? AgentsPerFrame.Of(paced, curve.SlowDown) : null,
        };
    }
}
