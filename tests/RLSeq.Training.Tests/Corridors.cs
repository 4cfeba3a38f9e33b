using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>A corridor with noise in its observations that ends by termination or, after a limit, by truncation; short enough that a rollout has many of both.</summary>
internal sealed class Corridors(int limit = 13) : SaveableEnvironment(Space.Tuple(Space.Box(-10, 10, 1), Space.Discrete(3)), Space.Discrete(3), "Corridors")
{
    private int _place;

    /// <summary>What the second step of every episode waits for, if anything.</summary>
    public ManualResetEventSlim? Waits { get; init; }

    protected override void OnReset(Span<float> observation)
    {
        _place = Random.NextInt(3);
        Observe(observation);
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (Steps == 2) Waits?.Wait();
        _place += Discrete(action) - 1;
        Observe(observation);
        return new StepResult(_place * 0.1f, Terminated: _place is < -3 or > 5, Truncated: Steps == limit);
    }

    protected override void OnSave(ref MessagePackWriter writer) => writer.Write(_place);

    protected override void OnRestore(ref MessagePackReader reader) => _place = reader.ReadInt32();

    private void Observe(Span<float> observation)
    {
        observation[0] = Math.Clamp(_place + Random.NextFloat(-0.5f, 0.5f), -10, 10);
        observation[1] = Math.Clamp(_place, 0, 2);
    }
}
