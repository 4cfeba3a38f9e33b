using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// An optional ability of an environment whose step is a decision that lasts several ticks: telling what happened in the last one, which
/// learning needs for its discounts and for what the policy is to be blamed for. Ask with <see cref="EnvironmentAbilities.Ability{T}"/>.
/// </summary>
public interface IDecisions
{
    /// <summary>The last decision.</summary>
    Decision LastDecision { get; }

    /// <summary>The rewards of its ticks, in order; their sum is the step's reward.</summary>
    ReadOnlySpan<float> TickRewards { get; }
}
