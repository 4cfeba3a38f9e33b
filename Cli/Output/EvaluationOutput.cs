using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>An evaluation as a sentence and as fields.</summary>
internal static class EvaluationOutput
{
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
        json["miss_rate"] = null; // nothing is missed without a clock
    }

    /// <summary>The same fields, for a run that was not evaluated.</summary>
    public static void AddNothingTo(JsonObject json)
    {
        foreach (string field in (string[])["return_mean", "return_iqm", "return_ci_low", "return_ci_high"]) json[field] = null;
        json["episodes"] = 0;
        foreach (string field in (string[])["episode_length_mean", "action_p50_us", "action_p99_us", "miss_rate"]) json[field] = null;
    }

    public static void Print(EvaluationResult result)
    {
        Estimate mean = ReturnEstimate.Mean([result.Returns]);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Return {mean.Value:0.###} (95 % interval {mean.Low:0.###} to {mean.High:0.###} over {result.Returns.Length} episodes), mean length {result.Lengths.Average():0.#}; {Latency(result)}."));
    }

    private static string Latency(EvaluationResult result) => result.Latency.Count == 0 ? "too few actions to time them"
        : string.Create(CultureInfo.InvariantCulture, $"action p50 {Microseconds(result, 50):0.#} µs, p99 {Microseconds(result, 99):0.#} µs");

    /// <summary>A percentile of the actions' times; NaN where all of them were warm-up.</summary>
    private static double Microseconds(EvaluationResult result, double percent) =>
        result.Latency.Count == 0 ? double.NaN : result.Latency.Percentile(percent) / 1e3;
}
