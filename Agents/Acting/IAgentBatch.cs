namespace RLSeq.Agents;

/// <summary>
/// Agents that share a policy's weights and begin and end their episodes independently, one per row: what collecting, evaluating and
/// benchmarks are written against. <see cref="AgentBatch"/> is the managed engine. Used by one thread at a time.
/// </summary>
/// <remarks>What a row does depends on its observations, the seed, its number and its steps only: not on the other rows.</remarks>
public interface IAgentBatch
{
    /// <summary>The number of agents.</summary>
    int Rows { get; }

    /// <summary>The canonical memory state of one row.</summary>
    MemoryLayout Layout { get; }

    /// <summary>How the policy's outputs are read as a distribution over actions.</summary>
    IActionDistribution Distribution { get; }

    /// <summary>The policy head's outputs of the last <see cref="Act"/>, <c>[n, A]</c>, in the order of its rows; minus infinity where a mask forbade.</summary>
    ReadOnlySpan<float> Logits { get; }

    /// <summary>Begins a new episode; the row's sampling goes on where it was.</summary>
    /// <param name="row">The row.</param>
    void Reset(int row);

    /// <summary>Chooses actions and advances the rows by one step.</summary>
    /// <param name="rows">The rows that act, each at most once, n of them.</param>
    /// <param name="observations">
    /// Their observations, <c>[n, O]</c>. Numbers of a box, bytes too, may lie beyond its bounds, as wrappers let them: they are taken as they are,
    /// and normalisation, where there is one, clips them.
    /// </param>
    /// <param name="masks">Which choices are allowed, <c>[n, Distribution.MaskSize]</c>, true where allowed; empty where all are.</param>
    /// <param name="actions">
    /// Receives their actions, <c>[n, ActionSize]</c>, as chosen: continuous elements may lie beyond the bounds of their box, and what
    /// goes to an environment is clipped with <see cref="Environments.Space.Clip"/>.
    /// </param>
    /// <param name="logProbabilities">Receives the actions' log-probabilities, <c>[n]</c>.</param>
    /// <param name="values">Receives the values of the observations, <c>[n]</c>.</param>
    /// <param name="selection">Whether to sample or to take the most likely action.</param>
    /// <exception cref="ArgumentException">
    /// A length is wrong, a row is given twice, a mask allows nothing, or an observation is NaN, infinite or outside a discrete part of its space; no state has changed.
    /// </exception>
    /// <exception cref="ArithmeticException">
    /// A row's outputs, its value among them, are NaN or infinite: weights that diverged, or an observation too large for them. All the rows
    /// have advanced, and the others have their actions; reset the row, whose log-probability is NaN, before going on.
    /// </exception>
    void Act(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection);

    /// <summary>The values that <see cref="Act"/> would give, without advancing: for bootstrapping.</summary>
    /// <param name="rows">The rows, each at most once, n of them.</param>
    /// <param name="observations">Their observations, <c>[n, O]</c>.</param>
    /// <param name="values">Receives the values, <c>[n]</c>.</param>
    /// <exception cref="ArgumentException">A length is wrong, a row is given twice, or an observation is NaN, infinite or outside a discrete part of its space.</exception>
    /// <exception cref="ArithmeticException">A value is NaN or infinite, as in <see cref="Act"/>; no state has changed.</exception>
    void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, Span<float> values);

    /// <summary>Writes a row's canonical memory state.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state">Receives <c>Layout.Size</c> floats.</param>
    void Save(int row, Span<float> state);

    /// <summary>Sets a row's memory state from a canonical one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state"><c>Layout.Size</c> floats.</param>
    /// <exception cref="ArgumentException">The length is wrong, a number is NaN or infinite, or no episode leads to such a state; nothing has changed.</exception>
    void Load(int row, ReadOnlySpan<float> state);

    /// <summary>Writes what the row's last <see cref="Act"/> added to a window block of its memory state.</summary>
    /// <param name="row">The row.</param>
    /// <param name="block">The block's index in the layout; it must be a window.</param>
    /// <param name="item">Receives <c>ItemSize</c> floats.</param>
    void Newest(int row, int block, Span<float> item);

    /// <summary>How many actions the row has chosen in its life: the step of its next sampling key.</summary>
    /// <param name="row">The row.</param>
    ulong GetSteps(int row);

    /// <summary>Sets a row's step, to resume sampling exactly where a saved run was.</summary>
    /// <param name="row">The row.</param>
    /// <param name="steps">What <see cref="GetSteps"/> gave.</param>
    void SetSteps(int row, ulong steps);
}
