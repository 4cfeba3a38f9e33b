using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RLSeq.Cli.Commands;
using RLSeq.Training;

namespace RLSeq.Cli.Output;

/// <summary>The usual help, then the command's example, and where a configuration can be changed all of its keys.</summary>
internal sealed class HelpText(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>The demonstration, which needs nothing else.</summary>
    private const string RootExample = "rlseq compare";

    /// <summary>Takes the place of the usual help of a command and all below it.</summary>
    public static void Install(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpText((HelpAction)option.Action!);
    }

    /// <summary>Whoever asks for help has not given the rest of the command yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        if (command.Options.Any(option => option.Name == CommonOptions.SetName)) WriteSettings(output);
        string? example = command is ExampleCommand documented ? documented.Example : command is RootCommand ? RootExample : null;
        if (example is not null) output.WriteLine($"Example:\n  {example}\n");
        return code;
    }

    private static void WriteSettings(TextWriter output)
    {
        var defaults = new TrainingConfiguration();
        var rows = ConfigurationSchema.Settings.Select(setting => (Left: $"{setting.Key}={setting.Read(defaults)}", setting.Description)).ToList();
        int width = rows.Max(row => row.Left.Length);
        output.WriteLine($"Keys of the configuration, with their defaults:\n{string.Concat(rows.Select(row => $"  {row.Left.PadRight(width)}  {row.Description}\n"))}");
    }
}
