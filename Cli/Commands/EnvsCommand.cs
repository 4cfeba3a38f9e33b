using System.CommandLine;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq envs</c>: the environments by name.</summary>
internal static class EnvsCommand
{
    public static Command Create()
    {
        Option<bool> all = new("--all") { Description = $"List the full-state twins too: the tasks marked {EnvironmentList.TwinMark} with {FullStateEnvironment.Suffix} after their name." };
        Option<string?> assembly = CommonOptions.Assembly();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "envs",
            $"Lists the environments. One marked {EnvironmentList.TwinMark} has a full-state twin, which shows what a perfect memory would hold and is named with {FullStateEnvironment.Suffix}: RepeatFirstEasy{FullStateEnvironment.Suffix}.",
            "rlseq envs")
        {
            all, assembly, json,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(assembly) is { } path) PluginLibrary.Load(path);
            EnvironmentList.Print(EnvironmentRegistry.Entries.Where(entry => parsed.GetValue(all) || entry.FullStateOf is null), parsed.GetValue(json));
        });
        return command;
    }
}
