using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's Concentration (Morad et al. 2023), also known as memory or pairs: N cards lie face down, two are flipped one after the other, and a
/// pair of equal ones stays face up.
/// </summary>
/// <remarks>
/// <para>A pair earns 1/(N/2), two cards that differ (or the same card twice) cost 2/L, the first card of a turn is free. Flipping a
/// card that is face up for good costs 1/L as the first card of a turn and 2/L as the second, and ends the turn. L, the most steps, is
/// ceil(2N - N/(2N - 1)). Terminated when all cards are face up.</para>
/// <para>Observes every card: its class where it is face up or was flipped in this turn, after the second flip too even if the two
/// differ; else the number of classes. Which card was flipped, an agent sees by comparing, or knows from its previous action.</para>
/// </remarks>
public sealed class Concentration : SaveableEnvironment, ITextRenderable, IImageRenderable, IFullState
{
    private const byte Seen = 1, FaceUp = 2;
    private const int FaceDown = 0, InPlay = 1, Found = 2, NoCard = -1, TableWidth = 13, CellPixels = 20;
    private static readonly Color FaceDownColor = new(150, 160, 190), InPlayColor = new(250, 220, 90), Red = new(200, 30, 30), Border = new(70, 80, 110);
    private readonly CardDeck _deck;
    private readonly CardFeature _feature;
    private readonly int _faceDown, _longestEpisode;
    private readonly byte[] _marks;
    private readonly float[] _table;
    private readonly float _pairReward, _cardCost;
    private int _first, _found;

    /// <summary>Makes the task: the colours of 1 deck, the colours of 2, or the ranks of 1: at most 104, 208 or 104 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public Concentration(Difficulty difficulty)
        : base(Table(difficulty), Space.Discrete(Decks(difficulty) * CardDeck.Cards), nameof(Concentration) + difficulty)
    {
        _deck = new CardDeck(Decks(difficulty));
        _feature = Feature(difficulty);
        _faceDown = CardDeck.Classes(_feature);
        (_marks, _table) = (new byte[_deck.Count], new float[_deck.Count]);
        int twice = 2 * _deck.Count;
        _longestEpisode = (int)Math.Ceiling(twice - ((double)_deck.Count / (twice - 1)));
        (_pairReward, _cardCost) = (2f / _deck.Count, 1f / _longestEpisode);
        FullStateSpace = new MultiDiscreteSpace([.. Enumerable.Range(0, twice).Select(i => i % 2 == 0 ? _faceDown + 1 : 3)]);
    }

    /// <summary>
    /// Two numbers for every card: its class if it has been seen in this episode, else the number of classes; and 0 where it lies face
    /// down, 1 where it waits for the second card of the turn, 2 where it is face up for good. It is what a perfect memory would hold.
    /// </summary>
    public Space FullStateSpace { get; }

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: step {Steps} of {_longestEpisode}, {_found} of {_deck.Count} face up");
        for (int row = 0; row < _deck.Count; row += TableWidth)
            output.WriteLine(string.Concat(Enumerable.Range(row, TableWidth).Select(i => Draw(i, CardText.ClassLetter(_feature, Class(i))))).TrimEnd());
    }

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        for (int i = 0; i < _marks.Length; i++)
        {
            state[(2 * i) + 1] = (_marks[i] & FaceUp) != 0 ? Found : i == _first ? InPlay : FaceDown;
            state[2 * i] = (_marks[i] & Seen) != 0 ? Class(i) : _faceDown;
        }
    }

    /// <inheritdoc/>
    public int ImageWidth => TableWidth * CellPixels;

    /// <inheritdoc/>
    public int ImageHeight => _deck.Count / TableWidth * CellPixels;

    /// <summary>
    /// Draws every card with its rank as a number or, where only colours count, a black or red disc. A card face down is blue, one in
    /// play yellow, one that is face up for good white.
    /// </summary>
    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels)
    {
        var raster = new Raster(pixels, ImageWidth, ImageHeight);
        for (int i = 0; i < _marks.Length; i++)
        {
            (int x, int y) = (i % TableWidth, i / TableWidth);
            raster.FillCell(x, y, CellPixels, (_marks[i] & FaceUp) != 0 ? Color.White : i == _first ? InPlayColor : FaceDownColor, Border);
            if (_feature == CardFeature.Rank) raster.DrawNumber(x, y, CellPixels, Class(i) + 1, Color.Black);
            else raster.DrawDisc(x, y, CellPixels, 0.25, Class(i) == 0 ? Color.Black : Red);
        }
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _deck.Shuffle(ref Random);
        Array.Clear(_marks, 0, _marks.Length);
        (_first, _found) = (NoCard, 0);
        LayTable();
        _table.AsSpan().CopyTo(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        int card = Discrete(action);
        _table.AsSpan().CopyTo(observation);
        if (_first != NoCard) observation[_first] = Class(_first);
        observation[card] = Class(card);
        float reward = Flip(card);
        bool done = _found == _marks.Length;
        return new(reward, Terminated: done, Truncated: !done && Steps >= _longestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        _deck.Save(ref writer);
        writer.Write(_marks);
        writer.Write(_first);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 3, Name);
        _deck.Restore(ref reader, dealt: 0, cardsLeft: 0);
        SavedData.ReadBytes(ref reader, _marks, Seen + FaceUp + 1, Name);
        _first = SavedData.ReadInt(ref reader, NoCard, _marks.Length - 1, Name);
        if (_first != NoCard && (_marks[_first] & FaceUp) != 0) throw new MessagePackSerializationException($"The saved state of {Name} has a card in play that is face up.");
        LayTable();
        if (IsRunning && _found == _marks.Length) throw new MessagePackSerializationException($"The saved state of {Name} goes on after the last pair.");
    }

    /// <summary>Plays a card, and gives the reward.</summary>
    private float Flip(int card)
    {
        int first = _first;
        _first = NoCard;
        if ((_marks[card] & FaceUp) != 0) return first == NoCard ? -_cardCost : -2 * _cardCost;
        _marks[card] |= Seen;
        if (first == NoCard)
        {
            _first = card;
            return 0;
        }
        if (first == card || Class(first) != Class(card)) return -2 * _cardCost;
        TurnUp(first);
        TurnUp(card);
        return _pairReward;
    }

    private void TurnUp(int card)
    {
        _marks[card] |= FaceUp;
        _table[card] = Class(card);
        _found++;
    }

    /// <summary>Shows the cards that are face up for good.</summary>
    private void LayTable()
    {
        _found = 0;
        _table.AsSpan().Fill(_faceDown);
        for (int i = 0; i < _marks.Length; i++)
            if ((_marks[i] & FaceUp) != 0) TurnUp(i);
    }

    /// <summary>A card face up for good stands alone, one in play in angle brackets, a hidden one in round brackets.</summary>
    private string Draw(int card, char letter) => (_marks[card] & FaceUp) != 0 ? $" {letter}  " : card == _first ? $"<{letter}> " : $"({letter}) ";

    private int Class(int card) => CardDeck.Class(_deck.Past(card), _feature);

    private static int Decks(Difficulty difficulty) => difficulty == Difficulty.Medium ? 2 : 1;

    private static CardFeature Feature(Difficulty difficulty) => difficulty == Difficulty.Hard ? CardFeature.Rank : CardFeature.Colour;

    private static MultiDiscreteSpace Table(Difficulty difficulty) =>
        new([.. Enumerable.Repeat(CardDeck.Classes(Feature(difficulty)) + 1, Decks(difficulty) * CardDeck.Cards)]);
}
