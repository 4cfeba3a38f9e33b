using System.CommandLine;
using System.Globalization;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>Options that several commands share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>More episodes take longer than anybody waits, and say nothing more.</summary>
    private const int MostEpisodes = 1_000_000;

    /// <summary>Less than a step may take anywhere, and more than anybody waits, in seconds.</summary>
    private const double ShortestTimeout = 0.001, LongestTimeout = 1_000_000;

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on the last line of standard output." };

    public static Option<string?> Out(string what) => new("--out") { Description = what, HelpName = "DIR" };

    /// <summary>What is put around an environment.</summary>
    public static Option<string?> Wrap() => new("--wrap") { Description = "What is put around the environment, innermost first, such as frame-stack=4,time-limit=200 (see rlseq wrappers).", HelpName = "W[=V][,W…]" };

    /// <summary>The class library that holds an environment.</summary>
    public static Option<string?> Assembly() => new("--assembly") { Description = "The class library that holds the environment, or the memory: its public classes that implement IEnvironment, by name, and what those that implement IMemoryProvider give.", HelpName = "My.dll" };

    /// <summary>What <see cref="Wrap"/> and <see cref="Assembly"/> were given.</summary>
    public static EnvironmentOptions ReadEnvironment(ParseResult parsed, Option<string?> wrap, Option<string?> assembly) =>
        new() { Wrappers = parsed.GetValue(wrap) ?? "", Assembly = parsed.GetValue(assembly) ?? "" };

    public static Option<string?> Device() => new("--device") { Description = "Where the network learns: auto, cpu or cuda.", HelpName = "auto|cpu|cuda" };

    public static Option<string?> Acting() => new("--acting") { Description = "The engine that acts while collecting: auto, managed or torch.", HelpName = "auto|managed|torch" };

    /// <summary>The formats of a policy that acts; <see cref="ReadPrecision"/> reads it.</summary>
    public static Option<string?> Precision(string what) => new("--precision") { Description = $"{what}: f32, bf16, int8, or two of them, such as int8/bf16.", HelpName = "f32|bf16|int8" };

    /// <summary>What <see cref="Precision"/> was given; 32 bits where it was not.</summary>
    /// <exception cref="UserInputException">It is no precision.</exception>
    public static PolicyPrecision ReadPrecision(string? text) =>
        PolicyPrecision.TryParse(text ?? "f32", out PolicyPrecision precision)
            ? precision
            : throw new UserInputException($"--precision is '{text}', but must be f32, bf16, int8, or two of them with a slash, for weights and for keys and values.");

    public static Option<string?> Config() => new("--config") { Description = "A YAML configuration to start from; the other options override it.", HelpName = "FILE" };

    /// <summary>The option that every command with a configuration has.</summary>
    public const string SetName = "--set";

    public static Option<string[]> Set() => new(SetName) { Description = "Change one value of the configuration, such as --set ppo.epochs=8; several times if needed.", HelpName = "KEY=VALUE" };

    public static Option<string?> Steps() => new("--steps") { Description = "Environment steps of each run.", HelpName = "N" };

    /// <summary>For a comparison that trains in processes of their own.</summary>
    public static Option<bool> ProgressLines() => new("--progress-lines") { Description = "Report progress on standard error as lines that a program reads, and stop where standard input ends.", Hidden = true };

    /// <summary>Episodes of a command that evaluates.</summary>
    public static Option<int> Episodes() => Whole("--episodes", "Episodes to evaluate on.", "N", 1, 100, MostEpisodes);

    /// <summary>Episodes of a command that trains and may leave evaluating out.</summary>
    public static Option<int> EpisodesAfterTraining() => Whole("--episodes", "Episodes to evaluate on after training, 0 for none.", "N", 0, 100, MostEpisodes);

    /// <summary>An option that takes a whole number in a range.</summary>
    public static Option<int> Whole(string name, string description, string helpName, int low, int value, int high = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= low && number <= high) return number;
            result.AddError($"{name} is '{text}', but must be {(low == high ? $"{low}" : $"a whole number from {low} to {high}")}.");
            return value;
        },
    };

    /// <summary>How long an environment's reset or step may take; zero for ever, null where it was not said (see <see cref="PolicySource.StepTimeout"/>).</summary>
    public static Option<TimeSpan?> StepTimeout() => new("--step-timeout")
    {
        Description = FormattableString.Invariant($"Seconds after which a call of the environment is taken to hang, 0 for never (default: the run's environment.step_timeout, or {CallWatch.DefaultTimeout.TotalSeconds})."),
        HelpName = "SECONDS",
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds);
            if (isNumber && seconds is 0 or (>= ShortestTimeout and <= LongestTimeout)) return TimeSpan.FromSeconds(seconds);
            result.AddError(FormattableString.Invariant($"--step-timeout is '{text}', but must be 0 for never, or a number of seconds from {ShortestTimeout} to {LongestTimeout}."));
            return null;
        },
    };

    /// <summary>An option that takes a seed.</summary>
    public static Option<ulong> Seed(string description, ulong value) => new("--seed")
    {
        Description = description,
        HelpName = "S",
        DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return seed;
            result.AddError($"--seed is '{text}', but must be a whole number from 0.");
            return value;
        },
    };
}
