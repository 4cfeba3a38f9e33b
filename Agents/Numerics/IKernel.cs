namespace RLSeq.Agents;

/// <summary>Arithmetic with one body for every vector width: a struct that holds the operands.</summary>
internal interface IKernel
{
    /// <summary>Does the work with the given width.</summary>
    /// <typeparam name="TSimd">The operations.</typeparam>
    /// <typeparam name="TVector">Their vector.</typeparam>
    void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
