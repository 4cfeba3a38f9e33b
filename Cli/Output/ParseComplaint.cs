using System.CommandLine;
using System.CommandLine.Parsing;
using RLSeq.Environments;

namespace RLSeq.Cli.Output;

/// <summary>Says in one sentence what is wrong with a command line that cannot be parsed.</summary>
internal static class ParseComplaint
{
    /// <summary>An option without its value takes the next word, even where that is an option; null where none did.</summary>
    public static string? OfMissingValue(ParseResult parsed)
    {
        string[] options = Options(parsed);
        foreach (OptionResult option in parsed.CommandResult.Children.OfType<OptionResult>())
            if (option.Tokens.FirstOrDefault(token => options.Contains(token.Value, StringComparer.Ordinal)) is { } next)
                return $"{option.Option.Name} needs a value, but {next.Value} follows. See `{Help(parsed)}`.";
        return null;
    }

    public static string Of(ParseResult parsed)
    {
        if (OfMissingValue(parsed) is { } missing) return missing;
        Command command = parsed.CommandResult.Command;
        string help = Help(parsed);
        string[] commands = [.. command.Subcommands.Where(subcommand => !subcommand.Hidden).Select(subcommand => subcommand.Name)];

        if (parsed.UnmatchedTokens.Count > 0)
        {
            string word = parsed.UnmatchedTokens[0];
            if (word.StartsWith('-')) return UnknownNameException.For("option", word, Options(parsed), help).Message;
            if (commands.Length > 0) return UnknownNameException.For("command", word, commands, help).Message;
            return $"'{word}' was not expected. See `{help}`.";
        }
        if (commands.Length > 0) return $"{Words(parsed.CommandResult)} needs a command: {string.Join(", ", commands)}. See `{help}`.";
        return $"{parsed.Errors[0].Message} See `{help}`.";
    }

    private static string Help(ParseResult parsed) => $"{Words(parsed.CommandResult)} --help";

    private static string[] Options(ParseResult parsed) => [.. parsed.CommandResult.Command.Options.Where(option => !option.Hidden).Select(option => option.Name)];

    /// <summary>The words that name a command, such as <c>rlseq bench act</c>.</summary>
    private static string Words(CommandResult result) => result.Parent is CommandResult parent ? $"{Words(parent)} {result.Command.Name}" : "rlseq";
}
