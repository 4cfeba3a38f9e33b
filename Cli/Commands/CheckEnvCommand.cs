using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq check-env</c>: looks for the mistakes that environments are usually born with.</summary>
internal static class CheckEnvCommand
{
    public static Command Create()
    {
        Argument<string> name = new("E") { Description = "The environment's name." };
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("check-env", "Checks an environment and says how to mend what it finds; exits with 1 when there is something.", "rlseq check-env RepeatPreviousEasy") { name, wrap, assembly, json };
        command.SetAction(parsed =>
        {
            var environment = NamedEnvironment.Find(parsed.GetValue(name)!, CommonOptions.ReadEnvironment(parsed, wrap, assembly));
            environment.Create().Dispose(); // what cannot be made is bad input, not a finding
            IReadOnlyList<Finding> findings = EnvironmentChecker.Check(environment.Create);
            foreach (Finding finding in findings) Console.Error.WriteLine(finding);
            if (findings.Count == 0) Console.Error.WriteLine($"{environment.Entry.Name}: nothing found.");
            if (parsed.GetValue(json)) JsonLine.Write(new JsonArray([.. findings.Select(finding => JsonValue.Create(finding.ToString()))]));
            return findings.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
