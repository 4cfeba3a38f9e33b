using MessagePack;
using RLSeq.Environments;

namespace MyEnvironments;

/// <summary>
/// A code is shown digit by digit, then the door asks for it digit by digit. Right digits earn, and a wrong one ends the episode. It can
/// save its state, so that a run goes on after an interruption exactly where it stopped.
/// </summary>
public sealed class LockedDoor(int digits = 4) : SaveableEnvironment(Space.Discrete(11), Space.Discrete(10))
{
    private const int Asks = 10; // the eleventh symbol: the door waits for a digit

    private readonly int[] _code = new int[digits];

    protected override void OnReset(Span<float> observation)
    {
        for (int i = 0; i < digits; i++) _code[i] = Random.NextInt(10);
        observation[0] = _code[0];
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        observation[0] = Steps < digits ? _code[Steps] : Asks;
        int asked = Steps - digits - 1; // the first question is observed at step `digits`, and answered with the next one
        if (asked < 0) return default;
        bool right = Discrete(action) == _code[asked];
        return new StepResult(right ? 1f / digits : 0, Terminated: !right || asked == digits - 1, Truncated: false);
    }

    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(digits);
        foreach (int digit in _code) writer.Write(digit);
    }

    protected override void OnRestore(ref MessagePackReader reader)
    {
        if (reader.ReadArrayHeader() != digits) throw new MessagePackSerializationException("The saved code has another length.");
        for (int i = 0; i < digits; i++) _code[i] = reader.ReadInt32();
    }
}
