using System.Runtime.InteropServices;
using RLSeq.Agents;

namespace RLSeq.Training;

/// <summary>
/// What N environments did over T steps. The arrays are tensors on the CPU, made once and written in place by the collecting threads,
/// so that learning reads them without a copy.
/// </summary>
public sealed class Rollout : IDisposable
{
    /// <summary>Makes the storage.</summary>
    /// <param name="steps">T.</param>
    /// <param name="rows">N.</param>
    /// <param name="observationSize">Floats of an observation, O.</param>
    /// <param name="actionSize">Floats of an action, A.</param>
    /// <param name="states">Where the memory's states go.</param>
    /// <param name="maskSize">Entries of an action mask, M; 0 where the environment has no masks.</param>
    /// <param name="decisions">Whether the environments' steps are decisions under a clock.</param>
    public Rollout(int steps, int rows, int observationSize, int actionSize, StateHistory states, int maskSize = 0, bool decisions = false)
    {
        (Steps, Rows, ObservationSize, ActionSize, States) = (steps, rows, observationSize, actionSize, states);
        Observations = zeros(steps, rows, observationSize).DetachFromDisposeScope();
        Actions = zeros(steps, rows, actionSize).DetachFromDisposeScope();
        if (maskSize > 0) Masks = zeros(steps, rows, maskSize, dtype: @bool).DetachFromDisposeScope();
        Starts = zeros(steps, rows, dtype: @bool).DetachFromDisposeScope();
        LogProbabilities = zeros(steps, rows).DetachFromDisposeScope();
        Values = zeros(steps, rows).DetachFromDisposeScope();
        Advantages = zeros(steps, rows).DetachFromDisposeScope();
        Rewards = new float[steps * rows];
        NextValues = new float[steps * rows];
        Done = new bool[steps * rows];
        if (decisions) Decisions = new RolloutDecisions(steps, rows);
    }

    /// <summary>T.</summary>
    public int Steps { get; }

    /// <summary>N.</summary>
    public int Rows { get; }

    /// <summary>Floats of an observation, O.</summary>
    public int ObservationSize { get; }

    /// <summary>Floats of an action, A.</summary>
    public int ActionSize { get; }

    /// <summary>The memory's states at the beginning of every chunk.</summary>
    public StateHistory States { get; }

    /// <summary>What was observed, <c>[T, N, O]</c>.</summary>
    public Tensor Observations { get; }

    /// <summary>What was done, <c>[T, N, A]</c>: as it was drawn; the environment received it clipped to the action space.</summary>
    public Tensor Actions { get; }

    /// <summary>Which discrete choices were allowed: bool <c>[T, N, M]</c>; null where the environment has no masks.</summary>
    public Tensor? Masks { get; }

    /// <summary>True where an observation is the first of an episode: bool <c>[T, N]</c>.</summary>
    public Tensor Starts { get; }

    /// <summary>The log-probability of the action when it was taken, <c>[T, N]</c>.</summary>
    public Tensor LogProbabilities { get; }

    /// <summary>The value of the observation when it was seen, <c>[T, N]</c>.</summary>
    public Tensor Values { get; }

    /// <summary>The advantages, <c>[T, N]</c>; <see cref="Advantage"/> fills them.</summary>
    public Tensor Advantages { get; }

    /// <summary>The rewards, <c>[T, N]</c>; the discounted sum over its ticks where a step is a decision.</summary>
    public float[] Rewards { get; }

    /// <summary>
    /// The value of what followed a step, <c>[T, N]</c>: zero after a termination, the final observation's after a truncation, the next
    /// observation's otherwise. The same number serves the advantage and its bootstrap.
    /// </summary>
    public float[] NextValues { get; }

    /// <summary>Whether the episode ended with a step, for either reason, <c>[T, N]</c>.</summary>
    public bool[] Done { get; }

    /// <summary>What is known besides where the steps are decisions under a clock; null where the world waits.</summary>
    public RolloutDecisions? Decisions { get; }

    /// <summary>The floats of one of the tensors, in place.</summary>
    /// <param name="tensor">A tensor of this rollout.</param>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The truth values of one of the tensors, in place.</summary>
    /// <param name="tensor">A tensor of this rollout; null gives none.</param>
    public static Span<bool> Bools(Tensor? tensor) => tensor is null ? default : MemoryMarshal.Cast<byte, bool>(tensor.bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        Masks?.Dispose();
        foreach (Tensor tensor in (ReadOnlySpan<Tensor>)[Observations, Actions, Starts, LogProbabilities, Values, Advantages]) tensor.Dispose();
        States.Dispose();
    }
}
