using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq train</c>: one run.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Option<string?> environment = new("--env") { Description = "The environment (see rlseq envs).", HelpName = "E" };
        Option<string?> memory = new("--memory") { Description = "The memory (see rlseq memories).", HelpName = "M" };
        Option<string?> seed = new("--seed") { Description = "Decides all that is random.", HelpName = "S" };
        Option<string?> steps = CommonOptions.Steps(), device = CommonOptions.Device(), acting = CommonOptions.Acting(), config = CommonOptions.Config();
        Option<string?> output = CommonOptions.Out("The run's folder, new or empty (default: runs/<environment>-<memory>-<seed>-<time>).");
        Option<string[]> set = CommonOptions.Set();
        Option<int> episodes = CommonOptions.EpisodesAfterTraining();
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        var clock = new ClockOptionSet();
        Option<bool> json = CommonOptions.Json();
        Option<bool> lines = CommonOptions.ProgressLines();
        var command = new ExampleCommand("train", "Trains one policy.", "rlseq train --env RepeatPreviousEasy --memory lstm --steps 300000 --seed 1 --out runs/first")
        {
            environment, wrap, assembly, memory, steps, seed, device, acting, output, config, set, episodes, json, lines,
        };
        foreach (Option option in clock.All) command.Add(option);
        command.SetAction(parsed =>
        {
            TrainingConfiguration configuration = ConfigurationOptions.Read(parsed, config, set,
            [
                ("environment", parsed.GetValue(environment)), ("memory.name", parsed.GetValue(memory)), ("steps", parsed.GetValue(steps)),
                ("seed", parsed.GetValue(seed)), ("device", parsed.GetValue(device)), ("acting", parsed.GetValue(acting)),
                ("environment.assembly", parsed.GetValue(assembly)), ("environment.wrappers", parsed.GetValue(wrap)),
                .. clock.Values(parsed),
            ]);
            string folder = RunNames.Choose(parsed.GetValue(output), $"{configuration.Environment}-{configuration.Memory.Name}-{configuration.Seed}");
            using var stop = new StopSignals();
            if (parsed.GetValue(lines)) stop.WatchInput();
            using TrainingRun run = TrainingRun.Begin(configuration, folder);
            JsonObject summary = RunSession.Run(run, parsed.GetValue(episodes), parsed.GetValue(lines), stop.Token);
            if (parsed.GetValue(json)) JsonLine.Write(summary);
            return run.Trainer.Finished ? 0 : stop.ExitCode;
        });
        return command;
    }
}
