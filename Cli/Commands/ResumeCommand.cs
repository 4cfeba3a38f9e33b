using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq resume</c>: goes on where a run stopped.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "The folder of a run or a comparison." };
        Option<int> episodes = CommonOptions.EpisodesAfterTraining();
        Option<bool> json = CommonOptions.Json();
        Option<bool> lines = CommonOptions.ProgressLines();
        var command = new ExampleCommand("resume", "Goes on from a run's last checkpoint, exactly as if it had not stopped, or with an interrupted comparison.", "rlseq resume runs/first") { folder, episodes, json, lines };
        command.SetAction(async parsed =>
        {
            if (ComparisonFolder.IsOne(parsed.GetValue(folder)!)) return await ComparisonSession.ResumeAsync(parsed.GetValue(folder)!, jobs: null, parsed.GetValue(json));
            using var stop = new StopSignals();
            if (parsed.GetValue(lines)) stop.WatchInput();
            using TrainingRun run = TrainingRun.Resume(parsed.GetValue(folder)!);
            if (!run.EnvironmentsRestored) Console.Error.WriteLine("The environments cannot save their state and begin new episodes; the run is not identical to an uninterrupted one.");
            if (run.Trainer.Finished) Console.Error.WriteLine("All steps were done already; nothing is left to train.");
            JsonObject summary = RunSession.Run(run, parsed.GetValue(episodes), parsed.GetValue(lines), stop.Token);
            if (parsed.GetValue(json)) JsonLine.Write(summary);
            return run.Trainer.Finished ? 0 : stop.ExitCode;
        });
        return command;
    }
}
