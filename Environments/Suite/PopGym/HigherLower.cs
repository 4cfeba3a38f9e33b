using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's HigherLower (Morad et al. 2023): guess whether the next card is higher (0) or lower (1) than the one shown. Cards are not put
/// back, so counting them helps a little. N - 1 steps of +-1/N, or 0 where the ranks are equal.
/// </summary>
/// <remarks>Counting cards earns only 0.015 to 0.03 more than looking at the present one: the task cannot tell memories apart.</remarks>
public sealed class HigherLower : SaveableEnvironment, ITextRenderable, IFullState
{
    private const int Higher = 0;
    private readonly CardDeck _deck;
    private readonly int[] _left = new int[CardDeck.Ranks];
    private readonly float _scale;

    /// <summary>Makes the task with 1, 2 or 3 decks: 51, 103 or 155 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public HigherLower(Difficulty difficulty)
        : base(Space.Discrete(CardDeck.Ranks), Space.Discrete(2), nameof(HigherLower) + difficulty)
    {
        _deck = new CardDeck(difficulty switch { Difficulty.Easy => 1, Difficulty.Medium => 2, _ => 3 });
        _scale = 1f / _deck.Count;
    }

    /// <summary>The rank shown, and which fractions of the cards not dealt yet are higher and lower; no cards left give 0.</summary>
    public Space FullStateSpace { get; } = Space.Tuple(Space.Discrete(CardDeck.Ranks), Space.Box(0, 1, 2));

    private int Rank => CardDeck.Rank(_deck.Latest);

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        (int higher, int lower) = CountLeft();
        output.WriteLine($"{Name}: card {_deck.Dealt} of {_deck.Count}, {CardText.RankLetter(Rank)} shown");
        output.WriteLine($"left: {higher} higher, {_left[Rank]} equal, {lower} lower");
    }

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        (int higher, int lower) = CountLeft();
        float left = Math.Max(1, _deck.Count - _deck.Dealt);
        (state[0], state[1], state[2]) = (Rank, higher / left, lower / left);
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _deck.Shuffle(ref Random);
        _left.AsSpan().Fill(_deck.Count / CardDeck.Ranks);
        observation[0] = Deal();
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        int before = Rank, rank = Deal();
        float reward = rank == before ? 0 : (Discrete(action) == Higher) == (rank > before) ? _scale : -_scale;
        observation[0] = rank;
        return new(reward, Terminated: _deck.Dealt == _deck.Count, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _deck.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectSteps(Steps, _deck.Count - 1, Name);
        _deck.Restore(ref reader, Steps + 1, cardsLeft: IsRunning ? 1 : 0);
        Array.Clear(_left, 0, _left.Length);
        for (int i = Steps + 1; i < _deck.Count; i++) _left[CardDeck.Rank(_deck.Past(i))]++;
    }

    private int Deal()
    {
        int rank = CardDeck.Rank(_deck.Deal());
        _left[rank]--;
        return rank;
    }

    private (int Higher, int Lower) CountLeft()
    {
        int rank = Rank, lower = 0;
        for (int i = 0; i < rank; i++) lower += _left[i];
        return (_deck.Count - _deck.Dealt - lower - _left[rank], lower);
    }
}
