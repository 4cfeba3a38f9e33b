using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's CountRecall (Morad et al. 2023): every step shows a card that was dealt and asks for a class of cards; the right action is
/// how often the class asked for has been dealt so far, the card beside the question included. N - 1 steps of +-1/(N - 1); the return
/// lies in [-1, 1].
/// </summary>
/// <remarks>
/// The question comes from a second deck of the same cards, shuffled on its own. There is an action for every count, the largest one
/// included, as in the original since June 2026; in results published before, the last count of each class could not be named.
/// </remarks>
public sealed class CountRecall : SaveableEnvironment, ITextRenderable, IFullState
{
    private readonly CardDeck _dealt, _asked;
    private readonly CardFeature _feature;
    private readonly int[] _counts;
    private readonly float _scale;

    /// <summary>Makes the task: the colours of 1 deck, the suits of 2 or the ranks of 4: 51, 103 or 207 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public CountRecall(Difficulty difficulty)
        : base(Observations(Feature(difficulty)), Space.Discrete(LargestCount(difficulty) + 1), nameof(CountRecall) + difficulty)
    {
        _feature = Feature(difficulty);
        (_dealt, _asked) = (new CardDeck(Decks(difficulty)), new CardDeck(Decks(difficulty)));
        _counts = new int[CardDeck.Classes(_feature)];
        _scale = 1f / (_dealt.Count - 1);
        FullStateSpace = Space.MultiDiscrete(_counts.Length, _counts.Length, LargestCount(difficulty) + 1);
    }

    /// <summary>The card dealt, the class asked for, and how often that class has been dealt.</summary>
    public Space FullStateSpace { get; }

    /// <inheritdoc/>
    public void Render(TextWriter output) => CardText.RenderCounts(output, Name, _dealt, _feature, ClassOf(_asked), _counts);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        Observe(state);
        state[2] = _counts[ClassOf(_asked)];
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _dealt.Shuffle(ref Random);
        _asked.Shuffle(ref Random);
        Array.Clear(_counts, 0, _counts.Length);
        Deal();
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        bool right = Discrete(action) == _counts[ClassOf(_asked)];
        Deal();
        Observe(observation);
        return new(right ? _scale : -_scale, Terminated: _dealt.Dealt == _dealt.Count, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        _dealt.Save(ref writer);
        _asked.Save(ref writer);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 2, Name);
        SavedData.ExpectSteps(Steps, _dealt.Count - 1, Name);
        int left = IsRunning ? 1 : 0;
        _dealt.Restore(ref reader, Steps + 1, left);
        _asked.Restore(ref reader, Steps + 1, left);
        Array.Clear(_counts, 0, _counts.Length);
        for (int i = 0; i <= Steps; i++) _counts[CardDeck.Class(_dealt.Past(i), _feature)]++;
    }

    private void Deal()
    {
        _counts[CardDeck.Class(_dealt.Deal(), _feature)]++;
        _asked.Deal();
    }

    private void Observe(Span<float> observation)
    {
        observation[1] = ClassOf(_asked);
        observation[0] = ClassOf(_dealt);
    }

    /// <summary>The class of the card that a deck dealt last.</summary>
    private int ClassOf(CardDeck deck) => CardDeck.Class(deck.Latest, _feature);

    private static int Decks(Difficulty difficulty) => difficulty switch { Difficulty.Easy => 1, Difficulty.Medium => 2, _ => 4 };

    private static CardFeature Feature(Difficulty difficulty) =>
        difficulty switch { Difficulty.Easy => CardFeature.Colour, Difficulty.Medium => CardFeature.Suit, _ => CardFeature.Rank };

    private static int LargestCount(Difficulty difficulty) => Decks(difficulty) * CardDeck.Cards / CardDeck.Classes(Feature(difficulty));

    private static MultiDiscreteSpace Observations(CardFeature feature) => Space.MultiDiscrete(CardDeck.Classes(feature), CardDeck.Classes(feature));
}
