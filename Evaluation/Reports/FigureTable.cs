namespace RLSeq.Evaluation;

/// <summary>A table of a report as text, a row per memory: HTML and Markdown show the same ones.</summary>
/// <param name="Header">The names of the columns; the first is that of the memory.</param>
/// <param name="Rows">The cells.</param>
/// <param name="Caption">What the columns mean.</param>
internal sealed record FigureTable(string[] Header, IReadOnlyList<string[]> Rows, string Caption);
