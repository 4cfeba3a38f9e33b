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
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("evaluate", "Plays episodes with a trained policy and reports return and action latency.", "rlseq evaluate runs/first --episodes 200") { source, environment, wrap, assembly, episodes, seed, sample, json };
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(source)!;
            PolicyDefinition policy = PolicySource.Load(from);
            NamedEnvironment played = PolicySource.Environment(policy, from, parsed.GetValue(environment), parsed.GetValue(wrap), parsed.GetValue(assembly));
            using IEnvironment world = played.Create();
            EvaluationResult result = Evaluator.Run(PolicyNetwork.From(policy), world, new EvaluationSettings
            {
                Episodes = parsed.GetValue(episodes),
                Seed = parsed.GetValue(seed),
                Selection = parsed.GetValue(sample) ? ActionSelection.Sample : ActionSelection.Mode,
            });
            EvaluationOutput.Print(result);
            if (!parsed.GetValue(json)) return 0;
            var summary = new JsonObject { ["environment"] = played.Entry.Name, ["steps"] = result.Steps, ["seconds"] = result.Seconds, ["steps_per_second"] = JsonLine.Number(result.Steps / result.Seconds) };
            EvaluationOutput.AddTo(summary, result);
            JsonLine.Write(summary);
            return 0;
        });
        return command;
    }
}
