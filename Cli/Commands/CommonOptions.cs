using System.CommandLine;

namespace RLSeq.Cli.Commands;

/// <summary>Options that several commands share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on the last line of standard output." };

    public static Option<string?> Out(string what) => new("--out") { Description = what, HelpName = "DIR" };

    public static Option<string?> Device() => new("--device") { Description = "Where the network learns: auto, cpu or cuda.", HelpName = "auto|cpu|cuda" };

    public static Option<string?> Config() => new("--config") { Description = "A YAML configuration to start from; the other options override it.", HelpName = "FILE" };

    public static Option<string[]> Set() => new("--set") { Description = "Change one value of the configuration, such as --set ppo.epochs=8 (several times if needed; the keys stand in every run's config.yaml).", HelpName = "KEY=VALUE" };

    public static Option<string?> Steps() => new("--steps") { Description = "Environment steps of each run.", HelpName = "N" };

    public static Option<int> Episodes(int count) => new("--episodes") { Description = "Episodes to evaluate on.", HelpName = "N", DefaultValueFactory = _ => count };
}
