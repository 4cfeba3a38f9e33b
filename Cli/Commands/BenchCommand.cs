using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench act|train|curve|soak|solve|env|clock</c>: figures, each beside its floor.</summary>
internal static class BenchCommand
{
    public static Command Create() => new ExampleCommand("bench", "Measures acting, training or an environment, beside what this machine allows.", "rlseq bench act --memory lstm --hidden 128") { Act(), BenchTrainCommand.Create(), BenchCurveCommand.Create(), BenchSoakCommand.Create(), BenchSolveCommand.Create(), BenchEnvCommand.Create(), BenchClockCommand.Create() };

    private static ExampleCommand Act()
    {
        Sizes sizes = new();
        Option<int> actions = CommonOptions.Whole("--actions", "Actions to time.", "N", 1, 20_000);
        Option<string?> precision = CommonOptions.Precision("The formats of weights and of cached keys and values");
        Option<int> rows = CommonOptions.Whole("--rows", "Time a batch of this many agents too; 0 for none.", "N", 0, 0, 1 << 16);
        Option<int> seed = CommonOptions.Whole("--seed", "Seed of the network's random weights.", "S", 0, 1);
        EngineOptions engines = new();
        Option<bool> stages = new("--stages") { Description = "Splits actions by stage; that itself takes some of the time." };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("act", "Times one action: encoder, memory, heads and sampling at batch 1 on one thread; with --engines the engines at several batch sizes too.", "rlseq bench act --memory transformer --hidden 128 --layers 3 --context 128 --json") { actions, precision, rows, seed, stages, json };
        sizes.AddTo(command);
        engines.AddTo(command);
        command.SetAction(parsed =>
        {
            TrainingConfiguration configuration = sizes.Read(parsed);
            var settings = new ActBenchmarkSettings
            {
                Actions = parsed.GetValue(actions),
                Precision = CommonOptions.ReadPrecision(parsed.GetValue(precision)),
                Rows = parsed.GetValue(rows),
                Seed = parsed.GetValue(seed),
                Stages = parsed.GetValue(stages),
            };
            MemoryBudget.CheckActing(configuration, Math.Max(1, settings.Rows));
            Func<EngineBenchmark>? compare = engines.Read(parsed, configuration);
            ActBenchmark result = ActBenchmark.Run(configuration.MemorySettings, configuration.Network.EncoderLayers, settings);
            Line($"{configuration.Memory.Name} in {settings.Precision}: p50 {result.P50Microseconds:0.##} µs, p99 {result.P99Microseconds:0.##} µs, p99.9 {result.P999Microseconds:0.##} µs, max {result.MaxMicroseconds:0.##} µs; floor {result.FloorMicroseconds:0.##} µs (p50 is {result.P50Microseconds / result.FloorMicroseconds:0.#} times that); {result.AllocatedBytesPerAction:0.##} bytes allocated per action; {result.Parameters:N0} parameters, {result.StateBytes:N0} state bytes");
            if (result.Conversion is { } loss) Line($"Of these random weights' actions {loss.ModeAgreement:P2} of the likeliest and {loss.SampleAgreement:P2} of the drawn ones are those of f32; KL {loss.MeanKl:0.0e+0} on average, {loss.LargestKl:0.0e+0} at most.");
            if (result.Agents is { } agents) Line($"Each of {settings.Rows} agents takes {agents.InBatch:0.##} µs in a batch and {agents.OneByOne:0.##} µs called one by one: {agents.Ratio:0.##} times less. The floor of a batch is {agents.Floor:0.##} µs an agent, {agents.MostRatio:0.##} times less than one by one.");
            (double recording, double recordingStages) = (RecordingCost.Nanoseconds(stages: false), RecordingCost.Nanoseconds(stages: true));
            if (parsed.GetValue(stages)) Line($"{result.Recorded}");
            (double interruptions, double interruption) = MachineRates.Interruptions();
            Line($"This machine interrupts a loop that only reads the clock {interruptions:0} times a second, for {interruption:0.#} µs at the median. The p99.9 of an action is {result.P999Microseconds / result.P50Microseconds:0.#} times its median; that of a loop of plain arithmetic as long, timed in turn with the actions, is {result.PlainLoopTail:0.#} times its median.");
            Line($"Recording an action takes {recording:0} ns, {recordingStages:0} ns with its stages.");
            EngineBenchmark? comparison = compare?.Invoke();
            if (comparison is not null) Console.Error.WriteLine(EnginesOutput.Text(comparison));
            if (parsed.GetValue(json))
            {
                var figures = new JsonObject
                {
                    ["memory"] = configuration.Memory.Name,
                    ["p50_us"] = result.P50Microseconds,
                    ["p99_us"] = result.P99Microseconds,
                    ["p999_us"] = result.P999Microseconds,
                    ["max_us"] = result.MaxMicroseconds,
                    ["floor_us"] = result.FloorMicroseconds,
                    ["allocated_bytes_per_action"] = result.AllocatedBytesPerAction,
                    ["state_bytes"] = result.StateBytes,
                    ["parameters"] = result.Parameters,
                    ["actions"] = result.Actions,
                    ["precision"] = settings.Precision.ToString(),
                    ["mode_agreement"] = result.Conversion?.ModeAgreement,
                    ["sample_agreement"] = result.Conversion?.SampleAgreement,
                    ["rows"] = settings.Rows,
                    ["row_us"] = result.Agents?.InBatch,
                    ["one_by_one_us"] = result.Agents?.OneByOne,
                    ["row_floor_us"] = result.Agents?.Floor,
                    ["plain_loop_p999_over_p50"] = result.PlainLoopTail,
                    ["interruptions_per_second"] = interruptions,
                    ["interruption_us"] = interruption,
                    ["recording_ns"] = recording,
                    ["recording_stages_ns"] = recordingStages,
                    ["stages"] = new JsonObject(result.Recorded.Stages.Select(stage => KeyValuePair.Create(
                        stage.Key.ToString().ToLowerInvariant(), (JsonNode?)new JsonObject { ["p50_us"] = stage.Value.P50 / 1e3, ["p99_us"] = stage.Value.P99 / 1e3, ["mean_us"] = stage.Value.Mean / 1e3 }))),
                };
                if (comparison is not null) EnginesOutput.AddTo(figures, comparison);
                JsonLine.Write(figures);
            }
        });
        return command;
    }

