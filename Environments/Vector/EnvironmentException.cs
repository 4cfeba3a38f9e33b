namespace RLSeq.Environments;

/// <summary>An environment failed, or returned what no environment may; says how to reproduce it.</summary>
public sealed class EnvironmentException : Exception
{
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
    public EnvironmentException(string environment, int row, ulong episodeSeed, int step, Exception innerException)
        : base(
            $"{environment}: row {row} failed in {(step == 0 ? "Reset" : $"step {step}")} of the episode with seed {episodeSeed}: {innerException.Message} "
                + $"To reproduce it: Reset({episodeSeed}){(step == 0 ? "" : $", then the same {step} actions")}.",
            innerException) =>
        (Environment, Row, EpisodeSeed, Step) = (environment, row, episodeSeed, step);

    /// <summary>The name of the environment.</summary>
    public string Environment { get; } = "";

    /// <summary>Its row in the vectorised environment.</summary>
    public int Row { get; }

    /// <summary>The seed of the episode, as <see cref="IEnvironment.Reset"/> received it.</summary>
    public ulong EpisodeSeed { get; }

    /// <summary>The step that failed: 1 is the first one, 0 the reset.</summary>
    public int Step { get; }
}
