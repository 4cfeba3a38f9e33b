using System.CommandLine;
using System.Globalization;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Commands;

/// <summary>The options that put an evaluation under a clock. There is one if <c>--period</c> is given.</summary>
internal sealed class EvaluationClockOptions
{
    private const string Measured = "measured";

    private readonly Option<string?> _period = new("--period") { Description = "Evaluate under a clock that ticks so often, such as 16ms, 60Hz or 1kHz: the world does not wait.", HelpName = "T" };
    private readonly Option<string?> _deadline = new("--deadline") { Description = "How long after its tick an action may come (default: the period).", HelpName = "T" };
    private readonly Option<string?> _onMiss = new("--on-miss") { Description = "What drives a transition without an action of its own (default: repeat-last).", HelpName = string.Join('|', OnMissNames.All) };
    private readonly Option<string?> _actionDelay = new("--action-delay") { Description = "The transition that an action in time drives: 0 that of its tick (default), 1 the next.", HelpName = "0|1" };
    private readonly Option<string?> _clock = new("--clock") { Description = "Whether time is simulated (default), and advances by each latency, or the machine's.", HelpName = "simulated|wall" };
    private readonly Option<string?> _latency = new("--latency") { Description = $"What decisions take: {Measured} (default), or a profile to replay: {LatencyProfiles.Forms}.", HelpName = $"{Measured}|PROFILE" };
    private readonly Option<string?> _slowDown = new("--slow-down") { Description = "Multiplies every latency, to stand for a weaker device (default: 1).", HelpName = "X" };

    public void AddTo(Command command)
    {
        foreach (Option<string?> option in (ReadOnlySpan<Option<string?>>)[_period, .. Others]) command.Add(option);
    }

    /// <summary>The clock that was asked for, or null.</summary>
    /// <exception cref="UserInputException">A value cannot be, or something is said of a clock that is not asked for.</exception>
    public EvaluationClock? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_period) is not { } period)
        {
            Option<string?>? alone = Others.FirstOrDefault(option => parsed.GetValue(option) is not null);
            return alone is null ? null : throw new UserInputException($"{alone.Name} says something of a clock, but there is none without --period, such as --period 60Hz.");
        }
        TimeSpan? deadline = parsed.GetValue(_deadline) is { } text ? Duration.Parse(text, "--deadline") : null;
        var settings = new ClockSettings(Duration.Parse(period, "--period"), deadline)
        {
            OnMiss = parsed.GetValue(_onMiss) is { } rule ? OnMissNames.Parse(rule) : OnMiss.RepeatLast,
            ActionDelay = ReadDelay(parsed.GetValue(_actionDelay)),
            SlowDown = ReadSlowDown(parsed.GetValue(_slowDown)),
        };
        string latency = parsed.GetValue(_latency) ?? Measured;
        return new EvaluationClock(settings) { Wall = IsWall(parsed.GetValue(_clock)), Replayed = latency == Measured ? null : LatencyProfiles.Parse(latency) };
    }

    private Option<string?>[] Others => [_deadline, _onMiss, _actionDelay, _clock, _latency, _slowDown];

    private static bool IsWall(string? clock) => clock switch
    {
        null or "simulated" => false,
        "wall" => true,
        _ => throw new UserInputException($"--clock is '{clock}', but must be simulated or wall."),
    };

    private static int ReadDelay(string? text) => text switch
    {
        null or "0" => 0,
        "1" => 1,
        _ => throw new UserInputException($"--action-delay is '{text}', but must be 0 or 1."),
    };

    private static double ReadSlowDown(string? text)
    {
        if (text is null) return 1;
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        return isNumber ? number : throw new UserInputException($"--slow-down is '{text}', but must be a number above 0.");
    }
}
