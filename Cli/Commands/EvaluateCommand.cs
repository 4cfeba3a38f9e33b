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
        Option<int> episodes = CommonOptions.Episodes(100);
        Option<ulong> seed = new("--seed") { Description = "Decides the episodes.", HelpName = "S", DefaultValueFactory = _ => new EvaluationSettings().Seed };
        Option<bool> sample = new("--sample") { Description = "Sample actions instead of taking the distribution's mode." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("evaluate", "Plays episodes with a trained policy and reports return and action latency.\n\nExample: rlseq evaluate runs/first --episodes 200") { source, environment, episodes, seed, sample, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(episodes) < 1) throw new UserInputException($"--episodes is {parsed.GetValue(episodes)}, but must be at least 1.");
            string path = parsed.GetValue(source)!;
            if (Directory.Exists(path)) path = Path.Combine(path, TrainingRun.PolicyName);
            if (!File.Exists(path)) throw new UserInputException($"There is no policy at {path}.");
            Agent agent = Agent.Load(path);
            string name = parsed.GetValue(environment) ?? agent.Network.Definition.Provenance.GetValueOrDefault("environment")
                ?? throw new UserInputException($"{path} does not say which environment it was trained on; name one with --env.");
            using IEnvironment world = EnvironmentRegistry.Create(name);
            EvaluationResult result = Evaluator.Run(agent, world, new EvaluationSettings
            {
                Episodes = parsed.GetValue(episodes),
                Seed = parsed.GetValue(seed),
                Selection = parsed.GetValue(sample) ? ActionSelection.Sample : ActionSelection.Mode,
            });
            EvaluationOutput.Print(result);
            if (!parsed.GetValue(json)) return 0;
            var summary = new JsonObject { ["environment"] = name, ["steps"] = result.Steps, ["seconds"] = result.Seconds, ["steps_per_second"] = JsonLine.Number(result.Steps / result.Seconds) };
            EvaluationOutput.AddTo(summary, result);
            JsonLine.Write(summary);
            return 0;
        });
        return command;
    }
}
