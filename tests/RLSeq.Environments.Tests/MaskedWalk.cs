using MessagePack;

namespace RLSeq.Environments.Tests;

/// <summary>What can be wrong with the mask of a <see cref="MaskedWalk"/>.</summary>
public enum MaskFault
{
    None,
    NoChoice,
    Unwritten,
    TooManyEntries,
    AllowsWhatIsRefused,
    ReadingDraws,
    ReadingCounts,
}

/// <summary>
/// A walk over ten places that refuses a step beyond either end, and a light that may be switched only at even steps; the mask forbids
/// both. A third, continuous element of the action has no mask.
/// </summary>
internal sealed class MaskedWalk(MaskFault fault = MaskFault.None)
    : SaveableEnvironment(Space.Discrete(10), Space.Tuple(Space.Discrete(3), Space.Box(-1, 1, 1), Space.Discrete(2)), "MaskedWalk"), IActionMasking
{
    public const int Masks = 5;
    private int _place, _readings;

    public void WriteActionMask(Span<bool> mask)
    {
        if (fault == MaskFault.ReadingDraws) _place = (_place + Random.NextInt(2)) % 10;
        _readings++;
        (mask[0], mask[1], mask[2]) = (_place > 0, true, _place < 9 || fault == MaskFault.AllowsWhatIsRefused);
        mask[3] = true;
        if (fault != MaskFault.Unwritten || Steps == 0) mask[4] = Steps % 2 == 0;
        if (fault == MaskFault.NoChoice && Steps == 3) mask[..3].Clear();
        if (fault == MaskFault.TooManyEntries) mask[Masks] = true;
    }

    protected override void OnReset(Span<float> observation)
    {
        _readings = 0;
        observation[0] = _place = Random.NextInt(10);
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (Discrete(action, 2) == 1 && (Steps - 1) % 2 != 0) throw new InvalidOperationException("The light cannot be switched now.");
        int place = _place + Discrete(action) - 1;
        if (place is < 0 or > 9 && fault != MaskFault.NoChoice) throw new InvalidOperationException("Beyond the end.");
        observation[0] = _place = Math.Clamp(place, 0, 9);
        return new StepResult(action[1], Terminated: false, Truncated: Steps == (fault == MaskFault.ReadingCounts ? 12 - (_readings % 3) : 12));
    }

    protected override void OnSave(ref MessagePackWriter writer) => writer.Write(_place);

    protected override void OnRestore(ref MessagePackReader reader) => _place = reader.ReadInt32();
}
