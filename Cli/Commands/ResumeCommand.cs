using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq resume</c>: goes on where a run stopped.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "The run's folder." };
        Option<int> episodes = CommonOptions.EpisodesAfterTraining();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("resume", "Goes on from a run's last checkpoint, exactly as if it had not stopped.", "rlseq resume runs/first") { folder, episodes, json };
        command.SetAction(parsed =>
        {
            using var stop = new StopSignals();
            using TrainingRun run = TrainingRun.Resume(parsed.GetValue(folder)!);
            if (!run.EnvironmentsRestored) Console.Error.WriteLine("The environments cannot save their state and begin new episodes; the run is not identical to an uninterrupted one.");
            if (run.Trainer.Finished) Console.Error.WriteLine("All steps were done already; nothing is left to train.");
            JsonObject summary = RunSession.Run(run, parsed.GetValue(episodes), progressLines: false, stop.Token);
            if (parsed.GetValue(json)) JsonLine.Write(summary);
            return run.Trainer.Finished ? 0 : stop.ExitCode;
        });
        return command;
    }
}
