namespace RLSeq.Evaluation.Tests;

public class LongTablesTests
{
    [Fact]
    public void Every_seed_at_every_deadline_has_a_line()
    {
        DeadlineCurve curve = MadeUpClock.Exact([10, 1e6 / 60], 1, [0.25, 0.5], seeds: 2);
        curve = curve with { OneStepDelay = new DeadlinePoint(0, [new DeadlineRun(7, [0.5, 1], 0, 0)]), Points = [curve.Points[0], curve.Points[1] with { Runs = [new DeadlineRun(3, [0.5], 0.125, 0.0625)] }] };
        string[] lines = LongTables.Deadlines(MadeUp.Comparison([MadeUp.TMaze], [MadeUp.Exact("l,stm", 1) with { Deadlines = [curve] }])).Split('\n');
        Assert.Equal(
            [
                "environment,memory,slow_down,on_miss,action_delay,deadline_us,seed,return_mean,episodes,miss_rate,dropped_rate",
                "t-maze,\"l,stm\",1,repeat-last,0,,0,1,2,0,0",
                "t-maze,\"l,stm\",1,repeat-last,0,,1,1,2,0,0",
                "t-maze,\"l,stm\",1,repeat-last,1,,7,0.75,2,0,0",
                "t-maze,\"l,stm\",1,repeat-last,0,10,0,0.25,2,0,0",
                "t-maze,\"l,stm\",1,repeat-last,0,10,1,0.25,2,0,0",
                "t-maze,\"l,stm\",1,repeat-last,0,16666.666666666668,3,0.5,1,0.125,0.0625",
                "",
            ],
            lines);
    }

    [Fact]
    public void Every_seed_under_every_intervention_has_a_line()
    {
        MemoryResult memory = MadeUp.Exact("lstm", 1) with { MemoryUse = [MadeUpClock.ExactUse(MemoryIntervention.Intact, null, 1, seeds: 1), MadeUpClock.ExactUse(MemoryIntervention.Truncated, 16, 0.5, seeds: 2)] };
        Assert.Equal(
            "environment,memory,intervention,steps,seed,return_mean,episodes\nt-maze,lstm,intact,,0,1,2\nt-maze,lstm,truncated,16,0,0.5,2\nt-maze,lstm,truncated,16,1,0.5,2\n",
            LongTables.MemoryUse(MadeUp.Comparison([MadeUp.TMaze], [memory])));
    }

    [Fact]
    public void The_table_has_the_clock_s_figures_in_its_columns()
    {
        MemoryResult memory = MadeUp.Exact("lstm", 1, 1) with
        {
            Latency = MadeUp.Latency(100) with { Paced = MadeUp.Latency(200) },
            Deadlines = [MadeUpClock.Exact([100, 1000, 1e6 / 60], 1, [0, 1, 1], seeds: 2)],
        };
        string[] lines = ComparisonTable.From(MadeUp.Comparison([new EnvironmentInfo { Name = "t-maze", RandomReturn = 0 }], [memory, MadeUp.Exact("none") with { Runs = [] }]), 500).ToCsv().Split('\n');
        Dictionary<string, string> row = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(("166", "104", "83", "52"), (row["agents_per_frame_p50"], row["agents_per_frame_p99"], row["agents_per_frame_paced_p50"], row["agents_per_frame_paced_p99"]));
        Assert.Equal(("200", "1", "repeat-last", "0", "1"), (row["paced_p50_us"], row["slow_down"], row["on_miss"], row["action_delay"], row["undelayed_mean"]));
        // From 0 at 100 µs to 1 at 1 ms along the logarithm: half of that decade is lost, and 95 % is kept from 10^2.95 µs on.
        Assert.Equal(1 - (0.5 / Math.Log10(1e6 / 60 / 100)), double.Parse(row["deadline_area"], System.Globalization.CultureInfo.InvariantCulture), 9);
        Assert.Equal(Math.Pow(10, 2.95), double.Parse(row["keeps_95_us"], System.Globalization.CultureInfo.InvariantCulture), 6);
        Assert.Equal(("0", "0", "0"), (row["miss_rate_60hz"], row["miss_rate_1khz"], row["miss_rate_10khz"]));
        Assert.Equal(lines[0].Split(',').Length, lines[2].Split(',').Length);
    }
}
