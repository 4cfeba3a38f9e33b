using RLSeq.Environments;

namespace RLSeq.Learning.Tests;

/// <summary>
/// One step: a target between -0.8 and 0.8 is shown, and the action, between 10 and 20, is to hit 15 + 5 · target. The reward is minus the
/// square of the miss in units of 5, so that always aiming at the middle earns -0.64 / 3 = -0.213, and perfection 0.
/// </summary>
internal sealed class Aim() : EnvironmentBase(Space.Box(-1, 1, 1), Space.Box(10, 20, 1))
{
    private float _target;

    protected override void OnReset(Span<float> observation) => observation[0] = _target = Random.NextFloat(-0.8f, 0.8f);

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float miss = ((action[0] - 15) / 5) - _target;
        observation[0] = 0;
        return new StepResult(-miss * miss, Terminated: true, Truncated: false);
    }
}
