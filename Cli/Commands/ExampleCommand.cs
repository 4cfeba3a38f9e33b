using System.CommandLine;

namespace RLSeq.Cli.Commands;

/// <summary>A command whose help shows an example.</summary>
/// <param name="name">The command.</param>
/// <param name="description">What it does.</param>
/// <param name="example">A whole command line.</param>
internal sealed class ExampleCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>A whole command line that works as it stands.</summary>
    public string Example { get; } = example;
}
