using System.Globalization;
using System.Text;

namespace RLSeq.Evaluation;

/// <summary>The comparison as comma-separated values (RFC 4180), for spreadsheets and scripts.</summary>
internal static class CsvTable
{
    private const string Header = "environment,memory,seeds,failed_runs,return_mean,return_ci_low,return_ci_high,return_iqm,return_iqm_ci_low,return_iqm_ci_high,"
        + "action_p50_us,action_p90_us,action_p99_us,action_p999_us,action_max_us,allocated_bytes_per_action,parameters,state_bytes,steps_per_second\n";

    public static string Write(ComparisonTable table)
    {
        var text = new StringBuilder(Header);
        foreach (ComparisonRow row in table.Blocks.SelectMany(block => block.Rows))
        {
            LatencyResult? latency = row.Latency;
            text.Append(Quoted(row.Environment)).Append(',').Append(Quoted(row.Memory));
            AppendNumbers(
                text,
                row.Seeds, row.FailedRuns,
                row.Return?.Value, row.Return?.Low, row.Return?.High,
                row.InterquartileMean?.Value, row.InterquartileMean?.Low, row.InterquartileMean?.High,
                latency?.P50Us, latency?.P90Us, latency?.P99Us, latency?.P999Us, latency?.MaxUs, latency?.AllocatedBytesPerAction,
                row.Parameters, row.StateBytes, row.StepsPerSecond);
            text.Append('\n');
        }
        return text.ToString();
    }

    private static void AppendNumbers(StringBuilder text, params ReadOnlySpan<double?> numbers)
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
