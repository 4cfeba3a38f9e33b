namespace RLSeq.Environments;

/// <summary>An action space read together with a mask over its discrete choices: see <see cref="IActionMasking"/>. Allocates nothing per call.</summary>
/// <param name="space">The action space.</param>
public sealed class MaskedSpace(Space space)
{
    private readonly Space[] _parts = [.. space.Parts];
    private readonly int[] _counts = [.. space.Parts.SelectMany(Counts)];

    /// <summary>The number of the first discrete component that a mask leaves no choice, or -1.</summary>
    /// <param name="mask"><c>MaskSize</c> entries.</param>
    public int FirstWithoutChoice(ReadOnlySpan<bool> mask)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (mask[.._counts[i]].IndexOf(true) < 0) return i;
            mask = mask[_counts[i]..];
        }
        return -1;
    }

    /// <summary>Draws an action uniformly from those that a mask allows; a component without any is drawn from all its choices.</summary>
    /// <param name="mask"><c>MaskSize</c> entries; empty where everything is allowed.</param>
    /// <param name="random">The generator; advanced.</param>
    /// <param name="action">Receives the action.</param>
    public void Sample(ReadOnlySpan<bool> mask, ref RandomSource random, Span<float> action)
    {
        int component = 0;
        foreach (Space part in _parts)
        {
            if (mask.IsEmpty || part.MaskSize == 0)
            {
                part.Sample(ref random, action[..part.Size]);
            }
            else
            {
                for (int i = 0; i < part.Size; i++)
                {
                    int count = _counts[component++];
                    action[i] = Choose(mask[..count], ref random);
                    mask = mask[count..];
                }
            }
            action = action[part.Size..];
        }
    }

    private static int Choose(ReadOnlySpan<bool> mask, ref RandomSource random)
    {
        int allowed = 0;
        foreach (bool entry in mask)
            if (entry) allowed++;
        if (allowed == 0) return random.NextInt(mask.Length);
        int left = random.NextInt(allowed), choice = -1;
        while (left >= 0)
            if (mask[++choice]) left--;
        return choice;
    }

    private static IEnumerable<int> Counts(Space part) => part switch
    {
        DiscreteSpace discrete => [discrete.Count],
        MultiDiscreteSpace multi => multi.Counts,
        _ => [],
    };
}
