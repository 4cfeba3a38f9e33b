using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Evaluation;
using RLSeq.Evaluation.Claims;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq study claims</c>: the arguments about memories as experiments, each with a verdict.</summary>
internal static class StudyClaimsCommand
{
    public static Command Create()
    {
        Option<string?> claims = new("--claims") { Description = "The claims' numbers, separated by commas (default: all).", HelpName = "N[,N…]" };
        Option<int> seeds = CommonOptions.Whole("--seeds", "Seeds of every arm, 1 to K; 0 for what each claim names.", "K", 0, 0, ComparisonPlan.MostSeeds);
        Option<int> jobs = CommonOptions.Whole("--jobs", "Runs side by side, each a process; 0 for as many as there are cores.", "N", 0, 0);
        Option<int> steps = CommonOptions.Whole("--steps", "Steps of every run, to try the study out; 0 for what each claim names. Verdicts of such a study mean nothing.", "N", 0, 0);
        Option<bool> full = new("--full") { Description = "More seeds and steps: many hours instead of about half of one." };
        Option<bool> list = new("--list") { Description = "Print the rules, and run nothing." };
        Option<int> episodes = CommonOptions.Episodes();
        Option<string?> folder = CommonOptions.Out("The study's folder: new, empty, or one of the same study, which then goes on (default: runs/claims-<time>).");
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("claims",
            "Tests the claims of the LSTM-or-Transformer debate: trains, times, and gives each a verdict by a rule that is written down before. About half an hour on two cores.",
            "rlseq study claims --claims 1,3,5 --out runs/claims")
        {
            claims, seeds, steps, full, list, episodes, jobs, folder, json,
        };
        command.SetAction(async parsed =>
        {
            IReadOnlyList<Claim> chosen = ClaimList.Parse(parsed.GetValue(claims) ?? "");
            int ofSeeds = parsed.GetValue(seeds), ofSteps = parsed.GetValue(steps);
            var scale = new StudyScale { Full = parsed.GetValue(full), Seeds = ofSeeds > 0 ? ofSeeds : null, Steps = ofSteps > 0 ? ofSteps : null };
            bool asJson = parsed.GetValue(json);
            if (parsed.GetValue(list)) return List(chosen, scale, asJson);
            var plan = new StudyPlan
            {
                Claims = chosen,
                Scale = scale,
                Folder = RunNames.Choose(parsed.GetValue(folder), "claims"),
                Jobs = parsed.GetValue(jobs) > 0 ? parsed.GetValue(jobs) : Environment.ProcessorCount,
                EvaluationEpisodes = parsed.GetValue(episodes),
                CommandLine = "./rlseq " + string.Join(' ', parsed.Tokens.Select(token => CompareCommand.Quoted(token.Value))),
            };
            plan.Validate();
            StudyRunner.Open(plan);
            SlowMatrixWarning.Print();
            return await Run(plan, asJson);
        });
        return command;
    }

    private static Task<int> Run(StudyPlan plan, bool asJson)
    {
        IReadOnlyList<StudyRun> left = StudyRunner.Unfinished(plan);
        TimeSpan budget = StudyBudget.Wall(left, plan.Probes, plan.Jobs);
        Console.Error.WriteLine($"Claims {string.Join(", ", plan.Claims.Select(claim => claim.Number))}: {plan.Runs.Count} trainings, {plan.Runs.Count - left.Count} of them there already, {plan.Jobs} at a time, then {plan.Probes.Count} timings; planned for {Figures.Duration(budget)}. Folder: {plan.Folder}");
        return LongWork.FollowAsync(
            [.. left.Select(run => StudyRunner.Planned(plan, run))],
            (observer, stop) => StudyRunner.RunAsync(plan, new TrainingProcess(SelfCommand.Words), observer, stop),
            study => new WorkEnd(StudyOutput.Text(plan.Folder, StudyState.Read(plan.Folder)), Path.Combine(plan.Folder, StudyReport.JsonName), study.IsWhole),
            $"Stopped before its end. The same command with --out {plan.Folder} goes on with what is left.",
            asJson);
    }

    private static int List(IReadOnlyList<Claim> claims, StudyScale scale, bool asJson)
    {
        if (asJson) JsonLine.Write(new JsonObject { ["rules"] = RulesText.Of(claims, scale), ["claims"] = new JsonArray([.. claims.Select(claim => (JsonNode)Entry(claim, scale))]) });
        else Console.Out.Write(RulesText.Of(claims, scale));
        return 0;
    }

    private static JsonObject Entry(Claim claim, StudyScale scale) => new()
    {
        ["number"] = claim.Number,
        ["claim"] = claim.Sentence,
        ["conditions"] = new JsonArray([.. claim.Conditions(scale).Select(condition => JsonValue.Create(condition.Text))]),
        ["run_seconds"] = StudyBudget.RunSeconds(claim, scale),
        ["tested"] = claim.IsTested(scale),
    };
}
