namespace RLSeq.Environments.Suite;

/// <summary>
/// What a cell of <see cref="MiniGridMemory"/> holds; the numbers are those of the observation. MiniGrid's own numbers are 0, 1, 2, 5
/// and 6; its colour and state follow from the kind here.
/// </summary>
internal enum MiniGridCell : byte
{
    Unseen,
    Empty,
    Wall,
    Key,
    Ball,
}
