using System.CommandLine;
using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>Makes a configuration of a file, the options that stand for single keys, and <c>--set</c>, in this order.</summary>
internal static class ConfigurationOptions
{
    /// <summary>A hundred times the longest configuration; what is longer was meant for something else.</summary>
    private const int LongestFile = 1 << 19;

    public static TrainingConfiguration Read(ParseResult parsed, Option<string?> config, Option<string[]> set, params (string Key, string? Value)[] options) =>
        Read(parsed, new TrainingConfiguration(), config, set, options);

    public static TrainingConfiguration Read(ParseResult parsed, TrainingConfiguration defaults, Option<string?> config, Option<string[]> set, params (string Key, string? Value)[] options)
    {
        TrainingConfiguration configuration = defaults;
        if (parsed.GetValue(config) is { } file) configuration = ReadFile(file, configuration);
        foreach ((string key, string? value) in options)
            if (value is not null) configuration = configuration.With(key, value);
        configuration = Changed(configuration, parsed.GetValue(set) ?? []);
        // Names as they are listed, however they were typed: they name folders and rows of reports.
        return configuration with
        {
            Environment = NamedEnvironment.Of(configuration).Entry.Name,
            Memory = configuration.Memory with { Name = MemoryRegistry.Find(configuration.Memory.Name).Name },
        };
    }

    /// <summary>Changes what <c>--set</c> names.</summary>
    /// <exception cref="UserInputException">A pair is none, a key is unknown, or a value does not fit.</exception>
    public static TrainingConfiguration Changed(TrainingConfiguration configuration, IEnumerable<string> pairs)
    {
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new UserInputException($"--set takes KEY=VALUE, such as --set ppo.epochs=8; given: '{pair}'.");
            configuration = configuration.With(pair[..equals].Trim(), pair[(equals + 1)..].Trim());
        }
        return configuration;
    }

    /// <summary>Reads a configuration's file.</summary>
    public static TrainingConfiguration ReadFile(string file, TrainingConfiguration defaults) => ConfigurationFile.Read(Text(file), file, defaults);

    private static string Text(string file)
    {
        var text = new char[LongestFile + 1];
        try
        {
            using var reader = new StreamReader(file);
            int length = reader.ReadBlock(text);
            if (length <= LongestFile) return new string(text, 0, length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserInputException($"The configuration {file} cannot be read: {exception.Message}", exception);
        }
        throw new UserInputException($"{file} is longer than {LongestFile} letters, so it cannot be a configuration.");
    }
}
