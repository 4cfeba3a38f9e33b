namespace RLSeq.Environments;

/// <summary>Does every action k times, or until the episode ends. The reward is the sum, the observation the last one.</summary>
public sealed class ActionRepeat : Wrapper
{
    private readonly int _times;
    private readonly Slower? _rate;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="times">k, at least 2.</param>
    /// <exception cref="ArgumentException">The number is below 2, or the environment has action masks, which may forbid the second time.</exception>
    public ActionRepeat(IEnvironment inner, int times) : base(inner)
    {
        if (times < 2) throw new ArgumentException($"repeating needs at least 2 times; given: {times}.", nameof(times));
        if (inner.MaskSize() > 0) throw new ArgumentException($"{InnerName} has action masks, which may forbid the second time what they allowed the first.", nameof(inner));
        _times = times;
        _rate = inner.Ability<IRealTime>() is { } rate ? new Slower(rate, times) : null;
    }

    /// <inheritdoc/>
    /// <remarks>A step outside is k steps inside, so the world is that much slower.</remarks>
    public override T? Ability<T>()
        where T : class =>
        typeof(T) == typeof(IRealTime) ? (T?)(IRealTime?)_rate : base.Ability<T>();

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = 0;
        for (int i = 1; ; i++)
        {
            StepResult result = Inner.Step(action, observation);
            reward += result.Reward;
            if (result.Done || i == _times) return result with { Reward = reward };
        }
    }

    private sealed class Slower(IRealTime inner, int times) : IRealTime
    {
        public double StepsPerSecond => inner.StepsPerSecond / times;
    }
}
