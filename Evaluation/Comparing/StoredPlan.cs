namespace RLSeq.Evaluation;

/// <summary>A plan as its folder keeps it.</summary>
/// <param name="Format">The version of the layout.</param>
/// <param name="Started">When the comparison began, in UTC.</param>
/// <param name="Plan">What is compared.</param>
internal sealed record StoredPlan(int Format, DateTimeOffset Started, ComparisonPlan Plan);
