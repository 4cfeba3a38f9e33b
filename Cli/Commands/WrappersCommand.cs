using System.CommandLine;
using RLSeq.Cli.Output;
using RLSeq.Environments;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq wrappers</c>: what can be put around an environment.</summary>
internal static class WrappersCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("wrappers", "Lists what can be put around an environment with --wrap.", "rlseq wrappers") { json };
        command.SetAction(parsed => NameList.Print(
            WrapperRegistry.Entries.Select(entry => (parsed.GetValue(json) ? entry.Name : entry.Usage, $"{char.ToUpperInvariant(entry.Description[0])}{entry.Description[1..]}.")), parsed.GetValue(json)));
        return command;
    }
}
