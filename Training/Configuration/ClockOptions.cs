using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// The clock that a policy is trained under; without a period the world waits for every action. Training always replays latencies from a
/// profile, so that a run repeats bit for bit.
/// </summary>
public sealed record ClockOptions
{
    private const string Prefix = "clock.", LatencyKey = Prefix + "latency";

    /// <summary>The time between two ticks, such as <c>1ms</c> or <c>60Hz</c>; empty for a world that waits.</summary>
    public string Period { get; init; } = "";

    /// <summary>How long after its tick an action may come; empty for the period.</summary>
    public string Deadline { get; init; } = "";

    /// <summary>Which transition an action in time drives: 0 that of the tick that was seen, 1 the next.</summary>
    public int ActionDelay { get; init; }

    /// <summary>What drives a transition without an action of its own: one of <see cref="OnMissNames.All"/>.</summary>
    public string OnMiss { get; init; } = OnMissNames.NameOf(Agents.OnMiss.RepeatLast);

    /// <summary>The latencies to replay, as <see cref="LatencyProfiles.Parse"/> reads them; a recorded profile by its whole path.</summary>
    public string Latency { get; init; } = NoLatency;

    /// <summary>What every latency is multiplied by.</summary>
    public double SlowDown { get; init; } = 1;

    /// <summary>
    /// Whether observations say what the clock did (<see cref="ClockReport"/>), also where nothing is ever late: then what was trained
    /// without latency can be evaluated with it.
    /// </summary>
    public bool Report { get; init; } = true;

    /// <summary>Whether there is a clock at all.</summary>
    public bool IsSet => Period.Length > 0;

    /// <summary>An agent that thinks in no time.</summary>
    public const string NoLatency = "fixed:0";

    /// <summary>Whether a latency is named by the file of a recording.</summary>
    /// <param name="latency">The latency as it is configured.</param>
    public static bool IsRecorded(string latency) => latency.EndsWith(".msgpack", StringComparison.OrdinalIgnoreCase);

    /// <summary>The clock's settings.</summary>
    /// <exception cref="UserInputException">There is no period, or a value is out of its range.</exception>
    public ClockSettings Settings() => new(
        Duration.Parse(Period, Prefix + "period"), Deadline.Length == 0 ? null : Duration.Parse(Deadline, Prefix + "deadline"))
    {
        ActionDelay = ActionDelay,
        OnMiss = OnMissNames.Parse(OnMiss),
        SlowDown = SlowDown,
    };

    /// <summary>The clock with its latencies; null where the world waits.</summary>
    /// <exception cref="UserInputException">A value does not fit, or the recording cannot be used.</exception>
    public ReplayedClock? Load() => IsSet ? new ReplayedClock(Settings(), LatencyProfiles.Parse(Latency), Report) : null;

    /// <summary>Checks what the single values cannot: that they fit each other, and that a recording can be used.</summary>
    /// <exception cref="UserInputException">Something does not fit.</exception>
    public void Validate()
    {
        _ = Load();
        if (IsSet) return;
        // What is said of a clock that is not there would change nothing, and whoever said it would believe that it did.
        TrainingConfiguration given = new() { Clock = this }, defaults = new();
        Setting? idle = ConfigurationSchema.Settings.FirstOrDefault(setting => IsKey(setting.Key) && setting.Read(given) != setting.Read(defaults));
        if (idle is not null) throw new UserInputException($"{idle.Key} is {idle.Read(given)}, but without {Prefix}period the world waits for every action; give a period, such as 60Hz, or leave it out.");
    }

    /// <summary>The clock by the keys of a configuration; nothing where there is none.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToKeys()
    {
        TrainingConfiguration all = new() { Clock = this };
        return IsSet ? ConfigurationSchema.Settings.Where(setting => IsKey(setting.Key)).Select(setting => KeyValuePair.Create(setting.Key, setting.Read(all))) : [];
    }

    /// <summary>The clock that some keys of a configuration say.</summary>
    /// <param name="keys">What <see cref="ToKeys"/> gave; other keys than those of the clock do not matter.</param>
    /// <exception cref="UserInputException">A value does not fit.</exception>
    public static ClockOptions FromKeys(IEnumerable<KeyValuePair<string, string>> keys) =>
        keys.Where(pair => IsKey(pair.Key)).Aggregate(new TrainingConfiguration(), (all, pair) => all.With(pair.Key, pair.Value)).Clock;

    /// <summary>
    /// What a policy's file says of the clock it was trained under: its keys, but of a recording only the file's name, since a policy file is
    /// passed on.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> ToProvenance() =>
        ToKeys().Select(pair => pair.Key == LatencyKey && IsRecorded(pair.Value) ? KeyValuePair.Create(pair.Key, Path.GetFileName(pair.Value)) : pair);

    private static bool IsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);
}
