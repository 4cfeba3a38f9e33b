using System.CommandLine;
using System.CommandLine.Parsing;
using RLSeq.Environments;

namespace RLSeq.Cli.Output;

/// <summary>Says in one sentence what is wrong with a command line that cannot be parsed.</summary>
internal static class ParseComplaint
{
    public static string Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = $"{Words(parsed.CommandResult)} --help";
        string[] options = [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)];
        string[] commands = [.. command.Subcommands.Where(subcommand => !subcommand.Hidden).Select(subcommand => subcommand.Name)];

        // An option without its value takes the next word, even where that is an option.
        foreach (OptionResult option in parsed.CommandResult.Children.OfType<OptionResult>())
            if (option.Tokens.FirstOrDefault(token => options.Contains(token.Value, StringComparer.Ordinal)) is { } next)
                return $"{option.Option.Name} needs a value, but {next.Value} follows. See `{help}`.";

        if (parsed.UnmatchedTokens.Count > 0)
        {
            string word = parsed.UnmatchedTokens[0];
            if (word.StartsWith('-')) return UnknownNameException.For("option", word, options, help).Message;
            if (commands.Length > 0) return UnknownNameException.For("command", word, commands, help).Message;
            return $"'{word}' was not expected. See `{help}`.";
        }
        if (commands.Length > 0) return $"{Words(parsed.CommandResult)} needs a command: {string.Join(", ", commands)}. See `{help}`.";
        return $"{parsed.Errors[0].Message} See `{help}`.";
    }

    /// <summary>The words that name a command, such as <c>rlseq bench act</c>.</summary>
    private static string Words(CommandResult result) => result.Parent is CommandResult parent ? $"{Words(parent)} {result.Command.Name}" : "rlseq";
}
