using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>A policy's use of its memory as a table and as fields.</summary>
internal static class MemoryUseOutput
{
    public static string Text(IReadOnlyList<PolicyMemoryUse> uses)
    {
        var lines = new List<string> { $"{"state before every action",-32}  {"return",8}  {"lost [95 %]",24}" };
        foreach (PolicyMemoryUse use in uses)
        {
            Estimate lost = Lost(uses, use);
            string change = use.Intervention == MemoryIntervention.Intact ? "" : string.Create(CultureInfo.InvariantCulture, $"{lost.Value:0.000} [{lost.Low:0.000}, {lost.High:0.000}]");
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Name(use),-32}  {use.Returns.Average(),8:0.000}  {change,24}").TrimEnd());
        }
        return string.Join('\n', lines);
    }

    public static JsonArray Json(IReadOnlyList<PolicyMemoryUse> uses) => new([.. uses.Select(use =>
    {
        Estimate lost = Lost(uses, use);
        return (JsonNode)new JsonObject
        {
            ["intervention"] = use.Intervention.ToString().ToLowerInvariant(),
            ["steps"] = use.Steps,
            ["return_mean"] = JsonLine.Number(use.Returns.Average()),
            ["lost_mean"] = JsonLine.Number(lost.Value),
            ["lost_ci_low"] = JsonLine.Number(lost.Low),
            ["lost_ci_high"] = JsonLine.Number(lost.High),
            ["returns"] = new JsonArray([.. use.Returns.Select(value => JsonLine.Number(value))]),
        };
    })]);

    /// <summary>The return that an intervention cost, over the same episodes.</summary>
    private static Estimate Lost(IReadOnlyList<PolicyMemoryUse> uses, PolicyMemoryUse use) => PairedDifference.OfReturns([[.. uses[0].Returns]], [[.. use.Returns]]);

    private static string Name(PolicyMemoryUse use) => use.Intervention switch
    {
        MemoryIntervention.Intact => "intact",
        MemoryIntervention.Zeroed => "that of an episode's beginning",
        MemoryIntervention.Shuffled => "that of another episode",
        _ => use.Steps == 1 ? "of this observation alone" : $"of the last {use.Steps} observations",
    };
}
