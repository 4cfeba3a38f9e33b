using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests.Diagnostics;

/// <summary>
/// Shows a sign at first and nothing after, for 3 to 8 steps; every action that names the sign (1 for plus) earns 1, every other one loses 1.
/// </summary>
internal sealed class Recall() : EnvironmentBase(Space.Box(-1, 1, 1), Space.Discrete(2))
{
    public float Sign { get; private set; }

    public int Length { get; private set; }

    protected override void OnReset(Span<float> observation)
    {
        (Sign, Length) = (Random.NextInt(2) == 0 ? -1 : 1, 3 + Random.NextInt(6));
        observation[0] = Sign;
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        observation[0] = 0;
        return new(Discrete(action) == 1 == Sign > 0 ? 1 : -1, Terminated: Steps == Length, Truncated: false);
    }
}
