using RLSeq.Environments;

namespace RLSeq.Agents.Tests.Clock;

/// <summary>
/// A world whose rewards and observations tell which actions drove it, in which order: two runs that earn the same were driven the same. It has
/// five choices, of which a different one is forbidden at every tick if it masks.
/// </summary>
internal sealed class Ledger(int ticks, bool masks = false) : EnvironmentBase(Space.Box(-1000, 1000, 2), Space.Discrete(5)), IAbilities, IActionMasking
{
    private float _sum;

    public Action<int>? Stepping { get; set; }

    public T? Ability<T>()
        where T : class => typeof(T) == typeof(IActionMasking) && !masks ? null : this as T;

    public void WriteActionMask(Span<bool> mask)
    {
        mask.Fill(true);
        mask[Steps % 5] = false;
    }

    protected override void OnReset(Span<float> observation)
    {
        Stepping?.Invoke(0);
        _sum = Random.NextInt(100);
        (observation[0], observation[1]) = (0, _sum);
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        Stepping?.Invoke(Steps);
        _sum = ((_sum * 7) + Discrete(action) + 1) % 911;
        (observation[0], observation[1]) = (Steps, _sum);
        return new(_sum, Terminated: Steps == ticks, Truncated: false);
    }
}
