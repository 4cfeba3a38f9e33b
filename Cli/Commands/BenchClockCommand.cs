using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Cli.Output;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench clock</c>: the wall clock held to the simulated one.</summary>
internal static class BenchClockCommand
{
    public static ExampleCommand Create()
    {
        BenchCommand.Sizes sizes = new();
        Option<int> seconds = CommonOptions.Whole("--seconds", "How long each of the six runs lasts.", "N", 1, 5, 3600);
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand(
            "clock", "Plays under the wall clock at 60 Hz and 1 kHz, replays the measured latencies under the simulated clock, and holds the counts to a bound. Needs two quiet processors.",
            "rlseq bench clock --memory lstm --hidden 64 --seconds 5") { seconds };
        sizes.AddTo(command);
        command.Add(json);
        command.SetAction(parsed => Run(sizes.Read(parsed), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(json)));
        return command;
    }

    private static int Run(TrainingConfiguration configuration, TimeSpan span, bool json)
    {
        MemoryBudget.CheckActing(configuration, 1);
        Line($"{configuration.Memory.Name}, {configuration.Network.Hidden} units. The bound, stated before the runs: the wall clock's misses and dropped observations are at least those of");
        Line($"the simulated clock with the same latencies, and at most those of latencies that are each longer by the most that the wall clock added to a");
        Line($"decision. A decision differs only if its latency lies so near the deadline that what was added to it explains it.");
        Line($"{"",-36}{"",11}{"misses",24}{"",9}{"dropped",24}    tick late, µs          within   added, µs");
        Line($"{"period",-10}{"slow-down",11}{"p50 µs",9}{"decisions",11}{"wall",8}{"simulated",11}{"most",8}{"differ",8}{"wall",9}{"simulated",11}{"most",8}{"p50",9}{"p99",9}{"max",9}{"50 µs",9}{"p99",9}{"max",9}");
        var runs = new JsonArray();
        bool all = true;
        foreach (ClockAgreement run in ClockBenchmark.Run(configuration.MemorySettings, configuration.Network.EncoderLayers, span))
        {
            (LatencyHistogram late, LatencyHistogram added) = (run.Jitter.Published, run.Jitter.Added);
            Line($"{Duration.Format(run.Settings.Period),-10}{run.Settings.SlowDown,11:0.#}{run.Latency.Percentile(50) / 1e3,9:0.0}{run.Decisions,11}{run.Wall.Misses,8}{run.Simulated.Misses,11}{run.Most.Misses,8}{run.Differing,8}{run.Wall.Dropped,9}{run.Simulated.Dropped,11}{run.Most.Dropped,8}{late.Percentile(50) / 1e3,9:0.0}{late.Percentile(99) / 1e3,9:0.0}{late.Max / 1e3,9:0.0}{run.Jitter.ExactShare,9:P2}{added.Percentile(99) / 1e3,9:0.0}{added.Max / 1e3,9:0.0}{(run.Holds ? "" : "  OUTSIDE THE BOUND")}");
            runs.Add((JsonNode)Json(run));
            all &= run.Holds;
        }
        Line($"{(all ? "All counts lie within the bound." : "Some counts lie outside the bound: the clock is wrong.")}");
        if (json) JsonLine.Write(new JsonObject { ["memory"] = configuration.Memory.Name, ["holds"] = all, ["runs"] = runs });
        return all ? 0 : 1;
    }

    private static JsonObject Json(ClockAgreement run) => new()
    {
        ["period_us"] = run.Settings.PeriodNanoseconds / 1e3,
        ["slow_down"] = run.Settings.SlowDown,
        ["action_p50_us"] = run.Latency.Percentile(50) / 1e3,
        ["decisions"] = run.Decisions,
        ["misses_wall"] = run.Wall.Misses,
        ["misses_simulated"] = run.Simulated.Misses,
        ["misses_most"] = run.Most.Misses,
        ["dropped_wall"] = run.Wall.Dropped,
        ["dropped_simulated"] = run.Simulated.Dropped,
        ["dropped_most"] = run.Most.Dropped,
        ["differing"] = run.Differing,
        ["unexplained"] = run.Unexplained,
        ["jitter_p50_us"] = run.Jitter.Published.Percentile(50) / 1e3,
        ["jitter_p99_us"] = run.Jitter.Published.Percentile(99) / 1e3,
        ["jitter_max_us"] = run.Jitter.Published.Max / 1e3,
        ["jitter_within_50us"] = run.Jitter.ExactShare,
        ["added_p99_us"] = run.Jitter.Added.Percentile(99) / 1e3,
        ["added_max_us"] = run.Jitter.Added.Max / 1e3,
        ["holds"] = run.Holds,
    };

    private static void Line(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
