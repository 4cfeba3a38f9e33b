namespace RLSeq.Environments;

/// <summary>
/// A world that an agent acts in, with Gymnasium's semantics: reset, step, terminated and truncated apart, spaces, seeds.
/// Observations and actions are rows of floats laid out as their <see cref="Space"/> says; nothing is allocated per step.
/// </summary>
/// <remarks>
/// All randomness comes from the seed of the episode: the same seed and actions give the same episode on any machine.
/// An instance is used by one thread at a time. After an episode has ended only <see cref="Reset"/> may follow.
/// </remarks>
public interface IEnvironment : IDisposable
{
    /// <summary>What an observation looks like; constant over the environment's life.</summary>
    Space ObservationSpace { get; }

    /// <summary>What an action looks like; constant over the environment's life.</summary>
    Space ActionSpace { get; }

    /// <summary>Begins a new episode.</summary>
    /// <param name="seed">Determines everything random in this episode.</param>
    /// <param name="observation">Receives the first observation, <c>ObservationSpace.Size</c> floats.</param>
    void Reset(ulong seed, Span<float> observation);

    /// <summary>Advances the episode by one step.</summary>
    /// <param name="action">The action, <c>ActionSpace.Size</c> floats.</param>
    /// <param name="observation">Receives the observation after the step, <c>ObservationSpace.Size</c> floats.</param>
    /// <returns>The reward, and whether the episode terminated or was truncated.</returns>
    StepResult Step(ReadOnlySpan<float> action, Span<float> observation);
}
