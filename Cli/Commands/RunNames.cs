using System.Globalization;

namespace RLSeq.Cli.Commands;

/// <summary>Names of folders that the user did not choose.</summary>
internal static class RunNames
{
    public static string Default(string what) =>
        Path.Combine("runs", $"{what}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
}
