using System.Globalization;
using System.Text;

namespace RLSeq.Agents;

/// <summary>What a <see cref="LatencyRecorder"/> held at one moment; <see cref="ToString"/> is a table to print.</summary>
public sealed class LatencyReport
{
    internal LatencyReport(LatencyRecorder recorder)
    {
        (Calls, Actions, AllocatedBytes) = (LatencySummary.Of(recorder.Calls), recorder.Actions, recorder.AllocatedBytes);
        Warmup = recorder.Calls.Warmup is { Count: > 0 } warmup ? LatencySummary.Of(warmup) : null;
        Collections = [.. Enumerable.Range(0, LatencyRecorder.Generations).Select(recorder.Collections)];
        var stages = new Dictionary<ActionStage, LatencySummary>();
        for (ActionStage stage = ActionStage.Encode; stage <= ActionStage.Sample; stage++)
            if (recorder.Stage(stage) is { Count: > 0 } times) stages.Add(stage, LatencySummary.Of(times));
        Stages = stages;
    }

    /// <summary>Whole calls; with one agent a call is an action.</summary>
    public LatencySummary Calls { get; }

    /// <summary>The stages of calls, in their order; empty if they were not recorded.</summary>
    public IReadOnlyDictionary<ActionStage, LatencySummary> Stages { get; }

    /// <summary>The first calls, which are not counted in <see cref="Calls"/>; null when there is no warm-up.</summary>
    public LatencySummary? Warmup { get; }

    /// <summary>The actions chosen: the sum of the calls' rows.</summary>
    public long Actions { get; }

    /// <summary>The managed bytes that the calls allocated.</summary>
    public long AllocatedBytes { get; }

    /// <summary>The garbage collections that fell into the calls, <c>[3]</c> by generation, the older ones counted in the younger.</summary>
    public IReadOnlyList<long> Collections { get; }

    /// <summary>
    /// A table with a line for the calls, one per stage and one for the warm-up, times in microseconds, and a line on allocations and
    /// collections.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"{"µs",-8}{"calls",10}{"mean",10}{"p50",10}{"p90",10}{"p99",10}{"p99.9",10}{"p99.99",10}{"max",10}");
        Row("call", Calls);
        foreach ((ActionStage stage, LatencySummary times) in Stages) Row(RLSeqTelemetry.StageName(stage), times);
        if (Warmup is not null) Row("warm-up", Warmup);
        text.Append(FormattableString.Invariant($"{Actions} actions allocated {AllocatedBytes} bytes; collections: {Collections[0]} gen0, {Collections[1]} gen1, {Collections[2]} gen2"));
        return text.ToString();

        void Row(string name, LatencySummary times) =>
            Line($"{name,-8}{times.Count,10}{Cell(times.Mean),10}{Cell(times.P50),10}{Cell(times.P90),10}{Cell(times.P99),10}{Cell(times.P999),10}{Cell(times.P9999),10}{Cell(times.Max),10}");

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Cell(double nanoseconds) => (nanoseconds / 1e3).ToString("0.00", CultureInfo.InvariantCulture);
}
