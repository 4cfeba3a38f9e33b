using System.Text.Json;
using System.Text.Json.Nodes;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// What an environment did wrong in a run, as JSON: which environment it was, and the seed and actions of the episode. <c>rlseq check-env
/// --replay</c> plays it again.
/// </summary>
public sealed record FailureFile
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string Name = "failure.json";

    /// <summary>What is longer was meant for something else.</summary>
    private const int LongestFile = 1 << 26;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>Its wrappers and class library.</summary>
    public required EnvironmentOptions Options { get; init; }

    /// <summary>The clock around it; one without a period where the world waited.</summary>
    public ClockOptions Clock { get; init; } = new();

    /// <summary>The seed of the episode.</summary>
    public required ulong EpisodeSeed { get; init; }

    /// <summary>The step that failed, 0 for the reset.</summary>
    public required int Step { get; init; }

    /// <summary>What it said.</summary>
    public required string Error { get; init; }

    /// <summary>The actions up to the step that failed, [step, A].</summary>
    public required IReadOnlyList<float> Actions { get; init; }

    /// <summary>Writes what is needed to play a failure again, if it is known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="configuration">The run's configuration.</param>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether the actions are known, so that the file was written.</returns>
    public static bool Write(string path, TrainingConfiguration configuration, EnvironmentException failure)
    {
        if (failure.Actions is null || !failure.Actions.All(float.IsFinite)) return false; // JSON has no word for the others
        var json = new JsonObject
        {
            ["environment"] = configuration.Environment,
            ["wrappers"] = configuration.EnvironmentOptions.Wrappers,
            ["assembly"] = configuration.EnvironmentOptions.Assembly,
            ["clock"] = new JsonObject(configuration.Clock.ToKeys().Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
            ["row"] = failure.Row,
            ["seed"] = failure.EpisodeSeed,
            ["step"] = failure.Step,
            ["error"] = failure.InnerException?.Message ?? failure.Message,
            ["actions"] = new JsonArray([.. failure.Actions.Select(value => JsonValue.Create(value))]),
        };
        AtomicFile.Write(path, json.ToJsonString(Format));
        return true;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserInputException">It cannot be read, or is another file.</exception>
    public static FailureFile Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFile) throw new FormatException("it is too long.");
            JsonNode json = JsonNode.Parse(File.ReadAllText(path)) ?? throw new FormatException("it is empty.");
            return new FailureFile
            {
                Environment = json["environment"]!.GetValue<string>(),
                Options = new EnvironmentOptions { Wrappers = json["wrappers"]!.GetValue<string>(), Assembly = json["assembly"]!.GetValue<string>() },
                Clock = ClockOptions.FromKeys(json["clock"]?.AsObject().Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.GetValue<string>())) ?? []), // files of before the clock have none
                EpisodeSeed = json["seed"]!.GetValue<ulong>(),
                Step = json["step"]!.GetValue<int>(),
                Error = json["error"]!.GetValue<string>(),
                Actions = [.. json["actions"]!.AsArray().Select(value => value!.GetValue<float>())],
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The failure {path} cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            throw new UserInputException($"{path} is not the {Name} of a run: {exception.Message}", exception);
        }
    }

    /// <summary>Plays the episode again.</summary>
    /// <param name="environment">A new environment of the same kind.</param>
    /// <exception cref="UserInputException">The actions do not fit the environment.</exception>
    public void Replay(IEnvironment environment)
    {
        if (Step < 0 || Actions.Count != (long)Step * environment.ActionSpace.Size)
            throw new UserInputException($"The file has {Actions.Count} numbers of actions for {Step} steps, but {Environment} takes {environment.ActionSpace.Size} per step.");
        new EnvironmentException(Environment, 0, EpisodeSeed, Step, new InvalidOperationException(Error), [.. Actions]).Replay(environment);
    }
}
