namespace RLSeq.Agents;

/// <summary>Shorter ways to call an <see cref="IAgentBatch"/>.</summary>
public static class AgentBatchExtensions
{
    /// <summary>Chooses actions where every choice is allowed: see <see cref="IAgentBatch.Act"/>.</summary>
    /// <param name="agents">The agents.</param>
    /// <param name="rows">The rows that act, each at most once, n of them.</param>
    /// <param name="observations">Their observations, <c>[n, O]</c>.</param>
    /// <param name="actions">Receives their actions, <c>[n, ActionSize]</c>.</param>
    /// <param name="logProbabilities">Receives the actions' log-probabilities, <c>[n]</c>.</param>
    /// <param name="values">Receives the values of the observations, <c>[n]</c>.</param>
    /// <param name="selection">Whether to sample or to take the most likely action.</param>
    /// <exception cref="ArgumentException">As <see cref="IAgentBatch.Act"/>.</exception>
    public static void Act(
        this IAgentBatch agents, ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, Span<float> actions, Span<float> logProbabilities,
        Span<float> values, ActionSelection selection) =>
        agents.Act(rows, observations, default, actions, logProbabilities, values, selection);
}
