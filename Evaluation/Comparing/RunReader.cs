using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Makes a run's part of the comparison of what training left in its folder.</summary>
internal static class RunReader
{
    /// <summary>The learning curve is thinned to about so many points.</summary>
    private const int CurvePoints = 200;

    public static RunResult Failed(PlannedRun run, string error) => new()
    {
        Environment = run.Environment,
        Memory = run.Memory,
        Seed = run.Seed,
        Status = RunStatus.Failed,
        Error = error,
    };

    public static RunResult Read(PlannedRun run, EnvironmentOptions options, int episodes, CancellationToken cancellation)
    {
        var network = PolicyNetwork.Load(Path.Combine(run.Folder, TrainingRun.PolicyName));
        using IEnvironment environment = WaitingWorld.For(network.Definition, NamedEnvironment.Find(run.Environment, options).Create());
        var settings = new EvaluationSettings { Episodes = episodes, StepTimeout = TimeSpan.FromSeconds(options.StepTimeout) };
        EvaluationResult evaluation = Evaluator.Run(network, environment, settings, cancellation);
        EvaluationFile.Write(Path.Combine(run.Folder, EvaluationFile.Name), network.Definition.Provenance, settings, evaluation);
        IReadOnlyList<IReadOnlyDictionary<string, double>> metrics = MetricsFile.Read(Path.Combine(run.Folder, TrainingRun.MetricsName)).Entries;
        if (metrics.Count == 0) throw new InvalidDataException($"{TrainingRun.MetricsName} holds no update.");
        double steps = metrics[^1]["steps"], seconds = metrics[^1]["seconds"];
        return new RunResult
        {
            Environment = run.Environment,
            Memory = run.Memory,
            Seed = run.Seed,
            Status = RunStatus.Ok,
            Steps = (long)steps,
            Seconds = seconds,
            StepsPerSecond = steps / seconds,
            LearningCurve = Curve(metrics),
            EpisodeReturns = evaluation.Returns,
            EpisodeLengths = evaluation.Lengths,
            Parameters = network.Parameters,
            StateBytes = network.Memory.Layout.Bytes,
        };
    }

    private static List<LearningCurvePoint> Curve(IReadOnlyList<IReadOnlyDictionary<string, double>> metrics)
    {
        int every = Math.Max(1, metrics.Count / CurvePoints);
        return [.. metrics.Where((entry, i) => (i % every == 0 || i == metrics.Count - 1) && double.IsFinite(entry["return_mean"]))
            .Select(entry => new LearningCurvePoint((long)entry["steps"], entry["seconds"], entry["return_mean"]))];
    }
}
