using System.Text.Json.Nodes;

namespace RLSeq.Cli.Output;

/// <summary>Names with one line each, for people or as a JSON array.</summary>
internal static class NameList
{
    public static void Print(IEnumerable<(string Name, string Description)> entries, bool json)
    {
        var all = entries.ToList();
        if (json)
        {
            JsonLine.Write(new JsonArray([.. all.Select(entry => new JsonObject { ["name"] = entry.Name, ["description"] = entry.Description })]));
            return;
        }
        int width = all.Max(entry => entry.Name.Length);
        foreach ((string name, string description) in all) Console.WriteLine($"{name.PadRight(width)}  {description}");
    }
}
