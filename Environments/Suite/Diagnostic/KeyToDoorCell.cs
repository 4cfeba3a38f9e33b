namespace RLSeq.Environments.Suite;

/// <summary>What a cell of <see cref="KeyToDoor"/> shows; the numbers are those of the symbolic observation.</summary>
internal enum KeyToDoorCell : byte
{
    Floor,
    Wall,
    Key,
    Door,
    Apple,

    /// <summary>A light in the wall, for the one step in which the key was taken.</summary>
    Light,
    Agent,
}
