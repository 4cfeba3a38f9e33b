using System.CommandLine;
using System.Globalization;
using RLSeq.Agents;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq watch</c>: plays a policy, or random actions, for somebody to see.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        Argument<string?> source = new("DIR|policy.rlseq") { Description = "A run's folder or a policy file; without one, actions are random.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> environment = new("--env") { Description = "The environment (default: the one that the policy was trained on).", HelpName = "E" };
        Option<string?> wrap = CommonOptions.Wrap(), assembly = CommonOptions.Assembly();
        Option<int> episodes = CommonOptions.Whole("--episodes", "Episodes to play.", "N", 1, 1, 1_000_000);
        Option<int> steps = CommonOptions.Whole("--max-steps", "Steps after which an episode is ended that would go on.", "N", 1, new WatchSettings().MaxSteps);
        Option<ulong> seed = CommonOptions.Seed("Decides the episodes; they are those of rlseq evaluate with the same seed.", new WatchSettings().Seed);
        Option<bool> sample = new("--sample") { Description = "Draw actions from the policy's probabilities." };
        Option<bool> mode = new("--mode") { Description = "Take the most likely action (the default)." };
        Option<double?> rate = Rate();
        Option<bool> pixels = new("--pixels") { Description = "Draw the environment's picture even where it draws itself as text; needs a terminal with 24-bit colours." };
        Option<string?> record = new("--record") { Description = "Write the episodes to a page that plays them, offline, in any browser.", HelpName = "FILE.html" };
        Option<bool> silent = new("--no-terminal") { Description = "Draw nothing and play as fast as possible, as for --record." };
        Option<TimeSpan?> timeout = CommonOptions.StepTimeout();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("watch", "Plays a policy in the terminal, and records its episodes to a page that plays them.", "rlseq watch runs/first --episodes 3 --record replay.html")
            { source, environment, wrap, assembly, episodes, steps, seed, sample, mode, rate, pixels, record, silent, timeout, json };
        command.SetAction(parsed =>
        {
            string? from = parsed.GetValue(source), file = parsed.GetValue(record);
            if (parsed.GetValue(sample) && parsed.GetValue(mode)) throw new UserInputException("--sample draws actions and --mode takes the most likely one; give one of them.");
            if (from is null && parsed.GetValue(environment) is null) throw new UserInputException("watch needs a run's folder or a policy file, or --env E for random actions.");
            if (from is null && (parsed.GetValue(sample) || parsed.GetValue(mode))) throw new UserInputException("--sample and --mode are for a policy; without one, actions are random.");
            if (file is not null) CheckTarget(file);

            PolicyDefinition? policy = from is null ? null : PolicySource.Load(from, parsed.GetValue(assembly));
            NamedEnvironment played = policy is null
                ? NamedEnvironment.Find(parsed.GetValue(environment)!, CommonOptions.ReadEnvironment(parsed, wrap, assembly))
                : PolicySource.Environment(policy, from!, parsed.GetValue(environment), parsed.GetValue(wrap), parsed.GetValue(assembly));
            using IEnvironment world = played.Create();
            var watch = new CallWatch(PolicySource.StepTimeout(from, parsed.GetValue(timeout)), namesFailures: true);
            var player = new EpisodePlayer(watch.Around(world), policy is null ? null : PolicyNetwork.From(policy), new WatchSettings
            {
                MaxSteps = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed),
                Selection = parsed.GetValue(sample) ? ActionSelection.Sample : ActionSelection.Mode,
            });
            var info = RecordingInfo.Of(player, played.Entry.Name, played.Entry.Description, played.Wrappers.ToString(), from is null ? "" : PolicySource.Find(from));
            bool asJson = parsed.GetValue(json);
            WatchView? view = parsed.GetValue(silent) ? null : new WatchView(parsed.GetValue(rate), parsed.GetValue(pixels), ToError: asJson);
            return new WatchSession(player, watch, info, parsed.GetValue(episodes)) { File = file, Show = view }.Run(asJson);
        });
        return command;
    }

    private static Option<double?> Rate() => new("--fps")
    {
        Description = "Steps per second (default: the environment's own rate, else 4).",
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is >= 0.01 and <= 1000) return rate;
            result.AddError($"--fps is '{text}', but must be a number from 0.01 to 1000.");
            return null;
        },
    };

    /// <summary>Refuses a file that cannot be written before anything is played.</summary>
    private static void CheckTarget(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "";
        if (Directory.Exists(file)) throw new UserInputException($"--record {file} is a folder; name a file, such as {Path.Combine(file, "replay.html")}.");
        if (!Directory.Exists(folder)) throw new UserInputException($"--record {file} cannot be written: there is no folder {folder}.");
        if (file.EndsWith(".rlseq", StringComparison.Ordinal)) throw new UserInputException($"--record {file} would replace a policy; name a page, such as replay.html.");
    }
}
