using System.Text;
using RLSeq.Environments;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace RLSeq.Training;

/// <summary>A configuration as YAML: nested by the dots of the keys, each value with its description.</summary>
public static class ConfigurationFile
{
    /// <summary>The stream, the document, the sections and their keys, and some more for a message that names the key.</summary>
    private const int DeepestNesting = 8;

    /// <summary>Writes every value, defaults included, so that a run's file says all that decided it.</summary>
    /// <param name="configuration">The configuration.</param>
    public static string Write(TrainingConfiguration configuration)
    {
        var text = new StringBuilder("# Everything that decides this run. `rlseq train --config FILE` repeats it.\n");
        string section = "";
        foreach (Setting setting in ConfigurationSchema.Settings)
        {
            int dot = setting.Key.IndexOf('.', StringComparison.Ordinal);
            string parent = dot < 0 ? "" : setting.Key[..dot];
            if (parent != section) text.Append('\n').Append(parent).Append(":\n");
            section = parent;
            string line = $"{(dot < 0 ? "" : "  ")}{setting.Key[(dot + 1)..]}: {Scalar(setting.Read(configuration))}";
            text.Append(line.PadRight(38)).Append(" # ").Append(setting.Description).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Reads a configuration; keys that are not there keep their value in <paramref name="defaults"/>.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <param name="defaults">What to start from.</param>
    /// <exception cref="UserInputException">It is not YAML, a key is unknown or given twice, or a value does not fit.</exception>
    public static TrainingConfiguration Read(string yaml, string source, TrainingConfiguration defaults)
    {
        try
        {
            CheckShape(yaml, source);
            var stream = new YamlStream();
            using var reader = new StringReader(yaml);
            stream.Load(reader);
            if (stream.Documents.Count == 0) return defaults;
            return Apply(defaults, stream.Documents[0].RootNode, "", source);
        }
        catch (YamlException exception)
        {
            throw new UserInputException($"{source} is not valid YAML at line {exception.Start.Line}: {exception.Message}", exception);
        }
        catch (UserInputException exception) when (!exception.Message.StartsWith(source, StringComparison.Ordinal))
        {
            throw new UserInputException($"{source}: {exception.Message}", exception);
        }
    }

    /// <summary>Refuses what no configuration has and a recursive reader cannot bear: deep nesting, and several documents.</summary>
    private static void CheckShape(string yaml, string source)
    {
        using var reader = new StringReader(yaml);
        var parser = new Parser(reader);
        for (int depth = 0, documents = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is DocumentStart) documents++;
            if (depth > DeepestNesting)
                throw new UserInputException($"{source}, line {parser.Current.Start.Line}: keys are nested too deeply; there are sections (environment, clock, network, memory, ppo) and their keys.");
            if (documents > 1)
                throw new UserInputException($"{source}, line {parser.Current.Start.Line}: a second document begins; a configuration is one.");
        }
    }

    private static TrainingConfiguration Apply(TrainingConfiguration configuration, YamlNode node, string prefix, string source)
    {
        if (node is not YamlMappingNode map)
            throw new UserInputException($"{source}, line {node.Start.Line}: expected keys with values{(prefix.Length > 0 ? $" under '{prefix}'" : "")}, such as `seed: 1`.");
        foreach ((YamlNode keyNode, YamlNode value) in map.Children)
        {
            string key = prefix.Length == 0 ? $"{keyNode}" : $"{prefix}.{keyNode}";
            configuration = value switch
            {
                YamlScalarNode scalar => configuration.With(key, scalar.Value ?? ""),
                _ when ConfigurationSchema.Settings.Any(setting => setting.Key.StartsWith(key + ".", StringComparison.Ordinal)) => Apply(configuration, value, key, source),
                _ => throw new UserInputException($"{source}, line {keyNode.Start.Line}: '{key}' takes no list or section of keys. Sections: environment, clock, network, memory, ppo."),
            };
        }
        return configuration;
    }

    /// <summary>Quotes what YAML would not read back as the same text.</summary>
    private static string Scalar(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+') ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
