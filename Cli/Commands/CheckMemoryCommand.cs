using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq check-memory</c>: looks for the mistakes that make a memory's results wrong without a word.</summary>
internal static class CheckMemoryCommand
{
    public static Command Create()
    {
        Argument<string> name = new("M") { Description = "The memory's name." };
        Option<string?> assembly = CommonOptions.Assembly();
        Option<ulong> seed = CommonOptions.Seed("Decides weights, inputs and where episodes begin.", 1);
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "check-memory",
            "Checks a memory, as it learns and as it acts: sequences cut anywhere, episodes and rows apart, gradients against finite differences, acting equal to learning, no allocations. Says how to mend what it finds, and exits with 1 when there is something.",
            "rlseq check-memory lstm")
        {
            name, assembly, seed, json,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(assembly) is { } path) PluginLibrary.Load(path);
            string memory = MemoryRegistry.Find(parsed.GetValue(name)!).Name;
            IReadOnlyList<Finding> findings = MemoryChecker.Check(memory, parsed.GetValue(seed));
            foreach (Finding finding in findings) Console.Error.WriteLine(finding);
            if (findings.Count == 0) Console.Error.WriteLine($"{memory}: nothing found.");
            if (parsed.GetValue(json)) JsonLine.Write(new JsonArray([.. findings.Select(finding => JsonValue.Create(finding.ToString()))]));
            return findings.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
