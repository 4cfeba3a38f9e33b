using System.Globalization;
using RLSeq.Agents;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>Notices where training diverged, before a file says that it went well.</summary>
internal static class Divergence
{
    private const string Outputs = "the policy's outputs are NaN or infinite";

    /// <summary>Checks what an update measured.</summary>
    /// <param name="progress">The update.</param>
    /// <exception cref="DivergenceException">A loss is not finite.</exception>
    /// <remarks>
    /// The divergence and the gradient's norm are not asked: they may overflow where one sample's ratio does, which clipping then undoes.
    /// Where it does not, the losses of the next update, or the weights, say so.
    /// </remarks>
    public static void Check(TrainingProgress progress)
    {
        UpdateMetrics learning = progress.Learning;
        foreach ((string name, double value) in (ReadOnlySpan<(string, double)>)[("policy loss", learning.PolicyLoss), ("value loss", learning.ValueLoss), ("entropy", learning.Entropy)])
            if (!double.IsFinite(value)) throw After(progress.Steps, $"the {name} is {value.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Checks a policy: all its weights, and what it computes for its example.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="steps">The steps that it was trained for.</param>
    /// <exception cref="DivergenceException">A number is not finite.</exception>
    public static void Check(PolicyDefinition policy, long steps)
    {
        foreach ((string part, PolicyModule module) in (ReadOnlySpan<(string, PolicyModule)>)[("encoder", policy.Encoder), ("memory", policy.Memory), ("policy head", policy.PolicyHead), ("value head", policy.ValueHead)])
            foreach ((string name, PolicyTensor weight) in module.Tensors)
                if (!AllFinite(weight.Values)) throw After(steps, $"the {part}'s {name} holds numbers that are NaN or infinite");
        if (policy.Example is { } example && !(AllFinite(example.Logits) && AllFinite(example.Values)))
            throw After(steps, Outputs);
    }

    /// <summary>Whether weights are NaN or infinite.</summary>
    /// <param name="network">The network that learns.</param>
    public static bool IsIn(ActorCritic network)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return !network.parameters().All(parameter => parameter.isfinite().all().item<bool>());
    }

    /// <summary>What to throw where such weights made something fail.</summary>
    /// <param name="steps">The steps done.</param>
    /// <param name="cause">What failed.</param>
    public static DivergenceException Noticed(long steps, Exception cause) => After(steps, "weights are NaN or infinite", cause);

    /// <summary>Whether it is what agents throw whose outputs are not finite, and no other failure of arithmetic; those of environments come wrapped.</summary>
    /// <param name="exception">What collecting threw.</param>
    public static bool IsOfOutputs(ArithmeticException exception) => exception.GetType() == typeof(ArithmeticException);

    /// <summary>What to throw where agents could not act though all weights are finite.</summary>
    /// <param name="steps">The steps done.</param>
    /// <param name="cause">What the agents threw.</param>
    public static DivergenceException NoticedInOutputs(long steps, Exception cause) => After(steps, Outputs, cause);

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value)) return false;
        return true;
    }

    private static DivergenceException After(long steps, string what, Exception? cause = null) => new(string.Create(CultureInfo.InvariantCulture,
        $"Training diverged: after {steps:N0} steps {what}. A lower ppo.learning_rate, a ppo.max_gradient_norm of 0.5, or rewards and observations of moderate size (ppo.normalize_rewards, ppo.normalize_observations) usually mend it."), cause);
}
