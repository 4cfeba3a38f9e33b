namespace RLSeq.Agents;

/// <summary>
/// What a memory of the Transformer's family has and does not have. Every form is a memory of its own name; learning and acting both read
/// it here, so that the name in a policy file says all of it.
/// </summary>
/// <param name="Name">The memory's name, which is also the kind in a policy file.</param>
public sealed record TransformerForm(string Name)
{
    /// <summary>Pre-norm, with a learned bias per head and distance as its only positions.</summary>
    public static TransformerForm Relative { get; } = new("transformer");

    /// <summary>The same without biases: the position in the episode is added to what enters the first layer.</summary>
    public static TransformerForm Absolute { get; } = new("transformer-absolute") { AbsolutePositions = true };

    /// <summary>As <see cref="Relative"/> in its parts, but it keeps raw inputs only, which all pass through all layers for every action.</summary>
    public static TransformerForm Window { get; } = new("transformer-window") { Reprojects = true };

    /// <summary><see cref="Relative"/> without scores: every visible item gets the same weight.</summary>
    public static TransformerForm NoAttention { get; } = new("transformer-no-attention") { UniformAttention = true };

    /// <summary><see cref="Relative"/> without the feed-forward part and its norm.</summary>
    public static TransformerForm NoFeedForward { get; } = new("transformer-no-feed-forward") { FeedForward = false };

    /// <summary><see cref="Relative"/> without residual connections: each part's output replaces its input.</summary>
    public static TransformerForm NoResidual { get; } = new("transformer-no-residual") { Residual = ResidualConnection.None };

    /// <summary><see cref="Relative"/> with one head of the full width, whatever the number of heads that is asked for.</summary>
    public static TransformerForm OneHead { get; } = new("transformer-one-head") { SingleHead = true };

    /// <summary><see cref="Relative"/> with gates in the place of residual connections (GTrXL).</summary>
    public static TransformerForm Gated { get; } = new("transformer-gated") { Residual = ResidualConnection.Gate };

    /// <summary><see cref="Relative"/> that stores no near-duplicates of what it holds (<see cref="WriteGate"/>), in half as many slots.</summary>
    public static TransformerForm Distinct { get; } = new("transformer-distinct") { SkipsNearDuplicates = true };

    /// <summary>All forms.</summary>
    public static IReadOnlyList<TransformerForm> All { get; } = [Relative, Absolute, Gated, Distinct, Window, NoAttention, NoFeedForward, NoResidual, OneHead];

    /// <summary>Whether positions are sinusoids of the step in the episode (<see cref="SinusoidalPositions"/>), added to the input, instead of biases per distance.</summary>
    public bool AbsolutePositions { get; init; }

    /// <summary>
    /// Whether every action begins with the raw inputs of the last M + 1 steps. All layers then see those only, while layers that keep their
    /// inputs reach M steps further back each.
    /// </summary>
    public bool Reprojects { get; init; }

    /// <summary>Whether the layers have a bias per head and distance.</summary>
    public bool RelativePositions => !AbsolutePositions && !UniformAttention;

    /// <summary>Whether every visible item gets the same weight. Queries and keys are zero then, so that an action takes as long as with scores.</summary>
    public bool UniformAttention { get; init; }

    /// <summary>Whether a layer has its feed-forward part.</summary>
    public bool FeedForward { get; init; } = true;

    /// <summary>How attention and the feed-forward part are joined with their input.</summary>
    public ResidualConnection Residual { get; init; }

    /// <summary>Whether there is one head only.</summary>
    public bool SingleHead { get; init; }

    /// <summary>
    /// Whether a step is stored only if its input, x of the first layer, is no near-duplicate of that of a step that is held. What is held then are
    /// the latest ⌈M / 2⌉ stored steps that are at most M steps old; a query sees itself and those.
    /// </summary>
    public bool SkipsNearDuplicates { get; init; }

    /// <summary>The name of the state's block of one number that counts the steps of the episode.</summary>
    public string Counter => AbsolutePositions ? "position" : "count";

    /// <summary>The most that the counter counts: what the window holds, or the longest episode whose steps have positions of their own.</summary>
    /// <param name="context">M.</param>
    public int MostCounted(int context) => AbsolutePositions ? SinusoidalPositions.Longest : context;

    /// <summary>The most items that the state holds per layer: M, or S = ⌈M / 2⌉ where near-duplicates are not stored.</summary>
    /// <param name="context">M.</param>
    public int Slots(int context) => SkipsNearDuplicates ? (context / 2) + (context % 2) : context;

    /// <summary>The canonical state of one row, for learning and acting alike: layer inputs, their ages where these do not follow from their places, and the counter.</summary>
    /// <param name="layers">L.</param>
    /// <param name="context">M.</param>
    /// <param name="hidden">D.</param>
    public MemoryLayout Layout(int layers, int context, int hidden) => SkipsNearDuplicates
        ? new(new("inputs", [layers, Slots(context), hidden]), new("ages", [Slots(context)]), new(Counter, [1]))
        : new(new MemoryBlock("inputs", [StoredLayers(layers), context, hidden], WindowAxis: 1), new MemoryBlock(Counter, [1]));

    /// <summary>The layers whose inputs the state holds.</summary>
    /// <param name="layers">L.</param>
    public int StoredLayers(int layers) => Reprojects ? 1 : layers;

    /// <summary>Refuses a state whose counter, or ages, no episode leads to.</summary>
    /// <param name="state">The canonical state of one row.</param>
    /// <param name="context">M.</param>
    /// <exception cref="ArgumentException">One is no whole number, out of range or out of order.</exception>
    public void CheckState(ReadOnlySpan<float> state, int context)
    {
        float counter = state[^1];
        int most = SkipsNearDuplicates ? Slots(context) : MostCounted(context);
        if (!IsWhole(counter, 0, most)) throw new ArgumentException($"The state's {Counter} is {counter}; expected a whole number from 0 to {most}.", nameof(state));
        if (!SkipsNearDuplicates) return;
        ReadOnlySpan<float> ages = state.Slice(state.Length - 1 - most, most);
        int held = (int)counter, newest = 0;
        for (int i = most - 1; i >= 0; i--)
        {
            bool isHeld = i >= most - held;
            if (!(isHeld ? IsWhole(ages[i], newest + 1, context) : ages[i] == 0))
                throw new ArgumentException($"The state's ages have {ages[i]} as element {i} of {most}, {held} of which are held; expected {(isHeld ? $"a whole number from {newest + 1} to {context}" : "0")}.", nameof(state));
            newest = (int)ages[i];
        }
    }

    private static bool IsWhole(float number, int least, int most) => number >= least && number <= most && number == MathF.Floor(number);
}
