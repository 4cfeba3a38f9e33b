using System.CommandLine;
using RLSeq.Agents;

namespace RLSeq.Cli.Commands;

/// <summary>The options of the real-time clock, which every command that has a clock shares. What is left out keeps the configuration's value.</summary>
internal sealed class ClockOptionSet
{
    private readonly Option<string?> _period = new("--period") { Description = "Time between two ticks of a world that does not wait, such as 1ms or 60Hz (default: the world waits).", HelpName = "T" };
    private readonly Option<string?> _deadline = new("--deadline") { Description = "How long after its tick an action may come (default: the period).", HelpName = "T" };
    private readonly Option<string?> _actionDelay = new("--action-delay") { Description = "Which transition an action in time drives: 0 that of the tick that was seen, 1 the next.", HelpName = "0|1" };
    private readonly Option<string?> _onMiss = new("--on-miss") { Description = "What drives a transition without an action of its own.", HelpName = string.Join('|', OnMissNames.All) };
    private readonly Option<string?> _latency = new("--latency") { Description = $"Latencies to replay: {LatencyProfiles.Forms}.", HelpName = "PROFILE" };
    private readonly Option<string?> _slowDown = new("--slow-down") { Description = "What latencies are multiplied by, for a weaker device.", HelpName = "X" };

    /// <summary>All of them, to be added to a command.</summary>
    public IEnumerable<Option> All => [_period, _deadline, _actionDelay, _onMiss, _latency, _slowDown];

    /// <summary>What was given, by the configuration's keys.</summary>
    public (string Key, string? Value)[] Values(ParseResult parsed) =>
    [
        ("clock.period", parsed.GetValue(_period)), ("clock.deadline", parsed.GetValue(_deadline)), ("clock.action_delay", parsed.GetValue(_actionDelay)),
        ("clock.on_miss", parsed.GetValue(_onMiss)), ("clock.latency", parsed.GetValue(_latency)), ("clock.slow_down", parsed.GetValue(_slowDown)),
    ];
}
