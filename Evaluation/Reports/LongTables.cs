using System.Text;

namespace RLSeq.Evaluation;

/// <summary>
/// The measurements behind the curves as comma-separated values (RFC 4180) in long format: one line per seed and condition, for other people's
/// statistics. A return is the mean over the episodes of that seed's policy.
/// </summary>
internal static class LongTables
{
    /// <summary>One line per environment, memory, curve, deadline and seed; the deadline is empty where the world waits.</summary>
    public static string Deadlines(ComparisonResult result)
    {
        var text = new StringBuilder("environment,memory,slow_down,on_miss,action_delay,deadline_us,seed,return_mean,episodes,miss_rate,dropped_rate\n");
        foreach (MemoryResult memory in result.Results)
        {
            foreach (DeadlineCurve curve in memory.Deadlines)
            {
                Append(curve.ActionDelay, curve.Undelayed, waits: true);
                if (curve.OneStepDelay is { } delayed) Append(1, delayed, waits: true);
                foreach (DeadlinePoint point in curve.Points) Append(curve.ActionDelay, point, waits: false);

                void Append(int actionDelay, DeadlinePoint point, bool waits)
                {
                    foreach (DeadlineRun run in point.Runs)
                    {
                        Begin(text, memory);
                        CsvTable.AppendNumbers(text, curve.SlowDown);
                        text.Append(',').Append(CsvTable.Quoted(curve.OnMiss));
                        CsvTable.AppendNumbers(text, actionDelay, waits ? null : point.DeadlineUs);
                        AppendSeed(text, run.Seed, run.Returns);
                        CsvTable.AppendNumbers(text, run.MissRate, run.DroppedRate);
                        text.Append('\n');
                    }
                }
            }
        }
        return text.ToString();
    }

    /// <summary>One line per environment, memory, intervention and seed; the steps are empty but for truncations.</summary>
    public static string MemoryUse(ComparisonResult result)
    {
        var text = new StringBuilder("environment,memory,intervention,steps,seed,return_mean,episodes\n");
        foreach (MemoryResult memory in result.Results)
        {
            foreach (MemoryUse use in memory.MemoryUse)
            {
                foreach (MemoryUseRun run in use.Runs)
                {
                    Begin(text, memory);
                    text.Append(',').Append(use.Intervention.ToString().ToLowerInvariant());
                    CsvTable.AppendNumbers(text, use.Steps);
                    AppendSeed(text, run.Seed, run.Returns);
                    text.Append('\n');
                }
            }
        }
        return text.ToString();
    }

    private static void Begin(StringBuilder text, MemoryResult memory) => text.Append(CsvTable.Quoted(memory.Environment)).Append(',').Append(CsvTable.Quoted(memory.Memory));

    private static void AppendSeed(StringBuilder text, ulong seed, IReadOnlyList<double> returns)
    {
        text.Append(',').Append(seed);
        CsvTable.AppendNumbers(text, returns.Count > 0 ? returns.Average() : null, returns.Count);
    }
}
