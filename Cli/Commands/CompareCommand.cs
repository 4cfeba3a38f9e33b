using System.CommandLine;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq compare</c>: the main job. Without arguments it is a demonstration of about two minutes.</summary>
internal static class CompareCommand
{
    private const string ResumeName = "--resume", JobsName = "--jobs", JsonName = "--json";

    public static Command Create()
    {
        Option<string?> environments = new("--env") { Description = $"Environments, separated by commas (default: {Demonstration.EnvironmentName}).", HelpName = "E[,E…]" };
        Option<string?> memories = new("--memory") { Description = $"Memories, separated by commas (default: {string.Join(',', Demonstration.Memories)}).", HelpName = "M[,M…]" };
        Option<int> seeds = CommonOptions.Whole("--seeds", "Seeds per memory: 1 to K.", "K", 1, Demonstration.Seeds, ComparisonPlan.MostSeeds);
        Option<int> jobs = CommonOptions.Whole(JobsName, "Runs side by side, each a process; 0 for as many as cores allow.", "N", 0, 0);
        Option<string?> equal = new("--equal") { Description = "Give all memories as many learned parameters, or bytes of state, as the first one has, or as many as are named.", HelpName = "parameters[=N]|state[=BYTES]" };
        Option<string?> use = new("--memory-use") { Description = "How thoroughly to look whether memories are used, by tampering with their states.", HelpName = "none|quick|full" };
        Option<string?> resume = new(ResumeName) { Description = "Go on with the interrupted comparison of a folder; runs that failed are tried once more.", HelpName = "DIR" };
        Option<string?> steps = CommonOptions.Steps(), device = CommonOptions.Device(), acting = CommonOptions.Acting(), config = CommonOptions.Config();
        Option<string?> folder = CommonOptions.Out("The comparison's folder, new or empty (default: runs/compare-<time>).");
        Option<string[]> set = CommonOptions.Set();
        Option<int> episodes = CommonOptions.Episodes();
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        Option<int> paced = CommonOptions.Whole("--paced-actions", "Actions per memory that are timed at 60 Hz, 0 for none.", "N", 0, ComparisonPlan.DefaultPacedActions, 1_000_000);
        var deadlines = new DeadlineOptions();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("compare",
            "Trains memories side by side, evaluates them, times their actions, plays them under deadlines, and writes a report. Without arguments: a demonstration of about two minutes.",
            "rlseq compare --env RepeatPreviousEasy --memory none,lstm,transformer --steps 1000000 --seeds 5 --out runs/study")
        {
            environments, wrap, assembly, memories, equal, use, steps, seeds, device, acting, folder, resume, config, set, episodes, jobs, paced, json,
        };
        foreach (Option option in deadlines.All) command.Add(option);
        command.SetAction(parsed =>
        {
            int? side = parsed.GetValue(jobs) > 0 ? parsed.GetValue(jobs) : null;
            if (parsed.GetValue(resume) is { } unfinished)
            {
                RefuseBeside(command, parsed);
                return ComparisonSession.ResumeAsync(unfinished, side, parsed.GetValue(json));
            }
            // The demonstration's settings suit its task; whoever names another one starts from the ordinary defaults.
            TrainingConfiguration defaults = parsed.GetValue(environments) is null && parsed.GetValue(config) is null ? Demonstration.Training : new TrainingConfiguration();
            TrainingConfiguration training = ConfigurationOptions.Read(parsed, defaults, config, set, ("steps", parsed.GetValue(steps)), ("device", parsed.GetValue(device)), ("acting", parsed.GetValue(acting)), ("environment.assembly", parsed.GetValue(assembly)), ("environment.wrappers", parsed.GetValue(wrap)));
            RefuseOwn(parsed.GetValue(set));
            var plan = new ComparisonPlan
            {
                Environments = [.. (Names(parsed.GetValue(environments)) ?? [training.Environment]).Select(name => NamedEnvironment.Find(name, training.EnvironmentOptions).Entry.Name)],
                Memories = [.. (Names(parsed.GetValue(memories)) ?? Demonstration.Memories).Select(name => MemoryRegistry.Find(name).Name)],
                Seeds = [.. Enumerable.Range(1, parsed.GetValue(seeds)).Select(seed => (ulong)seed)],
                Training = training,
                Folder = RunNames.Choose(parsed.GetValue(folder), "compare"),
                Jobs = side ?? Math.Max(1, Environment.ProcessorCount / Math.Max(training.Threads, training.CollectThreads)),
                EvaluationEpisodes = parsed.GetValue(episodes),
                PacedActions = parsed.GetValue(paced),
                Deadlines = deadlines.Read(parsed),
                ClockTraining = deadlines.ReadTraining(parsed),
                Equal = parsed.GetValue(equal) is { } wish ? EqualSizes.Parse(wish) : null,
                MemoryUse = parsed.GetValue(use) is { } level ? MemoryUseSettings.Parse(level) : MemoryUseSettings.Quick,
                CommandLine = "./rlseq " + string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value))),
            };
            return ComparisonSession.BeginAsync(plan, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>What decides a comparison stands in its folder, and cannot change half-way.</summary>
    private static void RefuseBeside(Command command, ParseResult parsed)
    {
        string[] others = [.. command.Options.Where(option => option.Name is not (ResumeName or JobsName or JsonName) && parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (others.Length > 0) throw new UserInputException($"{ResumeName} goes on with a comparison as it was begun; leave out {string.Join(", ", others)}.");
    }

    /// <summary>What a comparison varies cannot be set for all of its runs.</summary>
    private static void RefuseOwn(string[]? set)
    {
        foreach (string pair in set ?? [])
        {
            string key = pair.Split('=')[0].Trim();
            string? option = key switch { "environment" or "environment.name" => "--env", "memory.name" => "--memory", "seed" => "--seeds", _ => null };
            if (option is not null) throw new UserInputException($"A comparison sets {key} for each of its runs; use {option} instead of --set {key}.");
        }
    }

    /// <summary>A word as a shell takes it.</summary>
    internal static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_=,./:+@%".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string[]? Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
