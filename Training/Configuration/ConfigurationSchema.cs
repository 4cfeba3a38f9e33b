using System.Globalization;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>The keys of a configuration: what <c>--set</c>, the YAML file and the documentation share.</summary>
public static class ConfigurationSchema
{
    /// <summary>Every setting, in the order in which it is written.</summary>
    public static IReadOnlyList<Setting> Settings { get; } =
    [
        new("seed", "decides all that is random; a whole number from 0", c => c.Seed.ToString(CultureInfo.InvariantCulture), (c, v) => c with { Seed = ParseSeed(v) }),
        Whole("steps", "environment steps in all, rounded up to whole rollouts", 1, long.MaxValue / 4, c => c.Steps, (c, v) => c with { Steps = v }),
        Choice("device", "where the network learns", ["auto", "cpu", "cuda"], c => c.Device, (c, v) => c with { Device = v }),
        Choice("acting", "the engine that acts while collecting", [ActingChoice.Auto, ActingChoice.Managed, ActingChoice.Torch], c => c.Acting, (c, v) => c with { Acting = v }),
        Whole("threads", "threads that learn, and those of libtorch where it acts; they belong to what decides a run", 1, 1024, c => c.Threads, (c, v) => c with { Threads = (int)v }),
        Whole("collect_threads", "threads that collect; the result does not depend on them; where torch acts there is one", 1, 1024, c => c.CollectThreads, (c, v) => c with { CollectThreads = (int)v }),
        Flag("overlap", "whether the next rollout is collected while the last one is learned from, by the weights from before", c => c.Overlap, (c, v) => c with { Overlap = v }),
        Whole("checkpoint_every", "updates between checkpoints, 0 for one at the end only", 0, int.MaxValue, c => c.CheckpointEvery, (c, v) => c with { CheckpointEvery = (int)v }),

        Text("environment.name", "which environment; `environment: NAME` says the same", c => c.Environment, (c, v) => c with { Environment = v }),
        new("environment.wrappers", "what is put around it, innermost first, such as frame-stack=4,time-limit=200", c => c.EnvironmentOptions.Wrappers, WithWrappers),
        new("environment.assembly", "the class library that holds it, or the memory, if they are not built in", c => c.EnvironmentOptions.Assembly, (c, v) => c with { EnvironmentOptions = c.EnvironmentOptions with { Assembly = v.Length == 0 ? v : Path.GetFullPath(v) } }),
        Choice("environment.on_error", "what happens where an environment fails", [EnvironmentOptions.Stop, EnvironmentOptions.Restart], c => c.EnvironmentOptions.OnError, (c, v) => c with { EnvironmentOptions = c.EnvironmentOptions with { OnError = v } }),
        Number("environment.step_timeout", "seconds after which a call of an environment is taken to hang, 0 for never", 0, 1e6, c => c.EnvironmentOptions.StepTimeout, (c, v) => c with { EnvironmentOptions = c.EnvironmentOptions with { StepTimeout = v } }),

        new("clock.period", "time between two ticks of a world that does not wait, such as 1ms or 60Hz; empty or 0 for one that waits", c => c.Clock.Period, (c, v) => c with { Clock = c.Clock with { Period = ParseDuration("clock.period", v) } }),
        new("clock.deadline", "how long after its tick an action may come; empty for the period", c => c.Clock.Deadline, (c, v) => c with { Clock = c.Clock with { Deadline = ParseDuration("clock.deadline", v) } }),
        Whole("clock.action_delay", "which transition an action in time drives: 0 that of the tick that was seen, 1 the next", 0, 1, c => c.Clock.ActionDelay, (c, v) => c with { Clock = c.Clock with { ActionDelay = (int)v } }),
        Choice("clock.on_miss", "what drives a transition without an action of its own", [.. OnMissNames.All], c => c.Clock.OnMiss, (c, v) => c with { Clock = c.Clock with { OnMiss = v } }),
        new("clock.latency", "latencies to replay: fixed:T, jitter:T:T, bursty:T:T:P:N or the path of a recorded profile", c => c.Clock.Latency, (c, v) => c with { Clock = c.Clock with { Latency = ParseLatency(v) } }),
        Number("clock.slow_down", "what latencies are multiplied by", 1e-6, 1e6, c => c.Clock.SlowDown, (c, v) => c with { Clock = c.Clock with { SlowDown = v } }),
        Flag("clock.report", "whether observations say what was applied, what is pending and the ticks since the last one", c => c.Clock.Report, (c, v) => c with { Clock = c.Clock with { Report = v } }),

        Whole("network.hidden", "width of encoder and memory", 1, 65_536, c => c.Network.Hidden, (c, v) => c with { Network = c.Network with { Hidden = (int)v } }),
        Whole("network.encoder_layers", "layers before the memory", 1, 64, c => c.Network.EncoderLayers, (c, v) => c with { Network = c.Network with { EncoderLayers = (int)v } }),

        Text("memory.name", "which memory", c => c.Memory.Name, (c, v) => c with { Memory = c.Memory with { Name = v } }),
        Whole("memory.layers", "layers of a Transformer", 1, 256, c => c.Memory.Layers, (c, v) => c with { Memory = c.Memory with { Layers = (int)v } }),
        Whole("memory.heads", "heads of a Transformer or of fast weights; they divide network.hidden", 1, 1024, c => c.Memory.Heads, (c, v) => c with { Memory = c.Memory with { Heads = (int)v } }),
        Whole("memory.context", "past steps that a Transformer attends to", 0, int.MaxValue - 1, c => c.Memory.Context, (c, v) => c with { Memory = c.Memory with { Context = (int)v } }),
        Whole("memory.ffn", "width of a Transformer's feed-forward layer, 0 for 4 × network.hidden", 0, 1 << 20, c => c.Memory.FeedForward, (c, v) => c with { Memory = c.Memory with { FeedForward = (int)v } }),

        Ppo("environments", "environments side by side", 1, 1 << 20, p => p.Environments, (p, v) => p with { Environments = (int)v }),
        Ppo("rollout", "steps of each environment between updates", 1, 1 << 20, p => p.Rollout, (p, v) => p with { Rollout = (int)v }),
        Ppo("bptt", "length of the sequences that gradients flow through, 0 for the rollout; divides it", 0, 1 << 20, p => p.Bptt, (p, v) => p with { Bptt = (int)v }),
        Ppo("burn_in", "steps before a sequence that refresh its state without a gradient", 0, 1 << 20, p => p.BurnIn, (p, v) => p with { BurnIn = (int)v }),
        Ppo("epochs", "passes over each rollout", 1, 1000, p => p.Epochs, (p, v) => p with { Epochs = (int)v }),
        Ppo("minibatches", "minibatches per pass, of whole sequences", 1, 1 << 20, p => p.Minibatches, (p, v) => p with { Minibatches = (int)v }),
        Ppo("learning_rate", "Adam's learning rate", 0, 1, p => p.LearningRate, (p, v) => p with { LearningRate = v }),
        Ppo("adam_epsilon", "Adam's epsilon", 1e-12, 1, p => p.AdamEpsilon, (p, v) => p with { AdamEpsilon = v }),
        Ppo("learning_rate_decay", "whether the learning rate falls linearly to zero", p => p.LearningRateDecay, (p, v) => p with { LearningRateDecay = v }),
        Ppo("discount", "discount per step", 0, 1, p => p.Discount, (p, v) => p with { Discount = v }),
        Ppo("lambda", "λ of the generalised advantage estimate", 0, 1, p => p.Lambda, (p, v) => p with { Lambda = v }),
        Ppo("clip", "clipping of the probability ratio", 1e-6, 1e6, p => p.Clip, (p, v) => p with { Clip = v }),
        Ppo("value_clip", "clipping of the value's change, 0 for none", 0, 1e9, p => p.ValueClip, (p, v) => p with { ValueClip = v }),
        Ppo("value_coefficient", "weight of the value loss", 0, 1e6, p => p.ValueCoefficient, (p, v) => p with { ValueCoefficient = v }),
        Ppo("entropy_coefficient", "weight of the entropy bonus", 0, 1e6, p => p.EntropyCoefficient, (p, v) => p with { EntropyCoefficient = v }),
        Ppo("max_gradient_norm", "largest norm of the gradient, 0 for no clipping", 0, 1e9, p => p.MaxGradientNorm, (p, v) => p with { MaxGradientNorm = v }),
        Ppo("target_kl", "an update stops after the epoch that exceeds this divergence, 0 for never", 0, 1e9, p => p.TargetKl, (p, v) => p with { TargetKl = v }),
        Ppo("normalize_advantages", "per minibatch", p => p.NormalizeAdvantages, (p, v) => p with { NormalizeAdvantages = v }),
        Ppo("normalize_observations", "continuous observations, by running statistics", p => p.NormalizeObservations, (p, v) => p with { NormalizeObservations = v }),
        Ppo("normalize_rewards", "by the running deviation of their discounted sum", p => p.NormalizeRewards, (p, v) => p with { NormalizeRewards = v }),
    ];

