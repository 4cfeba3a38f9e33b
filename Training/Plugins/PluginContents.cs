namespace RLSeq.Training;

/// <summary>What a class library added.</summary>
/// <param name="Environments">
/// The names of its environments: that of the class, or with its namespace where another environment has that name already or two classes of the
/// library share it.
/// </param>
/// <param name="Memories">The names of its memories.</param>
public sealed record PluginContents(IReadOnlyList<string> Environments, IReadOnlyList<string> Memories);
