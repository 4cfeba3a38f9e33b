using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>
/// Takes any kind of action and rewards numbers near 1. It observes the mask of the next action, drawn at every step, beside a random
/// number; episodes end for both reasons. An action outside its space is refused by the base class.
/// </summary>
internal class Playground(Space actions) : SaveableEnvironment(Space.Box(-1, 1, actions.MaskSize + 1), actions, "Playground")
{
    protected bool[] Allowed { get; } = new bool[actions.MaskSize];

    /// <summary>The counts of the discrete components, in order.</summary>
    private readonly int[] _counts = [.. actions.Parts.SelectMany(part => part switch
    {
        DiscreteSpace discrete => [discrete.Count],
        MultiDiscreteSpace multi => multi.Counts,
        _ => Array.Empty<int>(),
    })];

    protected override void OnReset(Span<float> observation) => Draw(observation);

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = 0;
        foreach (float element in action) reward -= Math.Abs(element - 1);
        Draw(observation);
        return new StepResult(reward, Terminated: Random.NextInt(12) == 0, Truncated: Steps == 9);
    }

    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(Allowed.Length);
        foreach (bool entry in Allowed) writer.Write(entry);
    }

    protected override void OnRestore(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader();
        for (int i = 0; i < Allowed.Length; i++) Allowed[i] = reader.ReadBoolean();
    }

    private void Draw(Span<float> observation)
    {
        int offset = 0;
        foreach (int count in _counts)
        {
            for (int i = 0; i < count; i++) Allowed[offset + i] = Random.NextInt(2) == 0;
            Allowed[offset + Random.NextInt(count)] = true;
            offset += count;
        }
        for (int i = 0; i < offset; i++) observation[i] = Allowed[i] ? 1 : -1;
        observation[offset] = Random.NextFloat(-1, 1);
    }
}

/// <summary>A <see cref="Playground"/> that refuses what its mask forbids.</summary>
internal sealed class MaskedPlayground(Space actions) : Playground(actions), IActionMasking
{
    private readonly Space _actions = actions;

    public void WriteActionMask(Span<bool> mask) => Allowed.CopyTo(mask);

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        int element = 0, offset = 0;
        foreach (Space part in _actions.Parts)
        {
            for (int i = 0; i < part.Size; i++, element++)
            {
                if (part is BoxSpace) continue;
                if (!Allowed[offset + (int)action[element]]) throw new InvalidOperationException($"Element {element} of the action is forbidden.");
                offset += part is MultiDiscreteSpace multi ? multi.Counts[i] : part.MaskSize;
            }
        }
        return base.OnStep(action, observation);
    }
}
