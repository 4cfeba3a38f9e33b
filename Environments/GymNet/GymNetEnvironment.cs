using Gym.Envs;
using NumSharp;
using GymStep = Gym.Observations.Step;

namespace RLSeq.Environments.GymNet;

/// <summary>An environment written for Gym.NET, as one of RLSeq.</summary>
/// <remarks>
/// <para>Gym.NET follows the old Gym: <c>Done</c> says nothing about why an episode ended. It counts as a termination, unless the step's
/// information holds <c>TimeLimit.truncated</c>, as Gym's own time limit says it. Where the environment has a limit of its own, wrap it in
/// <see cref="TimeLimit"/> with that limit instead, so that the last step is bootstrapped.</para>
/// <para>Every reset seeds the environment first. What it draws from NumSharp's global generator instead of its own no seed can repeat;
/// <see cref="EnvironmentChecker"/> finds that. Gym.NET allocates an array and a step object per step.</para>
/// </remarks>
public sealed class GymNetEnvironment : IEnvironment, INamedEnvironment
{
    private readonly IEnv _inner;
    private readonly bool _discreteActions;
    private readonly int _observationSize;
    private bool _running;

    /// <summary>Adapts an environment.</summary>
    /// <param name="inner">The environment; it is closed with this one.</param>
    /// <param name="name">The name for messages; without one, the name of its class.</param>
    /// <exception cref="ArgumentException">A space is neither a box nor discrete, or actions have more than one dimension.</exception>
    public GymNetEnvironment(IEnv inner, string? name = null)
    {
        (_inner, Name) = (inner, name ?? inner.GetType().Name);
        ObservationSpace = GymNetSpaces.Convert(inner.ObservationSpace, $"the observations of {Name}");
        ActionSpace = GymNetSpaces.Convert(inner.ActionSpace, $"the actions of {Name}");
        _discreteActions = ActionSpace is DiscreteSpace;
        if (inner.ActionSpace is Gym.Spaces.Box { Low.shape.Length: > 1 } box)
            throw new ArgumentException($"The actions of {Name} are a box of {box.Low.shape.Length} dimensions; only vectors can be passed on.", nameof(inner));
        _observationSize = ObservationSpace.Size;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Space ObservationSpace { get; }

    /// <inheritdoc/>
    public Space ActionSpace { get; }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        _inner.Seed((int)(RandomSource.Derive(seed, 0) >> 33)); // 31 bits, never negative
        Write(_inner.Reset(), observation);
        _running = true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The action lies outside the space; most environments of Gym.NET check this in debug builds only.</exception>
    /// <exception cref="InvalidOperationException">No episode is running.</exception>
    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (!ActionSpace.Contains(action)) throw new ArgumentOutOfRangeException(nameof(action), $"{Name}: the action lies outside {ActionSpace}.");
        if (!_running) throw new InvalidOperationException($"{Name}: call Reset before the first step and after the end of an episode.");
        GymStep step = _inner.Step(_discreteActions ? (int)action[0] : np.array(action.ToArray()));
        Write(step.Observation, observation);
        _running = !step.Done;
        bool truncated = step.Done && step.Information is not null && step.Information.TryGetValue("TimeLimit.truncated", out object? cut) && cut is true;
        return new StepResult(step.Reward, Terminated: step.Done && !truncated, Truncated: truncated);
    }

    /// <inheritdoc/>
    public void Dispose() => _inner.CloseEnvironment();

    private void Write(NDArray values, Span<float> observation)
    {
        float[] floats = values.astype(np.float32).ToArray<float>();
        if (floats.Length != _observationSize)
            throw new InvalidOperationException($"{Name} returned an observation of {floats.Length} numbers, but its space {ObservationSpace} has {_observationSize}.");
        floats.CopyTo(observation);
    }
}
