using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench soak</c>: a long run, watched for what must not grow.</summary>
internal static class BenchSoakCommand
{
    public static ExampleCommand Create()
    {
        Option<string?> steps = new("--steps") { Description = "Environment steps in all.", HelpName = "N", DefaultValueFactory = _ => "10000000" };
        Option<string?> config = CommonOptions.Config();
        Option<string[]> set = CommonOptions.Set();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "soak", "Trains for long, and compares memory, live tensors and speed at the run's start and end.",
            "rlseq bench soak --set memory.name=lstm --set threads=2 --set collect_threads=2") { steps, config, set, json };
        command.SetAction(parsed =>
        {
            TrainingConfiguration configuration = ConfigurationOptions.Read(parsed, config, set, ("steps", parsed.GetValue(steps)));
            configuration.Validate();
            SoakRun run = SoakRun.Run(configuration, (twentieth, span) => Console.Error.WriteLine($"{twentieth * 5,3} %  {Text(span)}"));
            Console.Error.WriteLine(FormattableString.Invariant($"{run.Steps:N0} steps in {run.Seconds:N0} s"));
            Console.Error.WriteLine($"start  {Text(run.Start)}");
            Console.Error.WriteLine($"end    {Text(run.End)}");
            if (parsed.GetValue(json)) JsonLine.Write(new JsonObject { ["steps"] = run.Steps, ["seconds"] = run.Seconds, ["start"] = Json(run.Start), ["end"] = Json(run.End) });
        });
        return command;
    }

    private static string Text(SoakRun.Span span) => FormattableString.Invariant(
        $"{span.StepsPerSecond,9:N0} steps/s  {span.ResidentBytes / 1e6,8:N1} MB resident  {span.LiveTensors,6:N0} live tensors  {span.ManagedBytes / 1e6,7:N2} MB managed  {span.AllocatedBytesPerStep,6:N1} bytes allocated per step");

    private static JsonObject Json(SoakRun.Span span) => new()
    {
        ["steps_per_second"] = span.StepsPerSecond,
        ["resident_bytes"] = span.ResidentBytes,
        ["live_tensors"] = span.LiveTensors,
        ["managed_bytes"] = span.ManagedBytes,
        ["allocated_bytes_per_step"] = span.AllocatedBytesPerStep,
    };
}
