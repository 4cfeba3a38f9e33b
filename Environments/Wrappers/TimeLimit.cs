using MessagePack;

namespace RLSeq.Environments;

/// <summary>Truncates episodes after a number of steps; one that terminates with that very step is terminated only.</summary>
public sealed class TimeLimit : Wrapper
{
    private readonly int _limit;
    private int _steps;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="steps">The longest episode, at least 1.</param>
    /// <exception cref="ArgumentException">The limit is below 1.</exception>
    public TimeLimit(IEnvironment inner, int steps) : base(inner)
    {
        if (steps < 1) throw new ArgumentException($"a time limit needs at least 1 step; given: {steps}.", nameof(steps));
        _limit = steps;
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, observation);
        _steps = 0;
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, observation);
        return ++_steps >= _limit && !result.Terminated ? result with { Truncated = true } : result;
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => writer.Write(_steps);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        _steps = reader.ReadInt32();
        if (_steps < 0) throw new MessagePackSerializationException($"The saved time limit has {_steps} steps.");
    }
}
