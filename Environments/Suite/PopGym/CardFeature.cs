namespace RLSeq.Environments.Suite;

/// <summary>What a task looks at on a card.</summary>
internal enum CardFeature
{
    /// <summary>Black or red.</summary>
    Colour,

    /// <summary>Spades, diamonds, clubs or hearts.</summary>
    Suit,

    /// <summary>Ace to king.</summary>
    Rank,
}