    private static void Line(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The sizes of a network, as options that stand for configuration keys.</summary>
    internal sealed class Sizes
    {
        private readonly (Option<string?> Option, string Key)[] _options =
        [
            (CommonOptions.Assembly(), "environment.assembly"),
            (new("--memory") { Description = "The memory (see rlseq memories).", HelpName = "M" }, "memory.name"),
            (new("--hidden") { Description = "Width of encoder and memory.", HelpName = "H" }, "network.hidden"),
            (new("--layers") { Description = "Layers of a Transformer.", HelpName = "L" }, "memory.layers"),
            (new("--heads") { Description = "Attention heads.", HelpName = "A" }, "memory.heads"),
            (new("--context") { Description = "Steps that a Transformer attends to.", HelpName = "C" }, "memory.context"),
            (new("--ffn") { Description = "Width of a Transformer's feed-forward layer.", HelpName = "F" }, "memory.ffn"),
        ];

        public void AddTo(Command command)
        {
            foreach ((Option<string?> option, _) in _options) command.Add(option);
        }

        public TrainingConfiguration Read(ParseResult parsed, params (string Key, string? Value)[] more) => Read(parsed, [], more);

        /// <summary>The options and then the pairs of <c>--set</c>, which may change anything.</summary>
        public TrainingConfiguration Read(ParseResult parsed, IEnumerable<string> set, params (string Key, string? Value)[] more)
        {
            var configuration = new TrainingConfiguration();
            foreach ((string key, string? value) in (IEnumerable<(string, string?)>)[.. _options.Select(pair => (pair.Key, parsed.GetValue(pair.Option))), .. more])
                if (value is not null) configuration = configuration.With(key, value);
            configuration = ConfigurationOptions.Changed(configuration, set);
            configuration.Validate();
            return configuration;
        }
    }
}
