using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench solve</c>: how long training takes until a return is reached.</summary>
internal static class BenchSolveCommand
{
    public static ExampleCommand Create()
    {
        Option<string?> environment = new("--env") { Description = "The environment.", HelpName = "E" };
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly(), steps = CommonOptions.Steps();
        Option<double?> target = Target();
        Option<int> seeds = CommonOptions.Whole("--seeds", "Seeds, one after the other.", "K", 1, 5, high: 1000);
        Option<string?> config = CommonOptions.Config();
        Option<string[]> set = CommonOptions.Set();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "solve", "Times training until a return is reached, over several seeds.", "rlseq bench solve --env CartPole --target 450 --seeds 5 --set memory.name=none") { environment, wrap, assembly, steps, target, seeds, config, set, json };
        command.SetAction(parsed =>
        {
            TrainingConfiguration configuration = ConfigurationOptions.Read(parsed, config, set, ("environment", parsed.GetValue(environment)),
                ("environment.assembly", parsed.GetValue(assembly)), ("environment.wrappers", parsed.GetValue(wrap)), ("steps", parsed.GetValue(steps)));
            configuration.Validate();
            EnvironmentEntry entry = NamedEnvironment.Of(configuration).Entry;
            double wanted = parsed.GetValue(target) ?? entry.ReferenceReturn
                ?? throw new UserInputException($"{entry.Name} has no reference return, so --target must say what to reach.");
            SolveBenchmark result = SolveBenchmark.Run(configuration, wanted, parsed.GetValue(seeds), seed => Console.Error.WriteLine(Text(seed)));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {result.Seeds.Count} seeds: {result.MedianSeconds:0.0} s to a mean return of {wanted:0.###}"));
            if (parsed.GetValue(json))
            {
                JsonLine.Write(new JsonObject
                {
                    ["target"] = wanted,
                    ["median_seconds"] = double.IsFinite(result.MedianSeconds) ? result.MedianSeconds : null,
                    ["seeds"] = new JsonArray([.. result.Seeds.Select(seed => new JsonObject
                    {
                        ["seed"] = seed.Number, ["reached"] = seed.Reached, ["seconds"] = seed.Seconds, ["steps"] = seed.Steps, ["best_mean"] = seed.BestMean, ["evaluated"] = seed.Evaluated,
                    })]),
                });
            }
        });
        return command;
    }

    private static string Text(SolveBenchmark.Seed seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed.Number}: {(seed.Reached ? "reached" : "NOT reached")} after {seed.Seconds:0.0} s and {seed.Steps:N0} steps; best mean {seed.BestMean:0.###}; evaluated {seed.Evaluated:0.###}");

    private static Option<double?> Target() => new("--target")
    {
        Description = "The mean return of the last 100 episodes to reach; without it, the environment's reference.",
        HelpName = "R",
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) return number;
            result.AddError($"--target is '{text}', but must be a number.");
            return null;
        },
    };
}
