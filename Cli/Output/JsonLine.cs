using System.Text.Json.Nodes;

namespace RLSeq.Cli.Output;

/// <summary>The last line of standard output under <c>--json</c>: one object.</summary>
internal static class JsonLine
{
    public static void Write(JsonNode node) => Console.Out.WriteLine(node.ToJsonString());

    /// <summary>JSON has no NaN and no infinity; they become null.</summary>
    public static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
