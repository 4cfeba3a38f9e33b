using MessagePack;

namespace RLSeq.Environments.Tests;

/// <summary>
/// An environment that is made to show what it was told: observes the step and a number drawn for the episode; ends after a drawn
/// number of steps, terminated or truncated in turn of that number, and can be asked to misbehave at a step.
/// </summary>
internal sealed class ProbeEnvironment() : SaveableEnvironment(Space.Box(0, 1000, 2), Space.Discrete(3), "Probe")
{
    private int _length;
    private float _mark;

    public Func<int, float>? Sabotage { get; init; }

    public bool IsDisposed { get; private set; }

    protected override void OnReset(Span<float> observation)
    {
        _length = 1 + Random.NextInt(9);
        _mark = Random.NextInt(1000);
        Observe(observation);
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        Observe(observation);
        float reward = _mark + Discrete(action) + Random.NextInt(2);
        if (Sabotage is not null) reward += Sabotage(Steps);
        bool last = Steps >= _length;
        return new(reward, Terminated: last && _length % 2 == 0, Truncated: last && _length % 2 == 1);
    }

    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(_length);
        writer.Write(_mark);
    }

    protected override void OnRestore(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader();
        _length = reader.ReadInt32();
        _mark = reader.ReadSingle();
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private void Observe(Span<float> observation) => (observation[0], observation[1]) = (Steps, _mark);
}
