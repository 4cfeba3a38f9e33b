namespace RLSeq.Environments;

/// <summary>What one step of an environment returned, beside the observation that it wrote.</summary>
/// <param name="Reward">The reward of the transition.</param>
/// <param name="Terminated">The episode ended by the task's own rules; the value of what follows is zero.</param>
/// <param name="Truncated">The episode was cut from outside (a time limit); what follows still has value and is bootstrapped.</param>
public readonly record struct StepResult(float Reward, bool Terminated, bool Truncated)
{
    /// <summary>Whether the episode is over, for either reason.</summary>
    public bool Done => Terminated || Truncated;
}
