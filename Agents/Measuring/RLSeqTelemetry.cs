using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RLSeq.Agents;

/// <summary>
/// What RLSeq reports to whoever listens (OpenTelemetry, <c>dotnet-counters</c>): one meter and one source of activities, both named
/// <c>RLSeq</c>. Without a listener an instrument's <c>Enabled</c> is false, and nothing is measured, tagged or allocated.
/// </summary>
public static class RLSeqTelemetry
{
    private static readonly KeyValuePair<string, object?>[] StageTags =
        [.. new[] { "encode", "memory", "heads", "sample" }.Select(stage => new KeyValuePair<string, object?>("rlseq.stage", stage))];

    private static readonly KeyValuePair<string, object?>[] GenerationTags =
        [.. new[] { "gen0", "gen1", "gen2" }.Select(generation => new KeyValuePair<string, object?>("gc.heap.generation", generation))];

    private static readonly long[] CollectionTotals = new long[LatencyRecorder.Generations];
    private static long _allocatedTotal;

    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "RLSeq";

    /// <summary>
    /// The upper bounds of the buckets that every instrument of durations advises, in seconds: 1, 2 and 5 of each power of ten from 100 ns to
    /// 1,000 s. OpenTelemetry follows the advice where no view says otherwise; its own buckets begin at 5 s, and would hold every action in
    /// the first.
    /// </summary>
    public static IReadOnlyList<double> DurationBuckets { get; } =
    [
        1e-7, 2e-7, 5e-7, 1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000,
    ];

    /// <summary>The meter of all instruments below.</summary>
    public static Meter Meter { get; } = new(Name, Version);

    /// <summary>The source of activities, such as a training run and its updates.</summary>
    public static ActivitySource Activities { get; } = new(Name, Version);

    /// <summary>How long an agent took to choose an action, in seconds.</summary>
    public static Histogram<double> ActionDuration { get; } =
        Durations("rlseq.agent.action.duration", "How long an agent took to choose an action.");

    /// <summary>
    /// How long one stage of choosing an action took, in seconds, where <see cref="LatencyRecorder.Stages"/> is on; the tag
    /// <c>rlseq.stage</c> tells which: encode, memory, heads, sample.
    /// </summary>
    public static Histogram<double> StageDuration { get; } =
        Durations("rlseq.agent.stage.duration", "How long one stage of choosing an action took.");

    /// <summary>Garbage collections that fell into recorded actions, in this process; the tag <c>gc.heap.generation</c> tells which: gen0, gen1, gen2.</summary>
    public static ObservableCounter<long> Collections { get; } =
        Meter.CreateObservableCounter("rlseq.agent.collections", CountedCollections, "{collection}", "Garbage collections that fell into agents' actions.");

    /// <summary>Managed bytes that recorded actions allocated, in this process.</summary>
    public static ObservableCounter<long> Allocated { get; } =
        Meter.CreateObservableCounter("rlseq.agent.allocated", () => Interlocked.Read(ref _allocatedTotal), "By", "Managed bytes that agents' actions allocated.");

    /// <summary>The undiscounted sum of an episode's rewards.</summary>
    public static Histogram<double> EpisodeReturn { get; } =
        Meter.CreateHistogram<double>("rlseq.episode.return", "{reward}", "The undiscounted sum of an episode's rewards.");

    /// <summary>The steps of an episode.</summary>
    public static Histogram<long> EpisodeLength { get; } =
        Meter.CreateHistogram<long>("rlseq.episode.length", "{step}", "The steps of an episode.");

    /// <summary>Decisions under a clock whose action came after the deadline.</summary>
    public static Counter<long> ClockMisses { get; } =
        Meter.CreateCounter<long>("rlseq.clock.misses", "{decision}", "Decisions whose action came after the deadline.");

    /// <summary>Ticks of a clock whose observation a busy agent did not see.</summary>
    public static Counter<long> ClockDropped { get; } =
        Meter.CreateCounter<long>("rlseq.clock.dropped", "{observation}", "Observations that a busy agent did not see.");

    /// <summary>How late the observation of a tick of the wall clock was there, in seconds.</summary>
    public static Histogram<double> ClockTickJitter { get; } =
        Durations("rlseq.clock.tick.jitter", "How late the observation of a tick was there.");

    /// <summary>Environment steps that training has collected.</summary>
    public static Counter<long> TrainingSteps { get; } =
        Meter.CreateCounter<long>("rlseq.training.steps", "{step}", "Environment steps that training has collected.");

    /// <summary>Rollouts that training has learned from.</summary>
    public static Counter<long> TrainingUpdates { get; } =
        Meter.CreateCounter<long>("rlseq.training.updates", "{update}", "Rollouts that training has learned from.");

    /// <summary>The mean loss of an update; the tag <c>rlseq.loss</c> tells which: policy, value, entropy.</summary>
    public static Histogram<double> TrainingLoss { get; } =
        Meter.CreateHistogram<double>("rlseq.training.loss", "1", "The mean loss of an update.");

    /// <summary>The approximate KL divergence of an update's new policy from the one that collected.</summary>
    public static Histogram<double> TrainingKl { get; } =
        Meter.CreateHistogram<double>("rlseq.training.kl", "1", "The approximate KL divergence of an update's policy from the one that collected.");

    /// <summary>The share of samples whose ratio an update clipped, 0 to 1.</summary>
    public static Histogram<double> TrainingClipFraction { get; } =
        Meter.CreateHistogram<double>("rlseq.training.clip_fraction", "1", "The share of samples whose ratio was clipped.");

    /// <summary>How long collecting one rollout took, in seconds.</summary>
    public static Histogram<double> CollectDuration { get; } =
        Durations("rlseq.training.collect.duration", "How long collecting one rollout took.");

    /// <summary>How long one update took, in seconds.</summary>
    public static Histogram<double> UpdateDuration { get; } =
        Durations("rlseq.training.update.duration", "How long one update took.");

    internal static KeyValuePair<string, object?> StageTag(ActionStage stage) => StageTags[(int)stage];

    internal static string StageName(ActionStage stage) => (string)StageTags[(int)stage].Value!;

    internal static void CountAllocated(long bytes) => Interlocked.Add(ref _allocatedTotal, bytes);

    internal static void CountCollections(int generation, long count) => Interlocked.Add(ref CollectionTotals[generation], count);

    /// <summary>Makes the instruments, and has the runtime compile what recording calls now and then: an action should not have to.</summary>
    internal static void Prepare()
    {
        CountAllocated(0);
        for (int generation = 0; generation < CollectionTotals.Length; generation++) CountCollections(generation, 0);
        for (ActionStage stage = ActionStage.Encode; stage <= ActionStage.Sample; stage++) _ = StageTag(stage);
        _ = ActionDuration.Enabled || StageDuration.Enabled;
    }

    private static Histogram<double> Durations(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBuckets });

    private static IEnumerable<Measurement<long>> CountedCollections()
    {
        for (int i = 0; i < CollectionTotals.Length; i++)
            yield return new Measurement<long>(Interlocked.Read(ref CollectionTotals[i]), GenerationTags[i]);
    }

    private static string? Version => typeof(RLSeqTelemetry).Assembly.GetName().Version?.ToString(3);
}
