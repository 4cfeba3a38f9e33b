namespace RLSeq.Agents;

/// <summary>What the elementwise kernels compute.</summary>
internal enum ElementFunction
{
    Tanh,
    Relu,
    Sigmoid,
    Exp,
    Gelu,
}