    private static readonly Dictionary<string, Setting> ByKey = Settings.ToDictionary(setting => setting.Key, StringComparer.Ordinal);

    /// <summary>Changes one value.</summary>
    /// <param name="configuration">The configuration to start from.</param>
    /// <param name="key">The dotted key.</param>
    /// <param name="value">The value as text.</param>
    /// <exception cref="UserInputException">The key is unknown (the message gives the nearest) or the value does not fit.</exception>
    public static TrainingConfiguration With(this TrainingConfiguration configuration, string key, string value) =>
        ByKey.TryGetValue(key == "environment" ? "environment.name" : key, out Setting? setting) ? setting.Write(configuration, value)
            : throw UnknownNameException.For("configuration key", key, ByKey.Keys, "rlseq train --help");

    /// <summary>Normalising is the trainer's: its statistics are frozen while collecting, and saved with the policy.</summary>
    private static TrainingConfiguration WithWrappers(TrainingConfiguration configuration, string text)
    {
        string[] words = text.Split(',');
        foreach (string word in words)
            if (WrapperRegistry.TrainerSetting(word.Trim()) is { } key) configuration = configuration.With(key, "true");
        string rest = string.Join(',', words.Where(word => WrapperRegistry.TrainerSetting(word.Trim()) is null));
        return configuration with { EnvironmentOptions = configuration.EnvironmentOptions with { Wrappers = WrapperList.Parse(rest).ToString() } };
    }

