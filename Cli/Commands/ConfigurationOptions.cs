using System.CommandLine;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>Makes a configuration of a file, the options that stand for single keys, and <c>--set</c>, in this order.</summary>
internal static class ConfigurationOptions
{
    public static TrainingConfiguration Read(ParseResult parsed, Option<string?> config, Option<string[]> set, params (string Key, string? Value)[] options) =>
        Read(parsed, new TrainingConfiguration(), config, set, options);

    public static TrainingConfiguration Read(ParseResult parsed, TrainingConfiguration defaults, Option<string?> config, Option<string[]> set, params (string Key, string? Value)[] options)
    {
        TrainingConfiguration configuration = defaults;
        if (parsed.GetValue(config) is { } file) configuration = ConfigurationFile.Read(Text(file), file, configuration);
        foreach ((string key, string? value) in options)
            if (value is not null) configuration = configuration.With(key, value);
        foreach (string pair in parsed.GetValue(set) ?? [])
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new UserInputException($"--set takes KEY=VALUE, such as --set ppo.epochs=8; given: '{pair}'.");
            configuration = configuration.With(pair[..equals].Trim(), pair[(equals + 1)..].Trim());
        }
        return configuration;
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The configuration {file} cannot be read: {exception.Message}", exception);
        }
    }
}
