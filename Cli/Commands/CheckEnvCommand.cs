using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq check-env</c>: looks for the mistakes that environments are usually born with.</summary>
internal static class CheckEnvCommand
{
    public static Command Create()
    {
        Argument<string> name = new("E") { Description = "The environment's name." };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("check-env", "Checks an environment and says how to mend what it finds; exits with 1 when there is something.", "rlseq check-env RepeatPreviousEasy") { name, json };
        command.SetAction(parsed =>
        {
            EnvironmentEntry entry = EnvironmentRegistry.Get(parsed.GetValue(name)!);
            IReadOnlyList<Finding> findings = EnvironmentChecker.Check(entry.Create);
            foreach (Finding finding in findings) Console.Error.WriteLine(finding);
            if (findings.Count == 0) Console.Error.WriteLine($"{entry.Name}: nothing found.");
            if (parsed.GetValue(json)) JsonLine.Write(new JsonArray([.. findings.Select(finding => JsonValue.Create(finding.ToString()))]));
            return findings.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
