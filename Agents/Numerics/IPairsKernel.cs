namespace RLSeq.Agents;

/// <summary>Integer arithmetic with one body for every vector width: a struct that holds the operands.</summary>
internal interface IPairsKernel
{
    /// <summary>Does the work with the given width.</summary>
    /// <typeparam name="TPairs">The operations.</typeparam>
    /// <typeparam name="TVector">Their vector.</typeparam>
    void Run<TPairs, TVector>()
        where TPairs : struct, IPairs<TVector>
        where TVector : struct;
}
