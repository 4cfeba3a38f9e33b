using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>How time and memory of training grow with one of its sizes. Each size runs in a process of its own, so that none inherits memory.</summary>
/// <param name="Size">What grows.</param>
/// <param name="Points">What each size cost, in ascending order.</param>
public sealed record CostCurve(CostCurve.Dimension Size, IReadOnlyList<CostCurve.Point> Points)
{
    /// <summary>Steps that a point times at least, where one update has fewer.</summary>
    private const long LeastSteps = 40_000;

    /// <summary>What can grow, by the name that a user gives it.</summary>
    public static IReadOnlyDictionary<string, Dimension> Dimensions { get; } = new Dictionary<string, Dimension>(StringComparer.Ordinal)
    {
        ["envs"] = new("environments", "ppo.environments", [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]),
        ["steps"] = new("steps per rollout", "ppo.rollout", [16, 32, 64, 128, 256, 512, 1024, 2048]),
        ["hidden"] = new("width", "network.hidden", [32, 64, 128, 256, 512]),
    };

    /// <summary>
    /// The exponent of the time of an update: its least-squares slope over the curve, both in logarithms. 1 where the time is
    /// proportional to the size, less where a part of it does not grow.
    /// </summary>
    public double TimeExponent => Slope([.. Points.Select(point => (Math.Log(point.Value), Math.Log(point.SecondsPerUpdate)))]);

    /// <summary>The same over the parameters instead of the size.</summary>
    public double TimeExponentOverParameters => Slope([.. Points.Select(point => (Math.Log(point.Parameters), Math.Log(point.SecondsPerUpdate)))]);

    /// <summary>Whether no point needed more memory than the formula says.</summary>
    public bool WithinFormula => Points.All(point => point.PeakBytes <= point.FormulaBytes);

    /// <summary>Measures.</summary>
    /// <param name="configuration">Everything but the size.</param>
    /// <param name="size">What grows.</param>
    /// <param name="values">The sizes.</param>
    /// <param name="command">The program and arguments that stand for <c>rlseq</c>.</param>
    /// <param name="measured">Called after every point.</param>
    /// <exception cref="UserInputException">A size does not fit the rest of the configuration.</exception>
    /// <exception cref="InvalidOperationException">A process failed; the message ends with what it said.</exception>
    public static CostCurve Run(TrainingConfiguration configuration, Dimension size, IReadOnlyList<int> values, IReadOnlyList<string> command, Action<Point>? measured = null)
    {
        TrainingConfiguration[] all = [.. values.Distinct().Order().Select(value => configuration.With(size.Key, value.ToString(CultureInfo.InvariantCulture)))];
        foreach (TrainingConfiguration one in all) one.Validate(); // before minutes of measuring
        var points = new List<Point>();
        foreach (TrainingConfiguration one in all)
        {
            points.Add(Measure(one, size, command));
            measured?.Invoke(points[^1]);
        }
        return new CostCurve(size, points);
    }

    private static Point Measure(TrainingConfiguration configuration, Dimension size, IReadOnlyList<string> command)
    {
        long updates = Math.Max(1, (LeastSteps + configuration.StepsPerUpdate - 1) / configuration.StepsPerUpdate);
        var defaults = new TrainingConfiguration();
        string[] changes = [.. ConfigurationSchema.Settings.Where(setting => setting.Read(configuration) != setting.Read(defaults)).SelectMany(setting => (string[])["--set", $"{setting.Key}={setting.Read(configuration)}"])];
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), "bench", "train", "--json", "--updates", updates.ToString(CultureInfo.InvariantCulture), .. changes])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || output.Split('\n', StringSplitOptions.RemoveEmptyEntries) is not [.., string last])
            throw new InvalidOperationException($"{size.Name} {Value(configuration, size)} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}");
        JsonNode figures = JsonNode.Parse(last)!;
        double speed = figures["steps_per_second"]!.GetValue<double>();
        return new Point(
            Value(configuration, size), speed, configuration.StepsPerUpdate / speed, figures["parameters"]!.GetValue<long>(),
            figures["peak_bytes"]!.GetValue<long>(), figures["formula_bytes"]!.GetValue<long>());
    }

    private static int Value(TrainingConfiguration configuration, Dimension size) =>
        int.Parse(ConfigurationSchema.Settings.Single(setting => setting.Key == size.Key).Read(configuration), CultureInfo.InvariantCulture);

    private static double Slope((double X, double Y)[] points)
    {
        if (points.Length < 2) return double.NaN;
        double x = points.Average(point => point.X), y = points.Average(point => point.Y);
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }

    /// <summary>A size that can grow.</summary>
    /// <param name="Name">In words.</param>
    /// <param name="Key">The configuration's key.</param>
    /// <param name="Defaults">The sizes to measure unless others are asked for.</param>
    public sealed record Dimension(string Name, string Key, IReadOnlyList<int> Defaults);

    /// <summary>What one size cost.</summary>
    /// <param name="Value">The size.</param>
    /// <param name="StepsPerSecond">Environment steps per second, end to end.</param>
    /// <param name="SecondsPerUpdate">Collecting and learning of one rollout.</param>
    /// <param name="Parameters">Weights.</param>
    /// <param name="PeakBytes">The most resident memory above what the process had before it made the trainer.</param>
    /// <param name="FormulaBytes">What <see cref="MemoryBudget.Estimate"/> allows.</param>
    public sealed record Point(int Value, double StepsPerSecond, double SecondsPerUpdate, long Parameters, long PeakBytes, long FormulaBytes);
}
