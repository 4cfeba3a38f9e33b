using System.Globalization;
using RLSeq.Environments;

namespace RLSeq.Cli.Commands;

/// <summary>The folders that commands write into.</summary>
internal static class RunNames
{
    /// <summary>The folder that the user chose, or else a new one below <c>runs</c>.</summary>
    public static string Choose(string? given, string what)
    {
        if (given is not null) return given.Length > 0 ? given : throw new UserInputException("--out needs the name of a folder; given: ''.");
        string folder = Path.Combine("runs", $"{what}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
        string candidate = folder;
        for (int i = 2; Directory.Exists(candidate); i++) candidate = $"{folder}-{i}";
        return candidate;
    }
}
