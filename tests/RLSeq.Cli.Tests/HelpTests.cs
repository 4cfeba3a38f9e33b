using System.CommandLine;
using RLSeq.Cli.Commands;
using RLSeq.Training;

namespace RLSeq.Cli.Tests;

/// <summary>Help is complete, and what it shows works.</summary>
public class HelpTests
{
    public static TheoryData<string> Commands => [.. All(Program.Root(), "").Select(pair => pair.Words)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_an_example_of_itself_that_parses(string words)
    {
        ExampleCommand command = Assert.IsType<ExampleCommand>(All(Program.Root(), "").Single(pair => pair.Words == words).Command);
        Assert.StartsWith($"rlseq {words}", command.Example, StringComparison.Ordinal);
        Assert.Empty(Program.Parse(command.Example.Split(' ')[1..]).Errors);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_helps_whatever_else_it_requires(string words)
    {
        foreach (string help in (string[])["--help", "-h", "-?"]) Assert.Empty(Program.Parse([.. words.Split(' '), help]).Errors);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_argument_and_option_is_described(string words)
    {
        Command command = All(Program.Root(), "").Single(pair => pair.Words == words).Command;
        Assert.All((IEnumerable<Symbol>)[command, .. command.Options, .. command.Arguments], symbol =>
        {
            Assert.False(string.IsNullOrEmpty(symbol.Description), symbol.Name);
            Assert.EndsWith(".", symbol.Description, StringComparison.Ordinal);
        });
        Assert.All(command.Options.Where(option => option.ValueType != typeof(bool)), option => Assert.False(string.IsNullOrEmpty(option.HelpName), option.Name));
    }

    [Fact]
    public void Help_goes_to_standard_output_with_the_example_and_the_keys_of_the_configuration()
    {
        Rlseq.Finished help = Rlseq.Run("train", "--help");
        Assert.Equal(0, help.Code);
        Assert.Equal("", help.Error);
        Assert.Contains("Example:\n  rlseq train --env", help.Output, StringComparison.Ordinal);
        foreach (Setting setting in ConfigurationSchema.Settings) Assert.Contains($"  {setting.Key}={setting.Read(new TrainingConfiguration())} ", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_the_commands_are_listed()
    {
        Rlseq.Finished help = Rlseq.Run();
        Assert.Equal(0, help.Code);
        foreach (Command command in Program.Root().Subcommands) Assert.Contains($"\n  {command.Name}", help.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Words, Command Command)> All(Command command, string before) =>
        command.Subcommands.SelectMany(child => All(child, $"{before}{child.Name} ").Prepend(($"{before}{child.Name}", child)));
}
