using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>A policy that the command line names: a file, or the folder of a run.</summary>
internal static class PolicySource
{
    /// <summary>Loads and verifies it.</summary>
    /// <param name="source">What was given.</param>
    /// <exception cref="UserInputException">There is none, or it cannot be read.</exception>
    public static PolicyDefinition Load(string source)
    {
        string path = Find(source);
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

    /// <summary>The environment to play it in.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="name">The environment that was named, or null for the one that it was trained on.</param>
    /// <param name="source">What was given, for the message.</param>
    /// <exception cref="UserInputException">None was named, and the policy does not say; or there is no such environment.</exception>
    public static EnvironmentEntry Environment(PolicyDefinition policy, string? name, string source) => EnvironmentRegistry.Get(
        name ?? policy.Provenance.GetValueOrDefault("environment")
        ?? throw new UserInputException($"{Find(source)} does not say which environment it was trained on; name one with --env."));
}
