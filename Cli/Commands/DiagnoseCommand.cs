using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq diagnose</c>: whether a policy uses its memory, and how far back.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        Argument<string> source = new("DIR|policy.rlseq") { Description = "A run's folder or a policy file." };
        Option<string?> environment = new("--env") { Description = "The environment (default: the one that the policy was trained on).", HelpName = "E" };
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        Option<int> episodes = CommonOptions.Whole("--episodes", "Episodes, the same ones for every intervention.", "N", 2, MemoryUseSettings.Full.Episodes, 1_000_000);
        Option<int> steps = CommonOptions.Whole("--steps", "The most observations that a truncated state is made of; they double from 1.", "K", 1, MemoryUseSettings.Full.MostSteps);
        Option<TimeSpan?> timeout = CommonOptions.StepTimeout();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("diagnose",
            "Shows whether a policy uses its memory, and how far back: its return with the state intact, zeroed, exchanged between episodes, and made of the last few observations only.",
            "rlseq diagnose runs/first --episodes 50") { source, environment, wrap, assembly, episodes, steps, timeout, json };
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(source)!;
            PolicyDefinition policy = PolicySource.Load(from, parsed.GetValue(assembly));
            NamedEnvironment played = PolicySource.Environment(policy, from, parsed.GetValue(environment), parsed.GetValue(wrap), parsed.GetValue(assembly));
            MemoryUseSettings settings = MemoryUseSettings.Full with { Episodes = parsed.GetValue(episodes), MostSteps = parsed.GetValue(steps) };
            IReadOnlyList<PolicyMemoryUse> uses = MemoryDiagnostic.Run(PolicyNetwork.From(policy), played.Create, settings, PolicySource.StepTimeout(from, parsed.GetValue(timeout)));
            bool asJson = parsed.GetValue(json);
            (asJson ? Console.Error : Console.Out).WriteLine(MemoryUseOutput.Text(uses));
            if (asJson) JsonLine.Write(new JsonObject { ["environment"] = played.Entry.Name, ["memory"] = policy.Memory.Kind, ["episodes"] = settings.Episodes, ["memory_use"] = MemoryUseOutput.Json(uses) });
            return 0;
        });
        return command;
    }
}
