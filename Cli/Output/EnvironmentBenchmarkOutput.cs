using System.Text.Json.Nodes;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>What timing environments found, for people and for scripts.</summary>
internal static class EnvironmentBenchmarkOutput
{
    /// <summary>The heads of the columns that <see cref="Row"/> fills.</summary>
    public static string Head(int nameWidth) =>
        FormattableString.Invariant($"{"environment".PadRight(nameWidth)} {"steps/s",12} {"limit",12} {"share",6} {"Python",9} {"times",7} {"bytes/step",11}");

    /// <summary>One environment: its speed beside that of the interface with nothing behind it, and that of its original in Python.</summary>
    public static string Row(string name, int nameWidth, EnvironmentBenchmark result)
    {
        double? original = PythonOriginals.StepsPerSecond(name);
        string python = original is { } known ? FormattableString.Invariant($"{known,9:N0} {result.StepsPerSecond / known,7:N0}") : $"{"-",9} {"-",7}";
        return FormattableString.Invariant($"{name.PadRight(nameWidth)} {result.StepsPerSecond,12:N0} {result.InterfaceStepsPerSecond,12:N0} {result.StepsPerSecond / result.InterfaceStepsPerSecond,6:P0} {python} {result.AllocatedBytesPerStep,11:0.###}");
    }

    /// <summary>The figures by the names that scripts rely on: one object for one environment, a list of them for several.</summary>
    public static JsonObject Json(IReadOnlyList<(string Name, EnvironmentBenchmark Result)> results) =>
        results.Count == 1
            ? Figures(results[0].Name, results[0].Result)
            : new JsonObject { ["environments"] = new JsonArray([.. results.Select(pair => Figures(pair.Name, pair.Result))]) };

    private static JsonObject Figures(string name, EnvironmentBenchmark result) => new()
    {
        ["environment"] = name,
        ["steps_per_second"] = result.StepsPerSecond,
        ["allocated_bytes_per_step"] = result.AllocatedBytesPerStep,
        ["interface_steps_per_second"] = result.InterfaceStepsPerSecond,
        ["python_steps_per_second"] = PythonOriginals.StepsPerSecond(name),
    };
}
