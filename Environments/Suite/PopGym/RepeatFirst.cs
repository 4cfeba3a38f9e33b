using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's RepeatFirst (Morad et al. 2023): cards are dealt one by one; at every step the right action is the suit of the first one.
/// The deck decides the length, N - 1 steps; the return lies in [-1, 1].
/// </summary>
public sealed class RepeatFirst : SaveableEnvironment, ITextRenderable, IFullState
{
    private readonly CardDeck _deck;
    private readonly float _scale;

    /// <summary>Makes the task with 1, 8 or 16 decks: 51, 415 or 831 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public RepeatFirst(Difficulty difficulty)
        : base(Space.Discrete(CardDeck.Suits), Space.Discrete(CardDeck.Suits), nameof(RepeatFirst) + difficulty)
    {
        _deck = new CardDeck(difficulty switch { Difficulty.Easy => 1, Difficulty.Medium => 8, _ => 16 });
        _scale = 1f / (_deck.Count - 1);
    }

    /// <summary>The suit shown and the suit that every action should name.</summary>
    public Space FullStateSpace { get; } = Space.MultiDiscrete(CardDeck.Suits, CardDeck.Suits);

    /// <inheritdoc/>
    public void Render(TextWriter output) => CardText.Render(output, Name, _deck, wanted: 0);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        state[1] = CardDeck.Suit(_deck.Past(0));
        state[0] = CardDeck.Suit(_deck.Latest);
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _deck.Shuffle(ref Random);
        observation[0] = CardDeck.Suit(_deck.Deal());
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        bool right = Discrete(action) == CardDeck.Suit(_deck.Past(0));
        observation[0] = CardDeck.Suit(_deck.Deal());
        return new(right ? _scale : -_scale, Terminated: _deck.Dealt == _deck.Count, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _deck.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectSteps(Steps, _deck.Count - 1, Name);
        _deck.Restore(ref reader, Steps + 1, cardsLeft: IsRunning ? 1 : 0);
    }
}
