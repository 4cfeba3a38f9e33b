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
        Argument<string?> name = new("E") { Description = "The environment's name.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        Option<string?> replay = new("--replay") { Description = "Play the episode again in which an environment failed in a run: the failure.json in its folder.", HelpName = "FILE" };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("check-env", "Checks an environment and says how to mend what it finds; exits with 1 when there is something.", "rlseq check-env RepeatPreviousEasy") { name, wrap, assembly, replay, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(replay) is { } file) return Replay(file, parsed.GetValue(json));
            if (parsed.GetValue(name) is not { } given) throw new UserInputException("check-env needs the name of an environment (see rlseq envs), or --replay FILE.");
            var environment = NamedEnvironment.Find(given, CommonOptions.ReadEnvironment(parsed, wrap, assembly));
            _ = Disposes(environment.Create()); // what cannot be made is bad input, not a finding
            IReadOnlyList<Finding> findings = EnvironmentChecker.Check(environment.Create);
            foreach (Finding finding in findings) Console.Error.WriteLine(finding);
            if (findings.Count == 0) Console.Error.WriteLine($"{environment.Entry.Name}: nothing found.");
            if (parsed.GetValue(json)) JsonLine.Write(new JsonArray([.. findings.Select(finding => JsonValue.Create(finding.ToString()))]));
            return findings.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Disposes of an environment, and says whether that went well: where it did not, the checker finds and explains it.</summary>
    private static bool Disposes(IEnvironment environment)
    {
        try
        {
            environment.Dispose();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Plays a failure again; like a check, it exits with 1 when it finds it.</summary>
    private static int Replay(string file, bool json)
    {
        FailureFile failure = FailureFile.Read(file);
        using IEnvironment environment = NamedEnvironment.Find(failure.Environment, failure.Options, failure.Clock.Load()).Create();
        string? error = null;
        try
        {
            failure.Replay(environment);
            Console.Error.WriteLine($"{failure.Environment}: {failure.Step} steps of the episode with seed {failure.EpisodeSeed} went well. In the run it failed with: {failure.Error} What fails only sometimes depends on more than the seed and the actions: rlseq check-env {failure.Environment}");
        }
        catch (Exception exception) when (exception is not UserInputException)
        {
            error = exception.ToString();
            Console.Error.WriteLine(error);
        }
        if (json) JsonLine.Write(new JsonObject { ["reproduced"] = error is not null, ["error"] = error });
        return error is null ? 0 : 1;
    }
}
