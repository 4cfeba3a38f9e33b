namespace RLSeq.Agents;

/// <summary>A weight of a policy: a dense array of floats, row-major.</summary>
/// <param name="Shape">The dimensions.</param>
/// <param name="Values">The values; their number is the product of the dimensions.</param>
public sealed record PolicyTensor(IReadOnlyList<int> Shape, float[] Values);
