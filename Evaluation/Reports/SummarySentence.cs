namespace RLSeq.Evaluation;

/// <summary>One sentence of a comparison's summary, as plain text.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="IsCaution">Whether it limits what may be concluded, rather than concluding.</param>
/// <param name="Environment">The environment that it is about, or null if it is about all.</param>
public sealed record SummarySentence(string Text, bool IsCaution, string? Environment);
