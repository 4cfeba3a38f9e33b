using System.Text.Json.Nodes;
using RLSeq.Environments;

namespace RLSeq.Cli.Output;

/// <summary>Environments with one line each, for people or as a JSON array.</summary>
internal static class EnvironmentList
{
    /// <summary>What stands before an environment that has a full-state twin.</summary>
    public const char TwinMark = '*';

    public static void Print(IEnumerable<EnvironmentEntry> entries, bool json)
    {
        var all = entries.ToList();
        if (json)
        {
            JsonLine.Write(new JsonArray([.. all.Select(Json)]));
            return;
        }
        int width = all.Max(entry => entry.Name.Length);
        foreach (EnvironmentEntry entry in all)
            Console.WriteLine($"{entry.Name.PadRight(width)} {(entry.FullStateTwin is null ? ' ' : TwinMark)} {entry.Description}");
    }

    private static JsonObject Json(EnvironmentEntry entry) => new()
    {
        ["name"] = entry.Name,
        ["description"] = entry.Description,
        ["needs_memory"] = entry.NeedsMemory,
        ["needs_previous_action"] = entry.NeedsPreviousAction,
        ["random_return"] = entry.RandomReturn,
        ["reference_return"] = entry.ReferenceReturn,
        ["full_state"] = entry.FullStateTwin,
    };
}
