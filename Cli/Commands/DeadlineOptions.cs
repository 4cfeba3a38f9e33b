using System.CommandLine;
using System.Globalization;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Commands;

/// <summary>What a comparison is told about the clock: the deadlines that its policies are played under.</summary>
internal sealed class DeadlineOptions
{
    private const string NoDeadlines = "none";

    private static readonly DeadlineSettings Defaults = new();

    private readonly Option<string?> _deadlines = new("--deadlines") { Description = "The deadlines that policies are played under, separated by commas, or none (default: 10us to 100ms, five per decade).", HelpName = "T[,T…]|none" };
    private readonly Option<string?> _slowDown = new("--slow-down") { Description = "What latencies are multiplied by, a curve for each beside that of this machine: weaker devices (default: 1 alone).", HelpName = "X[,X…]" };
    private readonly Option<string?> _onMiss = new("--on-miss") { Description = $"What acts where an action comes too late (default: {OnMissNames.NameOf(Defaults.OnMiss)}).", HelpName = string.Join('|', OnMissNames.All) };
    private readonly Option<int> _actionDelay = CommonOptions.Whole("--action-delay", "Ticks from an observation to the transition that its action drives: 0 or 1.", "0|1", 0, Defaults.ActionDelay, 1);
    private readonly Option<int> _episodes = CommonOptions.Whole("--deadline-episodes", "Episodes per policy and deadline.", "N", 1, Defaults.Episodes, 1_000_000);

    private readonly Option<string?> _training = new("--clock-training") { Description = "Train under the clock too, with this period and each memory's own recorded latencies (default: worlds wait in training).", HelpName = "T" };

    public IEnumerable<Option> All => [_deadlines, _slowDown, _onMiss, _actionDelay, _episodes, _training];

    /// <summary>The clock to train under, or null.</summary>
    /// <exception cref="UserInputException">It cannot be read, or is out of its range.</exception>
    public ClockTraining? ReadTraining(ParseResult parsed)
    {
        if (parsed.GetValue(_training) is not { } period) return null;
        return new ClockTraining(new ClockSettings(Duration.Parse(period, "The period of --clock-training")).Period);
    }

    /// <summary>Reads what was given.</summary>
    /// <exception cref="UserInputException">Something cannot be read, or is out of its range.</exception>
    public DeadlineSettings Read(ParseResult parsed)
    {
        var settings = new DeadlineSettings
        {
            Deadlines = parsed.GetValue(_deadlines) is { } deadlines ? ReadDeadlines(deadlines) : Defaults.Deadlines,
            SlowDowns = parsed.GetValue(_slowDown) is { } slowDowns ? WithThisMachine([.. Words(slowDowns).Select(ReadSlowDown)]) : Defaults.SlowDowns,
            OnMiss = parsed.GetValue(_onMiss) is { } rule ? OnMissNames.Parse(rule) : Defaults.OnMiss,
            ActionDelay = parsed.GetValue(_actionDelay),
            Episodes = parsed.GetValue(_episodes),
        };
        settings.Validate();
        return settings;
    }

    private static TimeSpan[] ReadDeadlines(string text)
    {
        if (string.Equals(text.Trim(), NoDeadlines, StringComparison.OrdinalIgnoreCase)) return [];
        string[] words = Words(text);
        if (words.Length == 0) throw new UserInputException($"--deadlines is '{text}', but must be deadlines, such as 100us,1ms, or {NoDeadlines}.");
        return [.. words.Select(word => Duration.Parse(word, "A deadline")).Order()];
    }

    /// <summary>Tables and sentences speak of this machine, so that its curve is always there; it costs next to nothing, as grids coincide.</summary>
    private static double[] WithThisMachine(double[] slowDowns) => slowDowns.Length == 0 || slowDowns.Contains(1) ? slowDowns : [.. slowDowns, 1];

    private static double ReadSlowDown(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double slowDown)
        ? slowDown
        : throw new UserInputException($"--slow-down takes numbers above 0, separated by commas, such as 1,10; given: '{word}'.");

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
