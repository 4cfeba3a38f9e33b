using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests;

public class DeadlineSettingsTests
{
    [Fact]
    public void The_grid_runs_from_10_us_to_100_ms_with_five_per_decade_and_ten_times_a_deadline_is_another()
    {
        double[] grid = [.. DeadlineSettings.Grid.Select(deadline => deadline.TotalMicroseconds)];
        Assert.Equal(21, grid.Length);
        Assert.Equal([10, 16, 25, 40, 63, 100, 160], grid[..7]);
        Assert.Equal((63_000, 100_000), (grid[^2], grid[^1]));
        Assert.All(grid[..^5], deadline => Assert.Contains(10 * deadline, grid));
        new DeadlineSettings().Validate();
    }

    [Fact]
    public void What_cannot_be_played_is_refused()
    {
        TimeSpan one = TimeSpan.FromMilliseconds(1);
        Refused("Deadlines ascend, each once; 1ms stands behind 1ms.", new() { Deadlines = [one, one] });
        Refused("above 0", new() { Deadlines = [TimeSpan.Zero] });
        Refused("1 to 16 slow-downs; given: 0", new() { SlowDowns = [] });
        Refused("named twice", new() { SlowDowns = [2, 2] });
        Refused("slow-down is a number above 0; given: -1", new() { SlowDowns = [-1] });
        Refused("at least 1 episode; given: 0", new() { Episodes = 0 });
        Refused("0 or 1 ticks; given: 2", new() { ActionDelay = 2 });
        Refused("at most 200 deadlines; given: 201", new() { Deadlines = [.. Enumerable.Range(1, 201).Select(i => i * one)] });
    }

    private static void Refused(string message, DeadlineSettings settings) =>
        Assert.Contains(message, Assert.Throws<UserInputException>(settings.Validate).Message, StringComparison.Ordinal);
}
