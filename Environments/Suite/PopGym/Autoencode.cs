using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's Autoencode (Morad et al. 2023), which is reverse recall: a whole deck is shown card by card, then its suits must be named
/// from the last one to the first. 2N - 1 steps: N - 1 that watch, whose actions are ignored, and N that are scored with +-1/N; the
/// return lies in [-1, 1].
/// </summary>
/// <remarks>
/// Observes the mode (1 while cards are shown; 0 from the last card on) and a suit, which is 0 once the last card was shown. Ports that
/// show the cards while they are asked for, and none before, are another task.
/// </remarks>
public sealed class Autoencode : SaveableEnvironment, ITextRenderable, IFullState
{
    private const int Watching = 1, Playing = 0, NothingWanted = CardDeck.Suits;
    private readonly CardDeck _deck;
    private readonly float _scale;

    /// <summary>Makes the task with 1, 2 or 3 decks: 103, 207 or 311 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public Autoencode(Difficulty difficulty)
        : base(Space.MultiDiscrete(2, CardDeck.Suits), Space.Discrete(CardDeck.Suits), nameof(Autoencode) + difficulty)
    {
        _deck = new CardDeck(difficulty switch { Difficulty.Easy => 1, Difficulty.Medium => 2, _ => 3 });
        _scale = 1f / _deck.Count;
    }

    /// <summary>The mode, the suit shown, and the suit that the next action should name, 4 while it is ignored.</summary>
    public Space FullStateSpace { get; } = Space.MultiDiscrete(2, CardDeck.Suits, CardDeck.Suits + 1);

    /// <summary>The last step of an episode.</summary>
    private int Length => (2 * _deck.Count) - 1;

    /// <summary>The card that the next action should name; negative while none is, and after the last.</summary>
    private int Wanted => Steps < _deck.Count - 1 ? -1 : Length - 1 - Steps;

    /// <inheritdoc/>
    public void Render(TextWriter output) => CardText.Render(output, Name, _deck, Wanted);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        Observe(state);
        state[2] = Wanted < 0 ? NothingWanted : CardDeck.Suit(_deck.Past(Wanted));
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _deck.Shuffle(ref Random);
        _deck.Deal();
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = 0;
        if (Steps < _deck.Count) _deck.Deal();
        else reward = Discrete(action) == CardDeck.Suit(_deck.Past(Length - Steps)) ? _scale : -_scale;
        Observe(observation);
        return new(reward, Terminated: Steps == Length, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _deck.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectSteps(Steps, IsRunning ? Length - 1 : Length, Name);
        _deck.Restore(ref reader, Math.Min(Steps + 1, _deck.Count), cardsLeft: 0);
    }

    private void Observe(Span<float> observation)
    {
        observation[1] = Steps < _deck.Count ? CardDeck.Suit(_deck.Past(Steps)) : 0;
        observation[0] = Steps < _deck.Count - 1 ? Watching : Playing;
    }
}
