using System.Globalization;

namespace RLSeq.Environments;

/// <summary>
/// Offers n evenly spaced values, both bounds among them, for every continuous element of an action. One element becomes
/// <c>Discrete(n)</c>, several become <c>MultiDiscrete(n, …)</c>; discrete parts stay as they are.
/// </summary>
public sealed class DiscretizeActions : Wrapper, IIdleAction
{
    private readonly (bool IsBox, float Low, float Step)[] _elements;
    private readonly float[] _inner;
    private readonly BinMask? _mask;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="bins">n, at least 2.</param>
    /// <exception cref="ArgumentException">The number is below 2, the actions are discrete already, or a box has no bounds.</exception>
    public DiscretizeActions(IEnvironment inner, int bins) : base(inner, actionSpace: Discretized(inner.ActionSpace, bins))
    {
        Space actions = inner.ActionSpace;
        _elements = [.. actions.Parts.SelectMany(part => Enumerable.Repeat(part is BoxSpace box ? (true, box.Low, (box.High - box.Low) / (bins - 1)) : (false, 0, 0), part.Size))];
        _inner = new float[actions.Size];
        _mask = inner.Ability<IActionMasking>() is { } masking ? new BinMask(masking, actions, bins) : null;
    }

    /// <inheritdoc/>
    /// <remarks>The values nearest to what does nothing inside.</remarks>
    public void WriteIdleAction(Span<float> action)
    {
        Inner.IdleAction().CopyTo(action);
        for (int i = 0; i < _elements.Length; i++)
        {
            (bool isBox, float low, float step) = _elements[i];
            if (isBox) action[i] = step > 0 ? (float)Math.Round((action[i] - low) / step) : 0;
        }
    }

    /// <inheritdoc/>
    public override T? Ability<T>()
        where T : class => typeof(T) == typeof(IActionMasking) ? _mask as T : base.Ability<T>();

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (!ActionSpace.Contains(action)) EnvironmentMisuse.ThrowActionOutside(this, action);
        for (int i = 0; i < _inner.Length; i++)
        {
            (bool isBox, float low, float step) = _elements[i];
            _inner[i] = isBox ? low + (step * action[i]) : action[i];
        }
        Inner.ActionSpace.Clip(_inner); // the last bin may lie beyond its bound by rounding
        return Inner.Step(_inner, observation);
    }

    private static Space Discretized(Space space, int bins)
    {
        if (bins < 2) throw new ArgumentException($"actions need at least 2 values; given: {bins}.", nameof(bins));
        if (!space.Parts.Any(part => part is BoxSpace)) throw new ArgumentException($"the actions {space} are discrete already.", nameof(space));
        Space[] parts = [.. space.Parts.Select(part => part is BoxSpace box ? Bins(box, bins) : part)];
        return parts.Length == 1 ? parts[0] : Space.Tuple(parts);
    }

    private static Space Bins(BoxSpace box, int bins)
    {
        if (!float.IsFinite(box.High - box.Low))
            throw new ArgumentException(string.Format(CultureInfo.InvariantCulture, "the actions {0} have no bounds to space {1} values between.", box, bins), nameof(box));
        return box.Size == 1 ? Space.Discrete(bins) : Space.MultiDiscrete([.. Enumerable.Repeat(bins, box.Size)]);
    }

    /// <summary>The mask of an environment whose discrete parts are masked; every value of a continuous element is allowed.</summary>
    private sealed class BinMask(IActionMasking inner, Space actions, int bins) : IActionMasking
    {
        private readonly (bool IsBox, int Entries)[] _parts = [.. actions.Parts.Select(part => (part is BoxSpace, part is BoxSpace ? bins * part.Size : part.MaskSize))];
        private readonly bool[] _discrete = new bool[actions.MaskSize];

        public void WriteActionMask(Span<bool> mask)
        {
            inner.WriteActionMask(_discrete);
            ReadOnlySpan<bool> rest = _discrete;
            foreach ((bool isBox, int entries) in _parts)
            {
                Span<bool> part = mask[..entries];
                if (isBox)
                {
                    part.Fill(true);
                }
                else
                {
                    rest[..entries].CopyTo(part);
                    rest = rest[entries..];
                }
                mask = mask[entries..];
            }
        }
    }
}
