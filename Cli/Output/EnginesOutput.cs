using System.Text;
using System.Text.Json.Nodes;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>The comparison of the engines, for people and for scripts.</summary>
internal static class EnginesOutput
{
    /// <summary>A table with one line per batch size, and the sentence that says where the engines cross.</summary>
    public static string Text(EngineBenchmark result)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"{"batch",8}  {"managed",10} {"per row",10}  {"torch",10} {"per row",10}   µs per call, torch on {result.Device} with {result.Threads} thread{(result.Threads == 1 ? "" : "s")}\n"));
        foreach (EngineTiming timing in result.Timings)
            text.Append(FormattableString.Invariant($"{timing.Batch,8}  {timing.ManagedMicroseconds,10:0.0} {timing.ManagedMicrosecondsPerRow,10:0.00}  {timing.TorchMicroseconds,10:0.0} {timing.TorchMicrosecondsPerRow,10:0.00}\n"));
        return text.Append(Crossing(result)).ToString();
    }

    /// <summary>Adds <c>engines</c>, <c>torch_from_batch</c>, <c>managed_up_to_batch</c>, <c>device</c> and <c>threads</c> to a result.</summary>
    public static void AddTo(JsonObject json, EngineBenchmark result)
    {
        json["device"] = result.Device;
        json["threads"] = result.Threads;
        json["managed_up_to_batch"] = result.ManagedUpTo;
        json["torch_from_batch"] = result.TorchFrom;
        json["engines"] = new JsonArray([.. result.Timings.Select(timing => new JsonObject
        {
            ["batch"] = timing.Batch,
            ["managed_us"] = timing.ManagedMicroseconds,
            ["managed_us_per_row"] = timing.ManagedMicrosecondsPerRow,
            ["torch_us"] = timing.TorchMicroseconds,
            ["torch_us_per_row"] = timing.TorchMicrosecondsPerRow,
        })]);
    }

    private static string Crossing(EngineBenchmark result) => (result.ManagedUpTo, result.TorchFrom) switch
    {
        ({ } upTo, { } from) => $"managed is faster up to batch {upTo}; torch from {from}",
        ({ } upTo, null) => $"managed is faster up to batch {upTo}; torch never",
        (null, { } from) => $"torch is faster from batch {from}; managed never",
        _ => "",
    };
}
