using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Environments;

namespace RLSeq.Cli.Output;

/// <summary>Environments with one line each, for people or as a JSON array.</summary>
internal static class EnvironmentList
{
    /// <summary>What stands before an environment that has a full-state twin.</summary>
    public const char TwinMark = '*';

    private static readonly string[] Levels = ["Easy", "Medium", "Hard"];

    public static void Print(IEnumerable<EnvironmentEntry> entries, bool json)
    {
        var all = entries.OrderBy(entry => SortKey(entry.Name), StringComparer.Ordinal).ToList();
        if (json)
        {
            JsonLine.Write(new JsonArray([.. all.Select(Json)]));
            return;
        }
        int width = all.Max(entry => entry.Name.Length);
        foreach (EnvironmentEntry entry in all)
            Console.WriteLine($"{entry.Name.PadRight(width)} {(entry.FullStateTwin is null ? ' ' : TwinMark)} {entry.Description}");
        Console.Error.WriteLine();
        Console.Error.WriteLine($"{TwinMark} has a full-state twin: {FullStateEnvironment.Suffix} after the name (--all lists them). These take any number, such as PassiveTMaze123: {string.Join(", ", EnvironmentRegistry.NumberedTasks)}.");
    }

    /// <summary>As people sort: 20 before 100, easy before medium before hard, a twin after its task.</summary>
    private static string SortKey(string name)
    {
        bool isTwin = name.EndsWith(FullStateEnvironment.Suffix, StringComparison.Ordinal);
        string stem = isTwin ? name[..^FullStateEnvironment.Suffix.Length] : name;
        int level = Array.FindIndex(Levels, word => stem.EndsWith(word, StringComparison.Ordinal)), digits = 0;
        if (level >= 0) stem = stem[..^Levels[level].Length];
        while (digits < stem.Length && char.IsAsciiDigit(stem[^(digits + 1)])) digits++;
        string number = stem[^digits..].PadLeft(12, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{stem[..^digits].ToUpperInvariant()} {number} {level + 1} {(isTwin ? 1 : 0)}");
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
        ["several_agents"] = entry.CreateWorld is not null,
    };
}
