using System.Globalization;

namespace RLSeq.Environments;

/// <summary>An environment failed, hangs, or returned what no environment may; says how to reproduce it.</summary>
public sealed class EnvironmentException : Exception
{
    /// <summary>As many numbers of actions a message shows.</summary>
    private const int ShownActions = 16;

    /// <summary>Makes the exception.</summary>
    public EnvironmentException() { }

    /// <summary>Makes the exception with its message.</summary>
    /// <param name="message">What happened.</param>
    public EnvironmentException(string message) : base(message) { }

    /// <summary>Makes the exception with its message and cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public EnvironmentException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Makes the exception with everything that reproduces the failure.</summary>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="row">Its row in the vectorised environment.</param>
    /// <param name="episodeSeed">The seed of the episode, as <see cref="IEnvironment.Reset"/> received it.</param>
    /// <param name="step">The step that failed: 1 is the first one, 0 the reset.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="actions">The actions of the episode up to the step that failed, [step, A], where they are known.</param>
    public EnvironmentException(string environment, int row, ulong episodeSeed, int step, Exception innerException, float[]? actions = null)
        : base($"{environment}: row {row} failed in {Place(step)} of the episode with seed {episodeSeed}: {Sentence(innerException.Message)} {Recipe(episodeSeed, step, actions)}", innerException) =>
        (Environment, Row, EpisodeSeed, Step, Actions) = (environment, row, episodeSeed, step, actions);

    /// <summary>The name of the environment.</summary>
    public string Environment { get; } = "";

    /// <summary>Its row in the vectorised environment.</summary>
    public int Row { get; }

    /// <summary>The seed of the episode, as <see cref="IEnvironment.Reset"/> received it.</summary>
    public ulong EpisodeSeed { get; }

    /// <summary>The step that failed: 1 is the first one, 0 the reset.</summary>
    public int Step { get; }

    /// <summary>
    /// The actions of the episode up to the step that failed, [step, A]; null where they are not known, because the episode is long or was
    /// restored in its middle.
    /// </summary>
    public IReadOnlyList<float>? Actions { get; }

    /// <summary>Plays the episode again, to the step that failed: what the environment throws there is what it threw.</summary>
    /// <param name="environment">A new environment of the same kind.</param>
    /// <exception cref="InvalidOperationException">The actions are not known.</exception>
    public void Replay(IEnvironment environment)
    {
        if (Actions is null) throw new InvalidOperationException($"The actions of this episode of {Environment} are not known.");
        float[] actions = [.. Actions], observation = new float[environment.ObservationSpace.Size];
        int size = environment.ActionSpace.Size;
        environment.Reset(EpisodeSeed, observation);
        for (int step = 0; step < Step; step++) environment.Step(actions.AsSpan(step * size, size), observation);
    }

    /// <summary>Of an environment that does not return from a call.</summary>
    internal static EnvironmentException Hanging(string environment, int row, ulong episodeSeed, int step, TimeSpan timeout, float[]? actions) => new(
        environment,
        row,
        episodeSeed,
        step,
        new TimeoutException(FormattableString.Invariant($"the call did not return within {timeout.TotalSeconds:0.###} seconds, so the environment is taken to hang.")),
        actions);

    /// <summary>What others write does not always end with a full stop.</summary>
    internal static string Sentence(string text) => text.Length > 0 && (char.IsLetterOrDigit(text[^1]) || text[^1] is ')' or '\'' or '"') ? text + "." : text;

    /// <summary>A call of an episode in words.</summary>
    internal static string Place(int step) => step == 0 ? "Reset" : $"step {step}";

    private static string Recipe(ulong seed, int step, float[]? actions)
    {
        if (step == 0) return $"To reproduce it: Reset({seed}).";
        if (actions is null) return $"To reproduce it: Reset({seed}), then the same {step} actions.";
        return actions.Length > ShownActions
            ? $"To reproduce it: Replay of this exception, which is Reset({seed}) and the {step} steps in Actions."
            : $"To reproduce it: Reset({seed}), then the actions {string.Join(", ", actions.Select(value => value.ToString(CultureInfo.InvariantCulture)))}.";
    }
}
