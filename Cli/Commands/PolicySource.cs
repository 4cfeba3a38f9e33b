using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>A policy that the command line names: a file, or the folder of a run.</summary>
internal static class PolicySource
{
    /// <summary>Loads and verifies it.</summary>
    /// <param name="source">What was given.</param>
    /// <param name="assembly">The class library that was named, or null for the run's: it may hold the policy's memory.</param>
    /// <exception cref="UserInputException">There is none, or it cannot be read.</exception>
    public static PolicyDefinition Load(string source, string? assembly)
    {
        string path = Find(source);
        if ((assembly ?? AssemblyOf(source)) is { } library) PluginLibrary.Load(library);
        try
        {
            return PolicyFile.Load(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The policy {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The file that was meant.</summary>
    /// <param name="source">What was given.</param>
    /// <exception cref="UserInputException">There is none.</exception>
    public static string Find(string source)
    {
        string path = Directory.Exists(source) ? Path.Combine(source, TrainingRun.PolicyName) : source;
        if (File.Exists(path)) return path;
        bool unfinished = File.Exists(Path.Combine(source, TrainingRun.CheckpointName));
        throw new UserInputException($"There is no policy at {path}.{(unfinished ? $" The run did not end; go on with: rlseq resume {source}" : "")}");
    }

    /// <summary>The environment to play it in, in the wrappers that it was trained in.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="source">What was given: a run's folder also knows the class library of its environment.</param>
    /// <param name="name">The environment that was named, or null for the one that it was trained on.</param>
    /// <param name="wrappers">The wrappers that were named, or null for those that it was trained in.</param>
    /// <param name="assembly">The class library that was named, or null for the run's.</param>
    /// <exception cref="UserInputException">None was named, and the policy does not say; or there is no such environment.</exception>
    public static NamedEnvironment Environment(PolicyDefinition policy, string source, string? name, string? wrappers, string? assembly)
    {
        string trained = policy.Provenance.GetValueOrDefault("environment") ?? "";
        if (name is null && trained.Length == 0) throw new UserInputException($"{Find(source)} does not say which environment it was trained on; name one with --env.");
        assembly ??= AssemblyOf(source);
        if (name is null && assembly is null && policy.Provenance.TryGetValue("assembly", out string? library))
            throw new UserInputException($"The policy was trained on {trained} from the class library {library}; say where that is with --assembly.");
        return NamedEnvironment.Find(name ?? trained, new EnvironmentOptions { Wrappers = wrappers ?? policy.Provenance.GetValueOrDefault("wrappers") ?? "", Assembly = assembly ?? "" });
    }

    /// <summary>How long a call of its environment may take.</summary>
    /// <param name="source">What was given: a run's folder knows what the run was trained with; null for no policy.</param>
    /// <param name="given">What the command line says, or null.</param>
    public static TimeSpan StepTimeout(string? source, TimeSpan? given) =>
        given ?? (OptionsOf(source) is { } trained ? TimeSpan.FromSeconds(trained.StepTimeout) : CallWatch.DefaultTimeout);

    /// <summary>The class library that the configuration in a run's folder names.</summary>
    private static string? AssemblyOf(string source) => OptionsOf(source) is { Assembly.Length: > 0 } options ? options.Assembly : null;

    /// <summary>What the configuration in a run's folder says of the environment; null where there is none.</summary>
    private static EnvironmentOptions? OptionsOf(string? source)
    {
        string path = Path.Combine(source ?? "", TrainingRun.ConfigurationName);
        return source is not null && File.Exists(path) ? ConfigurationOptions.ReadFile(path, new TrainingConfiguration()).EnvironmentOptions : null;
    }
}
