using System.Text;
using System.Text.Json.Nodes;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>What timing training found, for people and for scripts.</summary>
internal static class TrainBenchmarkOutput
{
    /// <summary>One line with the speeds, and a table of the phases.</summary>
    public static string Text(string memory, TrainBenchmark result)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"{memory}: {result.StepsPerSecond:N0} steps/s (collect {result.CollectStepsPerSecond:N0}, update {result.UpdateStepsPerSecond:N0}); floor {result.FloorStepsPerSecond:N0} at {result.MatrixGigaflops:0.#} GFLOP/s ({result.StepsPerSecond / result.FloorStepsPerSecond:P0} of it); {result.Parameters:N0} parameters; {result.PeakBytes / 1e6:N0} MB at most, by the formula {result.FormulaBytes / 1e6:N0}\n"));
        text.Append(FormattableString.Invariant($"{"phase",-16} {"ms per update",14} {"share",7} {"floor ms",9}"));
        double whole = result.Phases.Collecting + result.Phases.Learning;
        foreach (((string name, double seconds), (_, double floor)) in result.Phases.All.Zip(result.FloorPhases.All))
            text.Append(FormattableString.Invariant($"\n{name.Replace('_', ' '),-16} {seconds * 1e3,14:0.00} {seconds / whole,7:P0}")).Append(floor > 0 ? FormattableString.Invariant($" {floor * 1e3,9:0.00}") : "");
        return text.ToString();
    }

    /// <summary>One turn of a comparison.</summary>
    public static string Text(TrainComparison.Turn turn) => FormattableString.Invariant($"rlseq {turn.Ours.StepsPerSecond:N0} steps/s ({turn.Ours.StepsPerSecond / turn.Ours.FloorStepsPerSecond:P0} of its floor), PyTorch ") + string.Join(" and ", turn.Peer.Select(speed => FormattableString.Invariant($"{speed:N0}")));

    /// <summary>What the turns say together.</summary>
    public static string Text(TrainComparison comparison) =>
        FormattableString.Invariant($"medians of {comparison.Turns.Count} turns: rlseq {comparison.StepsPerSecond:N0} steps/s, {comparison.FloorShare:P0} of its floor; PyTorch {comparison.PeerStepsPerSecond:N0} with {comparison.PeerBestThreads} thread{(comparison.PeerBestThreads == 1 ? "" : "s")}, its best; {comparison.Ratio:0.0} times as fast");

    /// <summary>One turn of a comparison of memories.</summary>
    public static string Turn(string memory, TrainBenchmark one, string other, TrainBenchmark two) =>
        FormattableString.Invariant($"{memory} {one.StepsPerSecond:N0} steps/s, {other} {two.StepsPerSecond:N0}: {one.StepsPerSecond / two.StepsPerSecond:0.00} times as fast");

    /// <summary>What the turns of a comparison of memories say together.</summary>
    public static string Text(string memory, string other, MemoryComparison comparison) =>
        FormattableString.Invariant($"medians of {comparison.Turns.Count} turns: {memory} {comparison.StepsPerSecond:N0} steps/s, {other} {comparison.OtherStepsPerSecond:N0}; {comparison.Ratio:0.00} times as fast");

    /// <summary>The figures by the names that scripts rely on.</summary>
    public static JsonObject Json(string memory, TrainBenchmark result, TrainComparison? comparison = null, MemoryComparison? memories = null)
    {
        JsonObject json = Figures(memory, result);
        if (memories is not null)
            json["versus"] = new JsonObject { ["turns"] = memories.Turns.Count, ["ratio"] = memories.Ratio, ["steps_per_second"] = memories.StepsPerSecond, ["other_steps_per_second"] = memories.OtherStepsPerSecond };
        if (comparison is null) return json;
        json["torch"] = new JsonObject
        {
            ["turns"] = comparison.Turns.Count,
            ["ratio"] = comparison.Ratio,
            ["floor_share"] = comparison.FloorShare,
            ["steps_per_second"] = comparison.StepsPerSecond,
            ["torch_steps_per_second"] = comparison.PeerStepsPerSecond,
            ["torch_threads"] = comparison.PeerBestThreads,
        };
        return json;
    }

    private static JsonObject Figures(string memory, TrainBenchmark result) => new()
    {
        ["memory"] = memory,
        ["steps_per_second"] = result.StepsPerSecond,
        ["collect_steps_per_second"] = result.CollectStepsPerSecond,
        ["update_steps_per_second"] = result.UpdateStepsPerSecond,
        ["floor_steps_per_second"] = result.FloorStepsPerSecond,
        ["parameters"] = result.Parameters,
        ["peak_bytes"] = result.PeakBytes,
        ["formula_bytes"] = result.FormulaBytes,
        ["phase_seconds"] = new JsonObject(result.Phases.All.Select(phase => KeyValuePair.Create(phase.Name, (JsonNode?)phase.Seconds))),
        ["phase_floor_seconds"] = new JsonObject(result.FloorPhases.All.Where(phase => phase.Seconds > 0).Select(phase => KeyValuePair.Create(phase.Name, (JsonNode?)phase.Seconds))),
    };
}
