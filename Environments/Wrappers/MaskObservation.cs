namespace RLSeq.Environments;

/// <summary>
/// Takes elements out of the observation, so that a task which shows everything becomes partially observable. The elements are removed,
/// or stay as zeros (as what in their box is nearest to zero) where the observation must keep its shape.
/// </summary>
public sealed class MaskObservation : Wrapper
{
    private readonly bool _keepsPlaces;
    private readonly int[] _kept, _hidden;
    private readonly float[] _nothing, _whole;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="elements">The elements to take out, counted from 0 as the observation's floats lie.</param>
    /// <param name="keepPlaces">Whether they stay, as zeros.</param>
    /// <exception cref="ArgumentException">There is no such element, or none would be left.</exception>
    public MaskObservation(IEnvironment inner, IReadOnlyCollection<int> elements, bool keepPlaces = false)
        : base(inner, keepPlaces ? Check(inner, elements) : Remaining(inner, elements))
    {
        _keepsPlaces = keepPlaces;
        _hidden = [.. elements.Distinct().OrderBy(element => element)];
        _kept = [.. Enumerable.Range(0, inner.ObservationSpace.Size).Except(_hidden)];
        _whole = new float[keepPlaces ? 0 : inner.ObservationSpace.Size];
        _nothing = NullAction.Of(inner.ObservationSpace);
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, _keepsPlaces ? observation : _whole);
        Hide(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, _keepsPlaces ? observation : _whole);
        Hide(observation);
        return result;
    }

    private void Hide(Span<float> observation)
    {
        if (_keepsPlaces) foreach (int element in _hidden) observation[element] = _nothing[element];
        else for (int i = 0; i < _kept.Length; i++) observation[i] = _whole[_kept[i]];
    }

    private static Space Check(IEnvironment inner, IReadOnlyCollection<int> elements)
    {
        int size = inner.ObservationSpace.Size;
        foreach (int element in elements)
            if (element < 0 || element >= size)
                throw new ArgumentException($"the observation {inner.ObservationSpace} has the elements 0 to {size - 1}; given: {element}.", nameof(elements));
        if (elements.Count == 0) throw new ArgumentException("name at least one element to take out.", nameof(elements));
        if (elements.Distinct().Count() == size) throw new ArgumentException($"nothing would be left of the observation {inner.ObservationSpace}.", nameof(elements));
        return inner.ObservationSpace;
    }

    /// <summary>What is left of each part; a box loses its shape where it loses elements.</summary>
    private static Space Remaining(IEnvironment inner, IReadOnlyCollection<int> elements)
    {
        _ = Check(inner, elements);
        var left = new List<Space>();
        int offset = 0;
        foreach (Space part in inner.ObservationSpace.Parts)
        {
            int[] kept = [.. Enumerable.Range(0, part.Size).Where(i => !elements.Contains(offset + i))];
            offset += part.Size;
            if (kept.Length == part.Size) left.Add(part);
            else if (kept.Length > 0) left.Add(part is MultiDiscreteSpace multi ? Space.MultiDiscrete([.. kept.Select(i => multi.Counts[i])]) : Smaller((BoxSpace)part, kept.Length));
        }
        return left.Count == 1 ? left[0] : Space.Tuple([.. left]);
    }

    private static BoxSpace Smaller(BoxSpace box, int size) => new(box.Low, box.High, box.Element, size);
}
