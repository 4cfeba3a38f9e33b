using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq show</c>: what a folder holds.</summary>
internal static class ShowCommand
{
    /// <summary>The metrics are thinned to so many lines.</summary>
    private const int Lines = 20;

    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "The folder of a run or a comparison." };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("show", "Shows a comparison's table, or a run's metrics (all of them with --json).", "rlseq show runs/first") { folder, json };
        command.SetAction(parsed => Show(parsed.GetValue(folder)!, parsed.GetValue(json)));
        return command;
    }

    private static void Show(string folder, bool json)
    {
        string comparison = Path.Combine(folder, ComparisonResult.FileName), metrics = Path.Combine(folder, TrainingRun.MetricsName);
        if (File.Exists(comparison))
        {
            Console.WriteLine(json ? JsonNode.Parse(File.ReadAllText(comparison))!.ToJsonString() : ComparisonTable.From(ComparisonResult.Load(comparison)).ToText());
            return;
        }
        if (!File.Exists(metrics)) throw new UserInputException($"{folder} holds neither a comparison nor a run.");
        IReadOnlyList<IReadOnlyDictionary<string, double>> entries = MetricsFile.Read(metrics).Entries;
        if (json)
        {
            JsonLine.Write(new JsonArray([.. entries.Select(entry => new JsonObject(entry.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonLine.Number(pair.Value)))))]));
            return;
        }
        string[] columns = ["steps", "seconds", "return_mean", "entropy", "kl_divergence", "value_loss", "gradient_norm"];
        Console.WriteLine(string.Join(" ", columns.Select(column => column.PadLeft(13))));
        int every = Math.Max(1, (entries.Count + Lines - 1) / Lines);
        foreach (IReadOnlyDictionary<string, double> entry in entries.Where((_, i) => (i + 1) % every == 0 || i == entries.Count - 1))
            Console.WriteLine(string.Join(" ", columns.Select(column => entry[column].ToString("G5", CultureInfo.InvariantCulture).PadLeft(13))));
    }
}
