using System.CommandLine;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq study</c>: experiments whose questions are fixed.</summary>
internal static class StudyCommand
{
    public static Command Create() => new ExampleCommand("study", "Runs experiments whose questions and rules are fixed beforehand.", "rlseq study claims --list") { StudyClaimsCommand.Create() };
}
