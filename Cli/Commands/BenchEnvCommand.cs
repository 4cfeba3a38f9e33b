using System.CommandLine;
using RLSeq.Cli.Output;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench env</c>: environments on one core.</summary>
internal static class BenchEnvCommand
{
    private const string Default = "RepeatPreviousEasy,CartPole,MineSweeperEasy,BattleshipEasy";

    public static ExampleCommand Create()
    {
        Option<string?> environments = new("--env") { Description = $"Environments, separated by commas (default: {Default}).", HelpName = "E[,E…]" };
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "env",
            "Times environments on one core, vectorised, with random actions; beside each the limit of the interface and, where known, the original in Python.",
            "rlseq bench env --env RepeatPreviousEasy,CartPole --json")
        {
            environments, wrap, assembly, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(environments) ?? Default, CommonOptions.ReadEnvironment(parsed, wrap, assembly), parsed.GetValue(json)));
        return command;
    }

    private static void Run(string names, EnvironmentOptions options, bool json)
    {
        NamedEnvironment[] all = [.. names.Split(',', StringSplitOptions.TrimEntries).Select(name => NamedEnvironment.Find(name, options))];
        int width = Math.Max("environment".Length, all.Max(environment => environment.Entry.Name.Length));
        Console.Error.WriteLine(EnvironmentBenchmarkOutput.Head(width));
        List<(string, EnvironmentBenchmark)> results = [];
        foreach (NamedEnvironment environment in all)
        {
            EnvironmentBenchmark result = EnvironmentBenchmark.Run(environment.Create);
            Console.Error.WriteLine(EnvironmentBenchmarkOutput.Row(environment.Entry.Name, width, result));
            results.Add((environment.Entry.Name, result));
        }
        if (json) JsonLine.Write(EnvironmentBenchmarkOutput.Json(results));
    }
}
