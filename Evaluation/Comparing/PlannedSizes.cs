namespace RLSeq.Evaluation;

/// <summary>The sizes of a memory on an environment, in a comparison at equal sizes.</summary>
/// <param name="Environment">The environment's name; what it shows decides the size of the encoder.</param>
/// <param name="Memory">The memory's name.</param>
/// <param name="Sizes">What it gets.</param>
public sealed record PlannedSizes(string Environment, string Memory, MemorySizes Sizes);