    private static Setting Text(string key, string description, Func<TrainingConfiguration, string> read, Func<TrainingConfiguration, string, TrainingConfiguration> write) =>
        new(key, description, read, (c, text) => text.Length > 0 ? write(c, text) : throw Misfit(key, text, "a name"));

    private static Setting Choice(string key, string description, string[] choices, Func<TrainingConfiguration, string> read, Func<TrainingConfiguration, string, TrainingConfiguration> write) =>
        new(key, $"{description}: {string.Join(", ", choices)}", read, (c, text) =>
            choices.Contains(text, StringComparer.Ordinal) ? write(c, text) : throw Misfit(key, text, $"one of {string.Join(", ", choices)}"));

    private static Setting Whole(string key, string description, long low, long high, Func<TrainingConfiguration, long> read, Func<TrainingConfiguration, long, TrainingConfiguration> write) =>
        new(key, description, c => read(c).ToString(CultureInfo.InvariantCulture), (c, text) => write(c, ParseWhole(key, text, low, high)));

    private static Setting Number(string key, string description, double low, double high, Func<TrainingConfiguration, double> read, Func<TrainingConfiguration, double, TrainingConfiguration> write) =>
        new(key, description, c => read(c).ToString("R", CultureInfo.InvariantCulture), (c, text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high
                ? write(c, value)
                : throw Misfit(key, text, FormattableString.Invariant($"a number from {low} to {high}")));

    private static Setting Ppo(string key, string description, long low, long high, Func<PpoSettings, int> read, Func<PpoSettings, long, PpoSettings> write) =>
        Whole($"ppo.{key}", description, low, high, c => read(c.Ppo), (c, v) => c with { Ppo = write(c.Ppo, v) });

    private static Setting Ppo(string key, string description, double low, double high, Func<PpoSettings, double> read, Func<PpoSettings, double, PpoSettings> write) =>
        Number($"ppo.{key}", description, low, high, c => read(c.Ppo), (c, v) => c with { Ppo = write(c.Ppo, v) });

    private static Setting Ppo(string key, string description, Func<PpoSettings, bool> read, Func<PpoSettings, bool, PpoSettings> write) =>
        Flag($"ppo.{key}", description, c => read(c.Ppo), (c, v) => c with { Ppo = write(c.Ppo, v) });

    private static Setting Flag(string key, string description, Func<TrainingConfiguration, bool> read, Func<TrainingConfiguration, bool, TrainingConfiguration> write) =>
        new(key, description, c => read(c) ? "true" : "false", (c, text) => bool.TryParse(text, out bool value) ? write(c, value) : throw Misfit(key, text, "true or false"));

    private static ulong ParseSeed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Misfit("seed", text, "a whole number from 0");

    /// <summary>A duration stays as it was written, so that 60Hz is read as 60Hz again; 0 is none.</summary>
    private static string ParseDuration(string key, string text)
    {
        if (text is "" or "0") return "";
        _ = Duration.Parse(text, key);
        return text;
    }

    /// <summary>A recording is looked for when it is needed: a run's configuration can be read where the file is not.</summary>
    private static string ParseLatency(string text)
    {
        if (ClockOptions.IsRecorded(text)) return Path.GetFullPath(text);
        _ = LatencyProfiles.Parse(text);
        return text;
    }

    /// <summary>Whole numbers may be grouped with underscores and written as 2e6, as people write step counts.</summary>
    private static long ParseWhole(string key, string text, long low, long high)
    {
        bool parsed = decimal.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        if (!parsed || number != decimal.Truncate(number) || number < low || number > high)
            throw Misfit(key, text, FormattableString.Invariant($"a whole number from {low} to {high}"));
        return (long)number;
    }

    private static UserInputException Misfit(string key, string given, string expected) => new($"{key} is '{given}', but must be {expected}.");
}
