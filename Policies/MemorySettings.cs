namespace RLSeq.Policies;

/// <summary>The sizes that memories are built with; each memory reads what concerns it.</summary>
/// <param name="Name">Which memory, a name of <see cref="MemoryRegistry"/>.</param>
/// <param name="Hidden">The width of the features, D.</param>
/// <param name="Layers">Layers of a Transformer, L.</param>
/// <param name="Heads">Heads of a Transformer or of fast weights, H; divides D.</param>
/// <param name="Context">How many past steps a Transformer attends to, M.</param>
/// <param name="FeedForward">The width of a Transformer's feed-forward layer, F; 0 for 4·D.</param>
public sealed record MemorySettings(string Name, int Hidden, int Layers, int Heads, int Context, int FeedForward);
