namespace RLSeq.Training;

/// <summary>Generalised advantage estimation (Schulman et al. 2016), one backward pass per row.</summary>
public static class Advantage
{
    /// <summary>
    /// <c>δ_t = r_t + γ·next_t − V_t</c> and <c>A_t = δ_t + γλ·A_{t+1}</c>, where the sum does not cross an episode's end and
    /// <c>next_t</c> is zero after a termination and the final observation's value after a truncation.
    /// </summary>
    /// <param name="rewards"><c>[T, N]</c>.</param>
    /// <param name="values">V, <c>[T, N]</c>.</param>
    /// <param name="nextValues">The value of what followed each step, <c>[T, N]</c>.</param>
    /// <param name="done">Whether the episode ended with the step, <c>[T, N]</c>.</param>
    /// <param name="rows">N.</param>
    /// <param name="discount">γ.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="advantages">Receives A, <c>[T, N]</c>.</param>
    /// <param name="discounts">
    /// What stands for γ at every step, <c>[T, N]</c>: γⁿ where a step is a decision of n ticks, whose reward is Σ γⁱ·r_i. Empty where all
    /// steps are one tick. λ counts decisions: it weighs estimates, and there is one per decision.
    /// </param>
    public static void Estimate(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> values, ReadOnlySpan<float> nextValues, ReadOnlySpan<bool> done, int rows, double discount, double lambda, Span<float> advantages,
        ReadOnlySpan<double> discounts = default)
    {
        for (int row = 0; row < rows; row++)
        {
            double sum = 0;
            for (int i = rewards.Length - rows + row; i >= 0; i -= rows)
            {
                double gamma = discounts.IsEmpty ? discount : discounts[i];
                double delta = rewards[i] + (gamma * nextValues[i]) - values[i];
                sum = delta + (done[i] ? 0 : gamma * lambda * sum);
                advantages[i] = (float)sum;
            }
        }
    }
}
