namespace RLSeq.Evaluation;

/// <summary>How many agents fit into a frame at 60 Hz (16.67 ms) that act one after the other on one thread and do nothing else.</summary>
/// <param name="AtP50">If each takes the median latency.</param>
/// <param name="AtP99">If each takes the latency that 99 % of the actions stay within.</param>
public readonly record struct AgentsPerFrame(long AtP50, long AtP99)
{
    /// <summary>A frame at 60 Hz, in microseconds.</summary>
    public const double FrameUs = 1e6 / 60;

    /// <summary>The figures of a latency.</summary>
    /// <param name="latency">The latency on this machine.</param>
    /// <param name="slowDown">What it is multiplied by, above 0.</param>
    public static AgentsPerFrame Of(LatencyResult latency, double slowDown) => new(Fit(latency.P50Us * slowDown), Fit(latency.P99Us * slowDown));

    /// <summary>The whole number of times that a latency fits into a frame; 0 for one that does not, and for one that is no time.</summary>
    private static long Fit(double us) => us > 0 ? (long)Math.Floor(FrameUs / us) : 0;
}
