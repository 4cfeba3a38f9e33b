using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq show</c>: what a folder or a policy file holds.</summary>
internal static class ShowCommand
{
    /// <summary>The metrics are thinned to so many lines.</summary>
    private const int Lines = 20;

    /// <summary>What is longer and holds no whole entry is not the beginning of a run.</summary>
    private const int LongestEntry = 1024;

    private static readonly string[] Columns = ["steps", "seconds", "return_mean", "entropy", "kl_divergence", "value_loss", "gradient_norm"];

    public static Command Create()
    {
        Argument<string> folder = new("DIR|policy.rlseq") { Description = "The folder of a run, a comparison or a study, or a policy file." };
        Option<string?> assembly = CommonOptions.Assembly();
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("show", "Shows a comparison's table and conclusions, a study's verdicts or how far it is, a run's metrics (all of them with --json), or what a policy file holds: spaces, memory, precision and what it cost.", "rlseq show runs/first") { folder, assembly, json };
        command.SetAction(parsed => Show(parsed.GetValue(folder)!, parsed.GetValue(assembly), parsed.GetValue(json)));
        return command;
    }

    private static void Show(string folder, string? assembly, bool json)
    {
        string comparison = Path.Combine(folder, ComparisonResult.FileName), metrics = Path.Combine(folder, TrainingRun.MetricsName);
        if (File.Exists(folder)) ShowPolicy(folder, assembly, json);
        else if (File.Exists(comparison)) ShowComparison(comparison, json);
        else if (File.Exists(metrics)) ShowRun(folder, metrics, json);
        else if (StudyState.IsOne(folder)) ShowStudy(folder, json);
        else throw new UserInputException($"{folder} holds neither a comparison nor a study nor a run.");
    }

    private static void ShowPolicy(string path, string? assembly, bool json)
    {
        PolicyDefinition policy = PolicySource.Load(path, assembly);
        if (json) JsonLine.Write(PolicyOutput.Json(path, policy));
        else Console.WriteLine(PolicyOutput.Text(policy));
    }

    private static void ShowComparison(string path, bool json)
    {
        try
        {
            string text = ComparisonOutput.Text(ComparisonResult.Load(path)); // also what is asked for as JSON must be a comparison
            Console.WriteLine(json ? JsonNode.Parse(File.ReadAllText(path))!.ToJsonString() : text);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The comparison cannot be shown: {exception.Message}", exception);
        }
    }

    private static void ShowStudy(string folder, bool json)
    {
        var state = StudyState.Read(folder);
        if (!json) Console.WriteLine(StudyOutput.Text(folder, state));
        else if (state.Verdicts is null) JsonLine.Write(StudyOutput.Json(folder, state));
        else JsonLine.Write(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, StudyReport.JsonName)))!);
    }

    private static void ShowRun(string folder, string path, bool json)
    {
        IReadOnlyList<IReadOnlyDictionary<string, double>> entries = Entries(path);
        if (json)
        {
            var metrics = new JsonArray([.. entries.Select(entry => new JsonObject(entry.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonLine.Number(pair.Value)))))]);
            JsonLine.Write(new JsonObject { ["folder"] = folder, ["metrics"] = metrics });
            return;
        }
        if (entries.Count == 0) Console.Error.WriteLine($"{folder} has finished no update yet.");
        Console.WriteLine(string.Join(" ", Columns.Select(column => column.PadLeft(13))));
        int every = Math.Max(1, (entries.Count + Lines - 1) / Lines);
        foreach (IReadOnlyDictionary<string, double> entry in entries.Where((_, i) => (i + 1) % every == 0 || i == entries.Count - 1))
            Console.WriteLine(string.Join(" ", Columns.Select(column => entry[column].ToString("G5", CultureInfo.InvariantCulture).PadLeft(13))));
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, double>> Entries(string path)
    {
        try
        {
            (IReadOnlyList<IReadOnlyDictionary<string, double>> entries, long whole) = MetricsFile.Read(path);
            bool cutOff = whole == 0 && new FileInfo(path).Length > LongestEntry;
            if (!cutOff && entries.All(entry => Columns.All(entry.ContainsKey))) return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The metrics {path} cannot be read: {exception.Message}", exception);
        }
        throw new UserInputException($"{path} does not hold the metrics of a run, or is damaged.");
    }
}
