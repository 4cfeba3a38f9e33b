using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>A world that observes the number of its steps, earns the action that drove the step, and writes down every action that did.</summary>
internal sealed class TickWorld(int length = int.MaxValue) : SaveableEnvironment(Space.Box(0, 1e6f, 1), Space.Box(-1e6f, 1e6f, 1)), IIdleAction
{
    /// <summary>The action that does nothing.</summary>
    public const float Idle = -1;

    public List<float> Driven { get; } = [];

    public void WriteIdleAction(Span<float> action) => action[0] = Idle;

    protected override void OnReset(Span<float> observation)
    {
        Driven.Clear();
        observation[0] = 0;
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        Driven.Add(action[0]);
        observation[0] = Steps;
        return new(action[0], Terminated: Steps >= length, Truncated: false);
    }

    protected override void OnSave(ref MessagePackWriter writer) => writer.WriteNil();

    protected override void OnRestore(ref MessagePackReader reader) => reader.ReadNil();
}
