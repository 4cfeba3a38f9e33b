using System.Buffers;
using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// One or more standard decks put together, shuffled, and dealt without replacement. A card is a byte from 0 to 51 with its suit in
/// the lowest two bits.
/// </summary>
internal sealed class CardDeck
{
    public const int Suits = 4, Ranks = 13;
    private readonly byte[] _cards;

    public CardDeck(int decks) => _cards = new byte[decks * Suits * Ranks];

    /// <summary>The number of cards in play.</summary>
    public int Count => _cards.Length;

    /// <summary>The number of cards dealt since the last shuffle.</summary>
    public int Dealt { get; private set; }

    /// <summary>The suit of a card: spades, diamonds, clubs, hearts.</summary>
    public static int Suit(byte card) => card & 3;

    /// <summary>The rank of a card: 0 is the ace, 12 the king.</summary>
    public static int Rank(byte card) => card >> 2;

    /// <summary>Takes all cards back and shuffles them, from the same order every time, so that the seed alone says what comes.</summary>
    public void Shuffle(ref RandomSource random)
    {
        for (int i = 0; i < _cards.Length; i++) _cards[i] = (byte)(i % (Suits * Ranks));
        random.Shuffle<byte>(_cards);
        Dealt = 0;
    }

    /// <summary>Deals the next card.</summary>
    public byte Deal() => _cards[^++Dealt];

    /// <summary>A card that was dealt: 0 is the first one.</summary>
    public byte Past(int index) => _cards[^(index + 1)];

    /// <summary>Writes the order of the cards; how many are dealt, the task knows.</summary>
    public void Save(ref MessagePackWriter writer) => writer.Write(_cards);

    /// <summary>Reads what <see cref="Save"/> wrote; while an episode runs, a card must be left.</summary>
    public void Restore(ref MessagePackReader reader, int dealt, bool isRunning)
    {
        ReadOnlySequence<byte> cards = reader.ReadBytes() ?? default;
        if (cards.Length != Count) throw new MessagePackSerializationException($"The saved deck has {cards.Length} cards; expected: {Count}.");
        if (dealt > Count - (isRunning ? 1 : 0)) throw new MessagePackSerializationException($"The saved deck of {Count} cards had {dealt} dealt already.");
        cards.CopyTo(_cards);
        foreach (byte card in _cards)
            if (card >= Suits * Ranks) throw new MessagePackSerializationException($"The saved deck has a card {card}; expected: below {Suits * Ranks}.");
        Dealt = dealt;
    }
}
