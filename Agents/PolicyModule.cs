namespace RLSeq.Agents;

/// <summary>One part of a policy as data: what kind it is, its settings and its weights.</summary>
/// <remarks>
/// Kinds: <c>mlp</c> (encoder: settings <c>layers</c>; text <c>activation</c> = <c>tanh</c> or <c>relu</c>; weights
/// <c>0.weight [H, I]</c>, <c>0.bias [H]</c>, <c>1.weight</c>, …), <c>linear</c> (heads: <c>weight [O, D]</c>, <c>bias [O]</c>) and one per memory.
/// </remarks>
/// <param name="Kind">Selects the code that runs this part, such as <c>lstm</c>.</param>
/// <param name="Settings">Whole numbers such as sizes, by name.</param>
/// <param name="Texts">Words such as an activation, by name.</param>
/// <param name="Tensors">The weights, by name.</param>
public sealed record PolicyModule(
    string Kind,
    IReadOnlyDictionary<string, long> Settings,
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlyDictionary<string, PolicyTensor> Tensors);
