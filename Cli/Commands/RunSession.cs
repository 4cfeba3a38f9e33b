using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>What train and resume share: train to the end with progress, evaluate the policy, say what came out.</summary>
internal static class RunSession
{
    public static JsonObject Run(TrainingRun run, int episodes, bool progressLines, CancellationToken cancellation)
    {
        TrainingConfiguration configuration = run.Trainer.Configuration;
        try
        {
            Train(run, configuration, progressLines, cancellation);
        }
        catch (EnvironmentException)
        {
            string failure = Path.Combine(run.Folder, FailureFile.Name), checkpoint = Path.Combine(run.Folder, TrainingRun.CheckpointName);
            if (File.Exists(checkpoint)) Console.Error.WriteLine($"The last checkpoint stays; go on from it with: rlseq resume {run.Folder}");
            if (File.Exists(failure)) Console.Error.WriteLine($"To play the failure again: rlseq check-env --replay {failure}");
            throw;
        }
        if (run.Trainer.EnvironmentFailures > 0)
            Console.Error.WriteLine($"{run.Trainer.EnvironmentFailures:N0} episodes were broken off because the environment failed, and their rows restarted.{(run.Trainer.LastEnvironmentFailure is { } last ? $" The last: {last.Message}" : "")}");
        if (run.Trainer.Finished) return Summary(run, episodes, quiet: progressLines);
        Console.Error.WriteLine($"Stopped after {run.Trainer.Steps:N0} steps; go on with: rlseq resume {run.Folder}");
        return Summary(run, episodes: 0, quiet: true);
    }

    private static void Train(TrainingRun run, TrainingConfiguration configuration, bool progressLines, CancellationToken cancellation)
    {
        if (progressLines)
        {
            run.Run(progress => Console.Error.WriteLine(RunProgress.Of(progress).ToLine()), cancellation);
        }
        else
        {
            SlowMatrixWarning.Print();
            ThreadsWarning.Print(configuration);
            string wrappers = configuration.EnvironmentOptions.Wrappers;
            Console.Error.WriteLine($"{configuration.Environment}{(wrappers.Length > 0 ? $" in {wrappers}" : "")}{Clock(configuration.Clock)}, memory {configuration.Memory.Name}, seed {configuration.Seed}: {run.Trainer.Network.ParameterCount:N0} parameters, {configuration.Updates * configuration.StepsPerUpdate:N0} steps on {run.Trainer.Device}. Folder: {run.Folder}");
            ProgressDisplay.Follow(configuration.Environment, report => run.Run(progress => report(RunProgress.Of(progress)), cancellation));
            if (run.Trainer.Clock is { } clock) Console.Error.WriteLine(Misses(clock));
        }
    }

    /// <summary>The clock in a few words.</summary>
    private static string Clock(ClockOptions clock) =>
        clock.IsSet ? FormattableString.Invariant($" under a clock of {clock.Period} (latency {clock.Latency}{(clock.SlowDown == 1 ? "" : $" × {clock.SlowDown}")}, on a miss {clock.OnMiss})") : "";

    /// <summary>What the clock did in the last rollout; and that nothing can be learned where every action was for nothing.</summary>
    private static string Misses(ClockMetrics clock) =>
        FormattableString.Invariant($"Of the last rollout's decisions {clock.MissRate:P1} missed the deadline, and {clock.AppliedShare:P1} of the actions were applied, at {clock.TicksPerDecision:0.##} ticks per decision.")
            + (clock.AppliedShare == 0 ? " No action was ever applied, so the policy learned nothing: give a longer deadline, a shorter latency, or --on-miss apply-late." : "");

    private static JsonObject Summary(TrainingRun run, int episodes, bool quiet)
    {
        var summary = new JsonObject
        {
            ["folder"] = run.Folder,
            ["finished"] = run.Trainer.Finished,
            ["steps"] = run.Trainer.Steps,
            ["seconds"] = run.Trainer.Seconds,
            ["steps_per_second"] = JsonLine.Number(run.Trainer.Steps / run.Trainer.Seconds),
            ["environment_failures"] = run.Trainer.EnvironmentFailures,
            ["peak_memory_bytes"] = ProcessMemory.PeakBytes,
        };
        if (episodes == 0)
        {
            EvaluationOutput.AddNothingTo(summary);
            AddClock(summary, run.Trainer.Clock);
            return summary;
        }
        TrainingConfiguration configuration = run.Trainer.Configuration;
        using IEnvironment environment = NamedEnvironment.Find(configuration.Environment, configuration.EnvironmentOptions).Create();
        var network = PolicyNetwork.Load(Path.Combine(run.Folder, TrainingRun.PolicyName));
        var settings = new EvaluationSettings { Episodes = episodes, StepTimeout = TimeSpan.FromSeconds(configuration.EnvironmentOptions.StepTimeout), Clock = ClockOf(configuration), WarmUp = true };
        EvaluationResult result = Evaluator.Run(network, environment, settings);
        EvaluationFile.Write(Path.Combine(run.Folder, EvaluationFile.Name), network.Definition.Provenance, settings, result);
        AddClock(summary, run.Trainer.Clock);
        EvaluationOutput.AddTo(summary, result);
        if (!quiet) EvaluationOutput.Print(result);
        return summary;
    }

    /// <summary>The clock that was trained under, with the same latencies to replay; null where the world waits.</summary>
    private static EvaluationClock? ClockOf(TrainingConfiguration configuration) =>
        configuration.Clock.Load() is { } clock ? new EvaluationClock(clock.Settings) { Replayed = clock.Profile } : null;

    /// <summary>What the clock did in the last rollout; nothing where the world waits.</summary>
    private static void AddClock(JsonObject summary, ClockMetrics? clock)
    {
        if (clock is null) return;
        summary["miss_rate"] = clock.MissRate;
        summary["ticks_per_decision"] = clock.TicksPerDecision;
        summary["applied_share"] = clock.AppliedShare;
    }
}
