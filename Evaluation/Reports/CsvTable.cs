using System.Globalization;
using System.Text;

namespace RLSeq.Evaluation;

/// <summary>The comparison as comma-separated values (RFC 4180), for spreadsheets and scripts.</summary>
internal static class CsvTable
{
    private const string Header = "environment,memory,seeds,failed_runs,return_mean,return_ci_low,return_ci_high,return_iqm,return_iqm_ci_low,return_iqm_ci_high,"
        + "action_p50_us,action_p90_us,action_p99_us,action_p999_us,action_max_us,allocated_bytes_per_action,parameters,state_bytes,steps_per_second,"
        + "peak_memory_bytes,steps_to_90,steps_to_90_ci_low,steps_to_90_ci_high,seconds_to_90,seconds_to_90_ci_low,seconds_to_90_ci_high,"
        + "paced_p50_us,paced_p99_us,agents_per_frame_p50,agents_per_frame_p99,agents_per_frame_paced_p50,agents_per_frame_paced_p99,"
        + "slow_down,on_miss,action_delay,undelayed_mean,undelayed_ci_low,undelayed_ci_high,deadline_area,deadline_area_ci_low,deadline_area_ci_high,"
        + "keeps_95_us,keeps_95_ci_low_us,keeps_95_ci_high_us,miss_rate_60hz,miss_rate_1khz,miss_rate_10khz\n";

    public static string Write(ComparisonTable table)
    {
        var text = new StringBuilder(Header);
        foreach ((ComparisonRow row, DeadlineSetup? setup) in table.Blocks.SelectMany(block => block.Rows, (block, row) => (row, DeadlineSetup.Main(block))))
        {
            LatencyResult? latency = row.Latency, paced = latency?.Paced;
            AgentsPerFrame? agents = latency is null ? null : AgentsPerFrame.Of(latency, 1), pacedAgents = paced is null ? null : AgentsPerFrame.Of(paced, 1);
            DeadlineSummary? curve = setup?.CurveOf(row);
            text.Append(Quoted(row.Environment)).Append(',').Append(Quoted(row.Memory));
            AppendNumbers(
                text,
                row.Seeds, row.FailedRuns,
                row.Return?.Value, row.Return?.Low, row.Return?.High,
                row.InterquartileMean?.Value, row.InterquartileMean?.Low, row.InterquartileMean?.High,
                latency?.P50Us, latency?.P90Us, latency?.P99Us, latency?.P999Us, latency?.MaxUs, latency?.AllocatedBytesPerAction,
                row.Parameters, row.StateBytes, row.StepsPerSecond,
                row.PeakMemoryBytes, row.Speed?.Steps.Value, row.Speed?.Steps.Low, row.Speed?.Steps.High, row.Speed?.Seconds.Value, row.Speed?.Seconds.Low, row.Speed?.Seconds.High,
                paced?.P50Us, paced?.P99Us, agents?.AtP50, agents?.AtP99, pacedAgents?.AtP50, pacedAgents?.AtP99,
                curve?.Curve.SlowDown);
            text.Append(',').Append(Quoted(curve?.Curve.OnMiss ?? ""));
            AppendNumbers(
                text,
                curve?.Curve.ActionDelay, curve?.Undelayed.Value, curve?.Undelayed.Low, curve?.Undelayed.High, curve?.Area?.Value, curve?.Area?.Low, curve?.Area?.High,
                curve?.Keeps95?.Us, curve?.Keeps95?.LowUs, curve?.Keeps95?.HighUs,
                MissRate(curve, 0), MissRate(curve, 1), MissRate(curve, 2));
            text.Append('\n');
        }
        return text.ToString();
    }

    private static double? MissRate(DeadlineSummary? curve, int rate) => curve is null ? null : ClockTables.At(curve, ClockTables.Rates[rate].Us)?.MissRate;

    internal static void AppendNumbers(StringBuilder text, params ReadOnlySpan<double?> numbers)
    {
        foreach (double? number in numbers) text.Append(',').Append(number?.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Quoted where needed, and never a formula: spreadsheets run text that begins with one of = + - @.</summary>
    internal static string Quoted(string name)
    {
        if (name.Length > 0 && name[0] is '=' or '+' or '-' or '@' or '\t' or '\r') name = "'" + name;
        return name.AsSpan().IndexOfAny(",\"\n\r") < 0 ? name : "\"" + name.Replace("\"", "\"\"") + "\"";
    }
}
