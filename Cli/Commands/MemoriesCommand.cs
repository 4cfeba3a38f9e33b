using System.CommandLine;
using RLSeq.Cli.Output;
using RLSeq.Policies;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq memories</c>: the memories by name.</summary>
internal static class MemoriesCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("memories", "Lists the memories.", "rlseq memories") { json };
        command.SetAction(parsed => NameList.Print(MemoryRegistry.All.Select(entry => (entry.Name, entry.Description)), parsed.GetValue(json)));
        return command;
    }
}
