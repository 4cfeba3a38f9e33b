using System.CommandLine;
using RLSeq.Cli.Output;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq memories</c>: the memories by name.</summary>
internal static class MemoriesCommand
{
    public static Command Create()
    {
        Option<string?> assembly = CommonOptions.Assembly();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("memories", "Lists the memories.", "rlseq memories") { assembly, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(assembly) is { } path) PluginLibrary.Load(path);
            NameList.Print(MemoryRegistry.All.Select(entry => (entry.Name, entry.Description)), parsed.GetValue(json));
        });
        return command;
    }
}
