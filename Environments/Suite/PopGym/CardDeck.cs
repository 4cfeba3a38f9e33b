using System.Buffers;
using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// One or more standard decks put together, shuffled, and dealt without replacement. A card is a byte from 0 to 51 with its suit in
/// the lowest two bits, of which the lowest is the colour.
/// </summary>
internal sealed class CardDeck
{
    public const int Colours = 2, Suits = 4, Ranks = 13, Cards = Suits * Ranks;
    private readonly byte[] _cards;

    public CardDeck(int decks)
    {
        _cards = new byte[decks * Cards];
        Sort();
    }

    /// <summary>The number of cards in play.</summary>
    public int Count => _cards.Length;

    /// <summary>The number of cards dealt since the last shuffle.</summary>
    public int Dealt { get; private set; }

    /// <summary>The suit of a card: spades, diamonds, clubs, hearts.</summary>
    public static int Suit(byte card) => card & 3;

    /// <summary>The rank of a card: 0 is the ace, 12 the king.</summary>
    public static int Rank(byte card) => card >> 2;

    /// <summary>The number of classes that a feature divides the cards into.</summary>
    public static int Classes(CardFeature feature) => feature switch { CardFeature.Colour => Colours, CardFeature.Suit => Suits, _ => Ranks };

    /// <summary>The class of a card; colours: 0 is black, 1 red.</summary>
    public static int Class(byte card, CardFeature feature) => feature switch { CardFeature.Colour => card & 1, CardFeature.Suit => Suit(card), _ => Rank(card) };

    /// <summary>Takes all cards back and shuffles them, from the same order every time, so that the seed alone says what comes.</summary>
    public void Shuffle(ref RandomSource random)
    {
        Sort();
        random.Shuffle<byte>(_cards);
        Dealt = 0;
    }

    /// <summary>Deals the next card.</summary>
    public byte Deal() => _cards[^++Dealt];

    /// <summary>The card dealt last.</summary>
    public byte Latest => _cards[^Math.Max(1, Dealt)];

    /// <summary>A card by the order of dealing, also of those to come: 0 is the first one.</summary>
    public byte Past(int index) => _cards[^(index + 1)];

    /// <summary>Writes the order of the cards; how many are dealt, the task knows.</summary>
    public void Save(ref MessagePackWriter writer) => writer.Write(_cards);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Stands before the deck.</param>
    /// <param name="dealt">How many cards are dealt.</param>
    /// <param name="cardsLeft">How many must be left, as the next step deals them.</param>
    public void Restore(ref MessagePackReader reader, int dealt, int cardsLeft)
    {
        ReadOnlySequence<byte> cards = reader.ReadBytes() ?? default;
        if (cards.Length != Count) throw new MessagePackSerializationException($"The saved deck has {cards.Length} cards; expected: {Count}.");
        if (dealt > Count - cardsLeft) throw new MessagePackSerializationException($"The saved deck of {Count} cards had {dealt} dealt already.");
        cards.CopyTo(_cards);
        Span<int> found = stackalloc int[Cards];
        foreach (byte card in _cards)
        {
            if (card >= Cards) throw new MessagePackSerializationException($"The saved deck has a card {card}; expected: below {Cards}.");
            if (++found[card] > Count / Cards) throw new MessagePackSerializationException($"The saved deck has the card {card} more than {Count / Cards} times.");
        }
        Dealt = dealt;
    }

    private void Sort()
    {
        for (int i = 0; i < _cards.Length; i++) _cards[i] = (byte)(i % Cards);
    }
}
