using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>An evaluation as a sentence and as fields.</summary>
internal static class EvaluationOutput
{
    /// <summary>Fields that are null where nothing was evaluated.</summary>
    private static readonly string[] OfTheClock =
    [
        "miss_rate", "dropped_rate", "success_rate", "decisions", "misses", "dropped", "warmup_actions", "allocated_bytes", "collections",
        "jitter_p50_us", "jitter_p99_us", "jitter_max_us", "jitter_within_50us",
    ];

    public static void AddTo(JsonObject json, EvaluationResult result)
    {
        Estimate mean = ReturnEstimate.Mean([result.Returns]), iqm = ReturnEstimate.Iqm([result.Returns]);
        json["return_mean"] = JsonLine.Number(mean.Value);
        json["return_iqm"] = JsonLine.Number(iqm.Value);
        json["return_ci_low"] = JsonLine.Number(mean.Low);
        json["return_ci_high"] = JsonLine.Number(mean.High);
        json["episodes"] = result.Returns.Length;
        json["episode_length_mean"] = JsonLine.Number(result.Lengths.Average());
        json["action_p50_us"] = JsonLine.Number(Microseconds(result, 50));
        json["action_p99_us"] = JsonLine.Number(Microseconds(result, 99));
        json["miss_rate"] = result.MissRate; // nothing is missed without a clock
        json["dropped_rate"] = result.DroppedRate;
        json["success_rate"] = result.SuccessRate;
        json["decisions"] = result.Decisions;
        json["misses"] = result.Clock is null ? null : result.Misses;
        json["dropped"] = result.Clock is null ? null : result.Dropped;
        json["warmup_actions"] = result.Warmup.Count;
        json["allocated_bytes"] = result.AllocatedBytes;
        json["collections"] = new JsonArray(result.Collections.Gen0, result.Collections.Gen1, result.Collections.Gen2);
        foreach ((string name, double percent) in (ReadOnlySpan<(string, double)>)[("p50", 50), ("p99", 99), ("max", 100)])
            json[$"jitter_{name}_us"] = result.Jitter is { } jitter ? jitter.Published.Percentile(percent) / 1e3 : null;
        json["jitter_within_50us"] = result.Jitter?.ExactShare;
    }

    /// <summary>The same fields, for a run that was not evaluated.</summary>
    public static void AddNothingTo(JsonObject json)
    {
        foreach (string field in (string[])["return_mean", "return_iqm", "return_ci_low", "return_ci_high"]) json[field] = null;
        json["episodes"] = 0;
        foreach (string field in (ReadOnlySpan<string>)["episode_length_mean", "action_p50_us", "action_p99_us", .. OfTheClock]) json[field] = null;
    }

    public static void Print(EvaluationResult result)
    {
        Estimate mean = ReturnEstimate.Mean([result.Returns]);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Return {mean.Value:0.###} (95 % interval {mean.Low:0.###} to {mean.High:0.###} over {result.Returns.Length} episodes), mean length {result.Lengths.Average():0.#}; {Latency(result)}."));
        if (result.SuccessRate is { } success) Line($"{success:P1} of the episodes succeeded.");
        if (result.Clock is { } clock) PrintClock(clock, result);
    }

    private static void PrintClock(EvaluationClock clock, EvaluationResult result)
    {
        ClockSettings settings = clock.Settings;
        Line($"{(clock.Wall ? "Wall" : "Simulated")} clock: period {Duration.Format(settings.Period)}, deadline {Duration.Format(settings.Deadline)}, {OnMissNames.NameOf(settings.OnMiss)}, action delay {settings.ActionDelay}, latency {clock.Replayed?.ToString() ?? "measured"}, slow-down {settings.SlowDown:0.####}");
        Line($"  {result.Decisions:N0} decisions in {result.Steps:N0} ticks; {result.Misses:N0} misses ({result.MissRate:P2}), {result.Dropped:N0} dropped observations ({result.DroppedRate:P2}); warm-up of {result.Warmup.Count:N0} actions apart");
        CollectionCounts collections = result.Collections;
        Line($"  acting allocated {result.AllocatedBytes:N0} bytes; collections: {collections.Gen0} gen0, {collections.Gen1} gen1, {collections.Gen2} gen2");
        if (result.Jitter is not null) Line($"  {result.Jitter.ExactShare:P2} of the observations were there within 50 µs of their tick's time");
        Line($"  {"µs",-22}{"p50",10}{"p90",10}{"p99",10}{"p99.9",10}{"max",10}");
        if (result.Jitter is { } jitter)
        {
            Row("observation late", jitter.Published);
            Row("wake-up late", jitter.WakeUps);
            Row("added to a decision", jitter.Added);
        }
        Row("latency", result.Latency);
        for (int segment = 0; segment < result.Positions.Segments.Count; segment++)
            Row($"  decisions {LatencyRecording.From(segment)}{(segment < 2 ? "" : $"-{LatencyRecording.To(segment) - 1}")}", result.Positions.Segments[segment]);
    }

    private static void Row(string name, LatencyHistogram times) =>
        Line($"  {name,-22}{times.Percentile(50) / 1e3,10:0.0}{times.Percentile(90) / 1e3,10:0.0}{times.Percentile(99) / 1e3,10:0.0}{times.Percentile(99.9) / 1e3,10:0.0}{times.Max / 1e3,10:0.0}");

    private static void Line(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Latency(EvaluationResult result) => result.Latency.Count == 0 ? "too few actions to time them"
        : string.Create(CultureInfo.InvariantCulture, $"action p50 {Microseconds(result, 50):0.#} µs, p99 {Microseconds(result, 99):0.#} µs");

    /// <summary>A percentile of the actions' times; NaN where all of them were warm-up.</summary>
    private static double Microseconds(EvaluationResult result, double percent) =>
        result.Latency.Count == 0 ? double.NaN : result.Latency.Percentile(percent) / 1e3;
}
