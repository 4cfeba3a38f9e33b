using System.CommandLine;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench env</c>: environments on one core.</summary>
internal static class BenchEnvCommand
{
    private const string Default = "RepeatPreviousEasy,CartPole,MineSweeperEasy,BattleshipEasy";

    public static ExampleCommand Create()
    {
        Option<string?> environments = new("--env") { Description = $"Environments, separated by commas (default: {Default}).", HelpName = "E[,E…]" };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "env",
            "Times environments on one core, vectorised, with random actions; beside each the limit of the interface and, where known, the original in Python.",
            "rlseq bench env --env RepeatPreviousEasy,CartPole --json")
        {
            environments, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(environments) ?? Default, parsed.GetValue(json)));
        return command;
    }

    private static void Run(string names, bool json)
    {
        EnvironmentEntry[] entries = [.. names.Split(',', StringSplitOptions.TrimEntries).Select(EnvironmentRegistry.Get)];
        int width = Math.Max("environment".Length, entries.Max(entry => entry.Name.Length));
        Console.Error.WriteLine(EnvironmentBenchmarkOutput.Head(width));
        List<(string, EnvironmentBenchmark)> results = [];
        foreach (EnvironmentEntry entry in entries)
        {
            EnvironmentBenchmark result = EnvironmentBenchmark.Run(entry.Create);
            Console.Error.WriteLine(EnvironmentBenchmarkOutput.Row(entry.Name, width, result));
            results.Add((entry.Name, result));
        }
        if (json) JsonLine.Write(EnvironmentBenchmarkOutput.Json(results));
    }
}
