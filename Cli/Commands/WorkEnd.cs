namespace RLSeq.Cli.Commands;

/// <summary>The end of long work.</summary>
/// <param name="Text">What is said of its result.</param>
/// <param name="JsonFile">The file that holds its result.</param>
/// <param name="IsWhole">Whether every run ended well.</param>
internal readonly record struct WorkEnd(string Text, string JsonFile, bool IsWhole);
