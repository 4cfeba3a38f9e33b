using RLSeq.Environments;

namespace RLSeq.Learning.Tests;

/// <summary>
/// Eight choices of which a mask, and nothing else, says which are allowed: others are refused. The highest that is allowed earns 1. What
/// is observed says nothing, so a policy can only learn the order of its logits; chance earns about a third.
/// </summary>
internal sealed class BestAllowed() : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(Choices)), IActionMasking
{
    private const int Choices = 8, Length = 10;
    private int _allowed;

    public void WriteActionMask(Span<bool> mask)
    {
        for (int i = 0; i < Choices; i++) mask[i] = (_allowed >> i & 1) != 0;
    }

    protected override void OnReset(Span<float> observation) => Draw(observation);

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        int choice = Discrete(action);
        if ((_allowed >> choice & 1) == 0) throw new InvalidOperationException($"Choice {choice} is forbidden.");
        bool best = _allowed >> (choice + 1) == 0;
        Draw(observation);
        return new StepResult(best ? 1f / Length : 0, Terminated: Steps == Length, Truncated: false);
    }

    private void Draw(Span<float> observation)
    {
        _allowed = 1 + Random.NextInt((1 << Choices) - 1);
        observation[0] = 0;
    }
}
