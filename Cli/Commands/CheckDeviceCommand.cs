using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Evaluation;
using RLSeq.Policies;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq check-device</c>: holds a device to the CPU, for every memory.</summary>
internal static class CheckDeviceCommand
{
    public static Command Create()
    {
        Option<string> device = new("--device") { Description = "The device: auto, cpu or cuda.", HelpName = "auto|cpu|cuda", DefaultValueFactory = _ => "auto" };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("check-device", "Checks that a device computes what the CPU does, forward, backward, in training and in acting; exits with 1 when it does not.", "rlseq check-device --device cuda") { device, json };
        command.SetAction(parsed =>
        {
            List<DeviceCheck> checks = [.. MemoryRegistry.All.Select(entry => DeviceCheck.Run(entry.Name, parsed.GetValue(device)!))];
            foreach (DeviceCheck check in checks)
                Console.Error.WriteLine(FormattableString.Invariant($"{check.Memory,-12} {(check.Passed ? "ok    " : "FAILED")} output error {check.OutputError:0.0e+0}, gradient error {check.GradientError:0.0e+0}, first ratio error {check.FirstRatioError:0.0e+0}, acting error {check.ActingError:0.0e+0} (each at most {DeviceCheck.Tolerance:0.0e+0}); {check.StepsPerSecond:N0} steps/s"));
            if (parsed.GetValue(json))
            {
                JsonLine.Write(new JsonObject
                {
                    ["device"] = parsed.GetValue(device),
                    ["passed"] = checks.TrueForAll(check => check.Passed),
                    ["memories"] = new JsonArray([.. checks.Select(check => new JsonObject
                    {
                        ["memory"] = check.Memory,
                        ["passed"] = check.Passed,
                        ["output_error"] = JsonLine.Number(check.OutputError),
                        ["gradient_error"] = JsonLine.Number(check.GradientError),
                        ["first_ratio_error"] = JsonLine.Number(check.FirstRatioError),
                        ["acting_error"] = JsonLine.Number(check.ActingError),
                        ["steps_per_second"] = check.StepsPerSecond,
                    })]),
                });
            }
            return checks.TrueForAll(check => check.Passed) ? 0 : 1;
        });
        return command;
    }
}
