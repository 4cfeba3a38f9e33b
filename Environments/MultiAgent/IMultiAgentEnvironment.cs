namespace RLSeq.Environments;

/// <summary>
/// A world in which several agents act at the same time: players of one game, robots in one hall. All see observations of one space and
/// take actions of one space; A is their number, O and M are the floats of an observation and an action. To train on it, make its agents
/// rows of a <see cref="VectorEnvironment"/> with <see cref="AgentSeats"/>: one policy then plays all sides.
/// </summary>
/// <remarks>
/// Episodes begin and end for all agents together: if one agent's result is done, all are. Randomness, threads and allocation are as
/// for <see cref="IEnvironment"/>.
/// </remarks>
public interface IMultiAgentEnvironment : IDisposable
{
    /// <summary>A, the number of agents; constant.</summary>
    int Agents { get; }

    /// <summary>What the observation of one agent looks like.</summary>
    Space ObservationSpace { get; }

    /// <summary>What the action of one agent looks like.</summary>
    Space ActionSpace { get; }

    /// <summary>Begins a new episode.</summary>
    /// <param name="seed">Determines everything random in this episode.</param>
    /// <param name="observations">Receives the first observations, <c>[A, O]</c>.</param>
    void Reset(ulong seed, Span<float> observations);

    /// <summary>Advances the episode by one step of all agents.</summary>
    /// <param name="actions">The actions, <c>[A, M]</c>; each lies in its space.</param>
    /// <param name="observations">Receives the observations after the step, <c>[A, O]</c>.</param>
    /// <param name="results">Receives each agent's reward, and whether the episode terminated or was truncated, <c>[A]</c>.</param>
    void Step(ReadOnlySpan<float> actions, Span<float> observations, Span<StepResult> results);
}
