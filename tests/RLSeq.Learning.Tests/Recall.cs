using RLSeq.Environments;

namespace RLSeq.Learning.Tests;

/// <summary>One of two cues is shown, two blanks follow, then the cue is to be named: +1 or -1. Without memory nothing beats 0.</summary>
internal sealed class Recall() : EnvironmentBase(Space.Discrete(3), Space.Discrete(2))
{
    private const int Blank = 2, Length = 3;
    private int _cue;

    protected override void OnReset(Span<float> observation) => observation[0] = _cue = Random.NextInt(2);

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        observation[0] = Blank;
        bool end = Steps == Length;
        return new StepResult(end ? Discrete(action) == _cue ? 1 : -1 : 0, Terminated: end, Truncated: false);
    }
}
