using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq envs</c>: the environments by name.</summary>
internal static class EnvsCommand
{
    public static Command Create()
    {
        Option<string?> assembly = CommonOptions.Assembly();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("envs", "Lists the environments.", "rlseq envs") { assembly, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(assembly) is { } path) EnvironmentLibrary.Load(path);
            NameList.Print(EnvironmentRegistry.Entries.Select(entry => (entry.Name, entry.Description)), parsed.GetValue(json));
        });
        return command;
    }
}
