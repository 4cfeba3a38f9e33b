using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>An environment that forgot to set one of its spaces.</summary>
internal sealed class Spaceless(bool observes) : IEnvironment
{
    public Space ObservationSpace { get; } = observes ? Space.Discrete(2) : null!;

    public Space ActionSpace { get; } = observes ? null! : Space.Discrete(2);

    public void Reset(ulong seed, Span<float> observation) => throw new InvalidOperationException("Nothing can be played without spaces.");

    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation) => throw new InvalidOperationException("Nothing can be played without spaces.");

    public void Dispose() { }
}
