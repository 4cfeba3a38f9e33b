namespace RLSeq.Agents;

/// <summary>Arithmetic in which every element stands for itself, with one body for every vector width: a struct that holds the operands.</summary>
internal interface IElementKernel
{
    /// <summary>Does the elements from <paramref name="j"/> on that one vector holds.</summary>
    /// <typeparam name="TSimd">The operations.</typeparam>
    /// <typeparam name="TVector">Their vector.</typeparam>
    /// <param name="j">The first element.</param>
    void At<TSimd, TVector>(int j)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
