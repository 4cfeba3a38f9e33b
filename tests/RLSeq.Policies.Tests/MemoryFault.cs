namespace RLSeq.Policies.Tests;

/// <summary>What is wrong with a <see cref="FaultyMemory"/>.</summary>
public enum MemoryFault
{
    None,
    OtherName,
    OtherWidth,
    WrongShape,
    NoEmptySequence,
    Infinite,
    StateOfTheFirstStep,
    LeakingGradient,
    CutGradient,
    DeafToStarts,
    MeanOverRows,
    WrongGradient,
    Unused,
    FloatOnly,
    NotExported,
    OtherLayout,
    OtherFormula,
    LosesItsState,
    DependsOnTheBatch,
    PeekKeeps,
    PeekDiffers,
    IgnoresSwap,
    TakesNaN,
    Allocates,
    NegativeCost,
    FewBytes,
}
