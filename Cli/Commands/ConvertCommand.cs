using System.CommandLine;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq convert</c>: a policy in fewer bits, with what that costs.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        Argument<string> source = new("DIR|policy.rlseq") { Description = "A run's folder or a policy file." };
        Option<string?> precision = CommonOptions.Precision("The formats of weights and of cached keys and values");
        precision.Required = true;
        Option<string?> target = new("--out") { Description = "The new file (default: beside the old one, with the precision in its name).", HelpName = "FILE" };
        Option<string?> environment = new("--env") { Description = "The environment to measure the loss in (default: the one that the policy was trained on).", HelpName = "E" };
        Option<string?> assembly = CommonOptions.Assembly();
        Option<int> episodes = CommonOptions.Episodes();
        Option<ulong> seed = CommonOptions.Seed("Decides the episodes.", new EvaluationSettings().Seed);
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("convert", "Converts a policy to fewer bits, measures how its actions and its return change, and stores that in the new file.", "rlseq convert runs/first --precision int8")
        {
            source, precision, target, environment, assembly, episodes, seed, json,
        };
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(source)!;
            PolicyPrecision format = CommonOptions.ReadPrecision(parsed.GetValue(precision));
            PolicyDefinition policy = PolicySource.Load(from, parsed.GetValue(assembly));
            NamedEnvironment played = PolicySource.Environment(policy, from, parsed.GetValue(environment), wrappers: null, parsed.GetValue(assembly));
            string path = parsed.GetValue(target) ?? Beside(PolicySource.Find(from), format);
            if (Path.GetFullPath(path) == Path.GetFullPath(PolicySource.Find(from))) throw new UserInputException($"--out is '{path}', the policy itself; name another file, so that the original stays.");
            CheckPlace(path); // now, not after the episodes that are about to be played
            using IEnvironment world = played.Create();
            PolicyDefinition converted = PolicyConversion.Convert(policy, format, world, new EvaluationSettings { Episodes = parsed.GetValue(episodes), Seed = parsed.GetValue(seed) });
            Save(path, converted);
            Console.Error.WriteLine(Text(path, format, converted.Conversion));
            if (parsed.GetValue(json)) JsonLine.Write(Json(path, format, played.Entry.Name, converted.Conversion));
        });
        return command;
    }

    private static string Beside(string path, PolicyPrecision precision) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{precision.ToString().Replace('/', '-')}{Path.GetExtension(path)}");

    private static void CheckPlace(string path)
    {
        if (Directory.Exists(path)) throw new UserInputException($"The policy cannot be written to {path}, which is a folder; name a file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw new UserInputException($"The policy cannot be written to {path}: there is no folder {folder}; make it, or name another file.");
    }

    private static void Save(string path, PolicyDefinition policy)
    {
        try
        {
            PolicyFile.Save(path, policy);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The policy cannot be written to {path}: {exception.Message}", exception);
        }
    }

    private static string Text(string path, PolicyPrecision precision, ConversionLoss? loss) =>
        loss is null ? $"{path}: in {precision}, as it was trained." : $"{path}: in {precision}. {ConversionOutput.Text(loss)}";

    private static JsonObject Json(string path, PolicyPrecision precision, string environment, ConversionLoss? loss)
    {
        var json = new JsonObject { ["policy"] = path, ["precision"] = precision.ToString(), ["environment"] = environment };
        ConversionOutput.AddTo(json, loss);
        return json;
    }
}
