using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// Actions under the clock may meet a mask that they were not chosen under, since the world went on. A choice that is forbidden by then
/// is replaced by the idle one if that is allowed, else by the first that is.
/// </summary>
internal sealed class AllowedAction
{
    private readonly IActionMasking? _masking;
    private readonly bool[] _mask;
    private readonly float[] _idle;
    private readonly (int Element, int First, int Count)[] _choices;

    public AllowedAction(IEnvironment environment, ReadOnlySpan<float> idle)
    {
        _masking = environment.Ability<IActionMasking>();
        _mask = new bool[environment.MaskSize()];
        _idle = idle.ToArray();
        _choices = _masking is null ? [] : [.. Choices(environment.ActionSpace)];
    }

    /// <summary>Mends an action in place for the world's present state. Returns whether anything had to be changed.</summary>
    public bool Mend(Span<float> action)
    {
        if (_choices.Length == 0) return false;
        _masking!.WriteActionMask(_mask);
        bool changed = false;
        foreach ((int element, int first, int count) in _choices)
        {
            ReadOnlySpan<bool> allowed = _mask.AsSpan(first, count);
            if (allowed[(int)action[element]]) continue;
            action[element] = allowed[(int)_idle[element]] ? _idle[element] : Math.Max(0, allowed.IndexOf(true));
            changed = true;
        }
        return changed;
    }

    private static IEnumerable<(int Element, int First, int Count)> Choices(Space space)
    {
        (int element, int first) = (0, 0);
        foreach (Space part in space.Parts)
        {
            int[] counts = part switch { DiscreteSpace discrete => [discrete.Count], MultiDiscreteSpace multi => [.. multi.Counts], _ => [] };
            for (int i = 0; i < counts.Length; i++)
            {
                yield return (element + i, first, counts[i]);
                first += counts[i];
            }
            element += part.Size;
        }
    }
}
