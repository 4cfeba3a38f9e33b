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

    /// <summary>All forms.</summary>
    public static IReadOnlyList<TransformerForm> All { get; } = [Relative, Absolute, Gated, Window, NoAttention, NoFeedForward, NoResidual, OneHead];

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

    /// <summary>The name of the state's block of one number that counts the steps of the episode.</summary>
    public string Counter => AbsolutePositions ? "position" : "count";

    /// <summary>The most that the counter counts: what the window holds, or the longest episode whose steps have positions of their own.</summary>
    /// <param name="context">M.</param>
    public int MostCounted(int context) => AbsolutePositions ? SinusoidalPositions.Longest : context;

    /// <summary>The layers whose inputs the state holds.</summary>
    /// <param name="layers">L.</param>
    public int StoredLayers(int layers) => Reprojects ? 1 : layers;

    /// <summary>Refuses a state whose counter no episode leads to.</summary>
    /// <param name="counter">The number.</param>
    /// <param name="context">M.</param>
    /// <exception cref="ArgumentException">It is no whole number, or out of range.</exception>
    public void CheckCounter(float counter, int context)
    {
        int most = MostCounted(context);
        if (!(counter >= 0 && counter <= most) || counter != MathF.Floor(counter))
            throw new ArgumentException($"The state's {Counter} is {counter}; expected a whole number from 0 to {most}.", nameof(counter));
    }
}
