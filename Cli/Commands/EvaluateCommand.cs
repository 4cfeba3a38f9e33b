using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq evaluate</c>: plays episodes with a trained policy.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Argument<string> source = new("DIR|policy.rlseq") { Description = "A run's folder or a policy file." };
        Option<string?> environment = new("--env") { Description = "The environment (default: the one that the policy was trained on).", HelpName = "E" };
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        Option<int> episodes = CommonOptions.Episodes();
        Option<ulong> seed = CommonOptions.Seed("Decides the episodes.", new EvaluationSettings().Seed);
        Option<bool> sample = new("--sample") { Description = "Sample actions instead of taking the distribution's mode." };
        Option<TimeSpan?> timeout = CommonOptions.StepTimeout();
        EvaluationClockOptions clock = new();
        Option<string?> saveLatency = new("--save-latency") { Description = "Write the latencies as a profile, which --latency replays.", HelpName = "FILE.msgpack" };
        Option<string?> output = new("--out") { Description = "Write the record of every episode, as MessagePack.", HelpName = "FILE.msgpack" };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "evaluate", "Plays episodes with a trained policy, under a clock if one is asked for, and reports return and action latency.",
            "rlseq evaluate runs/first --episodes 200 --period 60Hz --deadline 2ms")
        {
            source, environment, wrap, assembly, episodes, seed, sample, timeout,
        };
        clock.AddTo(command);
        foreach (Option option in (ReadOnlySpan<Option>)[saveLatency, output, json]) command.Add(option);
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(source)!;
            var settings = new EvaluationSettings
            {
                Episodes = parsed.GetValue(episodes),
                Seed = parsed.GetValue(seed),
                Selection = parsed.GetValue(sample) ? ActionSelection.Sample : ActionSelection.Mode,
                StepTimeout = PolicySource.StepTimeout(from, parsed.GetValue(timeout)),
                Clock = clock.Read(parsed),
                WarmUp = true,
                KeepLatencies = parsed.GetValue(saveLatency) is not null,
            };
            (string? profile, string? record) = (ProfilePath(parsed.GetValue(saveLatency)), WritablePath(parsed.GetValue(output), "--out"));
            PolicyDefinition policy = PolicySource.Load(from, parsed.GetValue(assembly));
            NamedEnvironment played = PolicySource.Environment(policy, from, parsed.GetValue(environment), parsed.GetValue(wrap), parsed.GetValue(assembly));
            using IEnvironment world = played.Create();
            EvaluationResult result = Evaluator.Run(PolicyNetwork.From(policy), world, settings);
            if (profile is not null) AtomicFile.Write(profile, LatencyProfileFile.Write(Profile(result, policy, played.Entry.Name)));
            if (record is not null) EvaluationFile.Write(record, policy.Provenance, settings, result);
            EvaluationOutput.Print(result);
            if (!parsed.GetValue(json)) return 0;
            var summary = new JsonObject { ["environment"] = played.Entry.Name, ["steps"] = result.Steps, ["seconds"] = result.Seconds, ["steps_per_second"] = JsonLine.Number(result.Steps / result.Seconds) };
            EvaluationOutput.AddTo(summary, result);
            JsonLine.Write(summary);
            return 0;
        });
        return command;
    }

    /// <summary>What was measured becomes a profile.</summary>
    private static RecordedLatency Profile(EvaluationResult result, PolicyDefinition policy, string environment)
    {
        if (result.Latency.Count == 0) throw new UserInputException("--save-latency: all actions were warm-up, so there are no latencies to save; play more episodes.");
        string how = result.Clock is { } clock ? $"{(clock.Wall ? "wall" : "simulated")} clock of {Duration.Format(clock.Settings.Period)}" : "no clock, back to back";
        return result.Positions.ToProfile($"{policy.Memory.Kind}, {policy.Precision}, {environment}, {result.Latency.Count} decisions, {how}, {MachineFingerprint.CpuName()}");
    }

    private static string? ProfilePath(string? path)
    {
        if (path is not null && !path.EndsWith(".msgpack", StringComparison.OrdinalIgnoreCase))
            throw new UserInputException($"--save-latency is '{path}', but --latency takes profiles whose names end in .msgpack.");
        return WritablePath(path, "--save-latency");
    }

    /// <summary>Refuses a file that cannot be written before the episodes are played, not after.</summary>
    private static string? WritablePath(string? path, string option)
    {
        if (path is null) return null;
        if (Directory.Exists(path)) throw new UserInputException($"{option} is '{path}', which is a folder; name a file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) ? path : throw new UserInputException($"{option} is '{path}', but there is no folder {folder}.");
    }
}
