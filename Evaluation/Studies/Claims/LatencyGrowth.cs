using System.Globalization;
using RLSeq.Policies;
using static RLSeq.Evaluation.CostMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 2.</summary>
internal sealed class LatencyGrowth : Claim
{
    private const double Deadline = 1000, SlowDown = 10, Proportional = 0.2;
    private static readonly int[] Contexts = [64, 128, 256, 512, 1024];
    private static readonly int[] Widths = [64, 128];

    public override int Number => 2;

    public override string Sentence => "A Transformer's action latency grows with its context until it breaks real-time control, re-projecting its window or with cached keys and values alike.";

    public override string Experiment =>
        "Untrained policies with full windows of 64 to 1024 steps, 2 layers, batch 1, one thread. Grows: the median grows with more than the 0.2th power of the context, 128 wide. "
        + "Breaks: with 1024 steps and 128 wide, the 99th percentile on a device ten times slower than this machine (slow-down 10) exceeds 1 ms, the tick of a loop of 1 kHz.";

    public override string CannotShow => "Other devices: a slow-down of ten stands for none in particular. Larger networks than 128 wide, or more layers, are slower in proportion to their work.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        .. Forms.SelectMany(memory => (Condition[])
        [
            new(Growth($"exponent of p50 of {memory} over context", [.. Contexts.Select(context => ((double)context, Probe(memory, context, Widths[^1])))]), Side.Above, Proportional),
            new(P99(Probe(memory, Contexts[^1], Widths[^1]), SlowDown), Side.Above, Deadline),
        ]),
    ];

    public override IReadOnlyList<Measure> Observations(StudyScale scale) =>
        [.. from memory in Forms from width in Widths from context in Contexts select P99(Probe(memory, context, width), 1)];

    private static string[] Forms { get; } = ["transformer-window", "transformer"];

    private static ActingProbe Probe(string memory, int context, int width) => new(
        string.Create(CultureInfo.InvariantCulture, $"{memory} {width} wide, context {context}"),
        new MemorySettings(memory, width, Layers: 2, Heads: 4, context, FeedForward: 0));
}
