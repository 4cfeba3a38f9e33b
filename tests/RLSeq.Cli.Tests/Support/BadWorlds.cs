using RLSeq.Environments;

namespace RLSeq.Cli.Tests;

/// <summary>Breaks at a drawn step. The command finds these classes as it finds a user's: in the library that <c>--assembly</c> names.</summary>
public sealed class Breaking() : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(2))
{
    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation) => observation[0] = 0;

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        observation[0] = 1;
        if (Random.NextInt(20) == 0) throw new InvalidOperationException("A wheel came off.");
        return new StepResult(1, Terminated: Steps == 10, Truncated: false);
    }
}

/// <summary>Pays so much that the value's squared error is beyond floats.</summary>
public sealed class Ruinous() : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(2))
{
    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation) => observation[0] = 0;

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => new(1e30f, Terminated: Steps == 10, Truncated: false);
}

/// <summary>Never returns from the third step.</summary>
public sealed class Hanging() : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(2))
{
    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation) => observation[0] = 0;

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (Steps == 3) Thread.Sleep(Timeout.Infinite); // the fault itself: a call that never returns, which the watchdog must notice
        observation[0] = 1;
        return default;
    }
}
