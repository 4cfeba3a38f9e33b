using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq compare</c>: the main job. Without arguments it is a demonstration of about two minutes.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Option<string?> environments = new("--env") { Description = $"Environments, separated by commas (default: {Demonstration.EnvironmentName}).", HelpName = "E[,E…]" };
        Option<string?> memories = new("--memory") { Description = $"Memories, separated by commas (default: {string.Join(',', Demonstration.Memories)}).", HelpName = "M[,M…]" };
        Option<int> seeds = new("--seeds") { Description = "Seeds per memory: 1 to K.", HelpName = "K", DefaultValueFactory = _ => Demonstration.Seeds };
        Option<int> jobs = new("--jobs") { Description = "Runs side by side, each a process (default: as many as cores allow).", HelpName = "N" };
        Option<string?> steps = CommonOptions.Steps(), device = CommonOptions.Device(), config = CommonOptions.Config();
        Option<string?> folder = CommonOptions.Out("The comparison's folder, new or empty (default: runs/compare-<time>).");
        Option<string[]> set = CommonOptions.Set();
        Option<int> episodes = CommonOptions.Episodes(100);
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("compare",
            $"Trains memories side by side, evaluates them, times their actions, and writes a report. Without arguments: a demonstration of about two minutes.", "rlseq compare --env RepeatPreviousEasy --memory none,lstm,transformer --steps 1000000 --seeds 5 --out runs/study")
        {
            environments, memories, steps, seeds, device, folder, config, set, episodes, jobs, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            // The demonstration's settings suit its task; whoever names another one starts from the ordinary defaults.
            TrainingConfiguration defaults = parsed.GetValue(environments) is null && parsed.GetValue(config) is null ? Demonstration.Training : new TrainingConfiguration();
            TrainingConfiguration training = ConfigurationOptions.Read(parsed, defaults, config, set, ("steps", parsed.GetValue(steps)), ("device", parsed.GetValue(device)));
            if (parsed.GetValue(seeds) < 1) throw new UserInputException($"--seeds is {parsed.GetValue(seeds)}, but must be at least 1.");
            if (parsed.GetValue(episodes) < 1) throw new UserInputException($"--episodes is {parsed.GetValue(episodes)}, but must be at least 1.");
            var plan = new ComparisonPlan
            {
                Environments = Names(parsed.GetValue(environments)) ?? [Demonstration.EnvironmentName],
                Memories = Names(parsed.GetValue(memories)) ?? Demonstration.Memories,
                Seeds = [.. Enumerable.Range(1, parsed.GetValue(seeds)).Select(seed => (ulong)seed)],
                Training = training,
                Folder = parsed.GetValue(folder) ?? RunNames.Default("compare"),
                Jobs = parsed.GetValue(jobs) > 0 ? parsed.GetValue(jobs) : Math.Max(1, Environment.ProcessorCount / Math.Max(training.Threads, training.CollectThreads)),
                EvaluationEpisodes = parsed.GetValue(episodes),
                CommandLine = "./rlseq " + string.Join(' ', parsed.Tokens.Select(token => token.Value.Contains(' ', StringComparison.Ordinal) ? $"'{token.Value}'" : token.Value)),
            };
            plan.Validate();
            SlowMatrixWarning.Print();
            PlannedRun[] runs = [.. plan.Runs];
            Console.Error.WriteLine($"Training {string.Join(", ", plan.Memories)} on {string.Join(", ", plan.Environments)}: {plan.Seeds.Count} seeds each, {runs.Length} runs of {training.Updates * training.StepsPerUpdate:N0} steps, {plan.Jobs} at a time. Folder: {plan.Folder}");
            ComparisonResult result = await ComparisonDisplay.FollowAsync(runs, observer =>
                ComparisonRunner.RunAsync(plan, new TrainingProcess(SelfCommand.Words), observer, cancellation));
            Console.Error.WriteLine();
            bool asJson = parsed.GetValue(json);
            TextWriter output = asJson ? Console.Error : Console.Out;
            var table = ComparisonTable.From(result);
            output.WriteLine(table.ToText());
            foreach (SummarySentence sentence in ComparisonSummary.Of(table)) output.WriteLine(sentence.Text);
            output.WriteLine($"\nReport: {Path.Combine(plan.Folder, ComparisonReport.HtmlName)}");
            if (asJson) JsonLine.Write(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(plan.Folder, ComparisonResult.FileName), cancellation))!);
            return result.Results.All(memory => memory.Runs.All(run => run.Status == RunStatus.Ok)) ? 0 : 1;
        });
        return command;
    }

    private static string[]? Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
