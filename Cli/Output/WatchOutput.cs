using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>What was watched as a sentence and as fields; an episode that was broken off does not count.</summary>
internal static class WatchOutput
{
    public static void Print(IReadOnlyList<(double Return, int Length, EpisodeEnd End)> episodes, LatencyHistogram latency)
    {
        if (episodes.Count == 0)
        {
            Console.Error.WriteLine("No episode was played to its end.");
            return;
        }
        string returns = episodes.Count == 1 ? "Return " : $"{episodes.Count} episodes, mean return ";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{returns}{Figures.Return(episodes.Average(episode => episode.Return))}, {(episodes.Count == 1 ? "length" : "mean length")} {episodes.Average(episode => episode.Length):0.#}{Times(latency)}."));
    }

    public static JsonObject Json(string environment, IReadOnlyList<(double Return, int Length, EpisodeEnd End)> episodes, LatencyHistogram latency, long? stateBytes, string? record)
    {
        var json = new JsonObject
        {
            ["environment"] = environment,
            ["episodes"] = episodes.Count,
            ["returns"] = new JsonArray([.. episodes.Select(episode => JsonLine.Number(episode.Return))]),
            ["lengths"] = new JsonArray([.. episodes.Select(episode => JsonValue.Create(episode.Length))]),
            ["ends"] = new JsonArray([.. episodes.Select(episode => JsonValue.Create(Name(episode.End)))]),
            ["return_mean"] = episodes.Count == 0 ? null : JsonLine.Number(episodes.Average(episode => episode.Return)),
        };
        foreach ((string name, double percent) in (ReadOnlySpan<(string, double)>)[("p50", 50), ("p90", 90), ("p99", 99), ("p999", 99.9), ("max", 100)])
            json[$"action_{name}_us"] = latency.Count == 0 ? null : JsonLine.Number(latency.Percentile(percent) / 1e3);
        json["actions_timed"] = latency.Count;
        json["state_bytes"] = stateBytes;
        json["record"] = record;
        return json;
    }

    private static string Name(EpisodeEnd end) => end switch
    {
        EpisodeEnd.Terminated => "terminated",
        EpisodeEnd.Truncated => "truncated",
        _ => "step limit",
    };

    private static string Times(LatencyHistogram latency) =>
        latency.Count == 0 ? "" : $"; action p50 {Figures.Latency(latency.Percentile(50) / 1e3)}, p99 {Figures.Latency(latency.Percentile(99) / 1e3)}";
}
