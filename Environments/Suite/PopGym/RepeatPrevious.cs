using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's RepeatPrevious (Morad et al. 2023): cards are dealt one by one; from the step on at which k cards are known, the right
/// action is the suit of the k-th most recent card, which is k - 1 before the one just observed. N - 1 steps, of which N - k are
/// scored; the return lies in [-1, 1].
/// </summary>
public sealed class RepeatPrevious : SaveableEnvironment, ITextRenderable, IFullState
{
    private readonly CardDeck _deck;
    private readonly int _k;
    private readonly float _scale;

    /// <summary>Makes the task with 1, 2 or 3 decks and k = 4, 32 or 64.</summary>
    /// <param name="difficulty">The level.</param>
    public RepeatPrevious(Difficulty difficulty)
        : base(Space.Discrete(CardDeck.Suits), Space.Discrete(CardDeck.Suits), nameof(RepeatPrevious) + difficulty)
    {
        (int decks, _k) = difficulty switch { Difficulty.Easy => (1, 4), Difficulty.Medium => (2, 32), _ => (3, 64) };
        _deck = new CardDeck(decks);
        _scale = 1f / (_deck.Count - _k);
    }

    /// <summary>The suit shown and the suit that the next action should name, 4 while none is scored.</summary>
    public Space FullStateSpace { get; } = Space.MultiDiscrete(CardDeck.Suits, CardDeck.Suits + 1);

    /// <inheritdoc/>
    public void Render(TextWriter output) => CardText.Render(output, Name, _deck, wanted: _deck.Dealt - _k);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        int wanted = _deck.Dealt - _k;
        state[1] = wanted < 0 ? CardDeck.Suits : CardDeck.Suit(_deck.Past(wanted));
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
        int wanted = _deck.Dealt - _k;
        float reward = wanted < 0 ? 0 : Discrete(action) == CardDeck.Suit(_deck.Past(wanted)) ? _scale : -_scale;
        observation[0] = CardDeck.Suit(_deck.Deal());
        return new(reward, Terminated: _deck.Dealt == _deck.Count, Truncated: false);
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
