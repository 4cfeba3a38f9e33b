using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench curve</c>: how the cost of training grows with one of its sizes.</summary>
internal static class BenchCurveCommand
{
    public static ExampleCommand Create()
    {
        Option<string> over = new("--over") { Description = "What grows: envs, steps or hidden.", HelpName = "envs|steps|hidden", DefaultValueFactory = _ => "envs" };
        Option<string?> values = new("--values") { Description = "The sizes, separated by commas.", HelpName = "N[,N…]" };
        Option<string?> config = CommonOptions.Config();
        Option<string[]> set = CommonOptions.Set();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "curve", "Times training at growing sizes, each in a process of its own, with its memory beside the formula.",
            "rlseq bench curve --over steps --set ppo.environments=16 --set memory.name=lstm --set threads=2 --set collect_threads=2") { over, values, config, set, json };
        command.SetAction(parsed =>
        {
            CostCurve.Dimension size = CostCurve.Dimensions.GetValueOrDefault(parsed.GetValue(over)!)
                ?? throw new UserInputException($"--over is '{parsed.GetValue(over)}', but must be one of {string.Join(", ", CostCurve.Dimensions.Keys)}.");
            TrainingConfiguration configuration = ConfigurationOptions.Read(parsed, config, set);
            int[] sizes = parsed.GetValue(values) is { } list ? [.. list.Split(',').Select(Size)] : [.. size.Defaults];
            string head = $"{size.Name,20} {"steps/s",12} {"ms per update",14} {"parameters",12} {"MB at most",11} {"formula MB",11}\n";
            CostCurve curve = CostCurve.Run(configuration, size, sizes, SelfCommand.Words, point =>
            {
                Console.Error.Write(head);
                Console.Error.WriteLine(FormattableString.Invariant(
                    $"{point.Value,20:N0} {point.StepsPerSecond,12:N0} {point.SecondsPerUpdate * 1e3,14:N1} {point.Parameters,12:N0} {point.PeakBytes / 1e6,11:N0} {point.FormulaBytes / 1e6,11:N0}"));
                head = "";
            });
            Console.Error.WriteLine(FormattableString.Invariant($"The time of an update grows with the {curve.TimeExponent:0.00}th power of {size.Name}{(size.Key == "network.hidden" ? FormattableString.Invariant($", with the {curve.TimeExponentOverParameters:0.00}th of the parameters") : "")}; memory {(curve.WithinFormula ? "stays within" : "EXCEEDS")} the formula."));
            if (parsed.GetValue(json))
            {
                JsonLine.Write(new JsonObject
                {
                    ["over"] = size.Key,
                    ["time_exponent"] = curve.TimeExponent,
                    ["within_formula"] = curve.WithinFormula,
                    ["points"] = new JsonArray([.. curve.Points.Select(point => new JsonObject
                    {
                        ["value"] = point.Value,
                        ["steps_per_second"] = point.StepsPerSecond,
                        ["seconds_per_update"] = point.SecondsPerUpdate,
                        ["parameters"] = point.Parameters,
                        ["peak_bytes"] = point.PeakBytes,
                        ["formula_bytes"] = point.FormulaBytes,
                    })]),
                });
            }
        });
        return command;
    }

    private static int Size(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int size) && size > 0
            ? size
            : throw new UserInputException($"--values has '{text}', but takes whole numbers from 1, separated by commas.");
}
