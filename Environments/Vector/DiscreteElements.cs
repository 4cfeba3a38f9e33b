namespace RLSeq.Environments;

/// <summary>
/// Finds discrete elements of an observation that are not one of their values. They would be used as an index, so unlike a number
/// beyond the bounds of a box they cannot be let through.
/// </summary>
internal sealed class DiscreteElements
{
    private readonly (int Element, int Count)[] _elements;

    public DiscreteElements(Space space)
    {
        var elements = new List<(int, int)>();
        int offset = 0;
        foreach (Space part in space.Parts)
        {
            if (part is DiscreteSpace discrete) elements.Add((offset, discrete.Count));
            if (part is MultiDiscreteSpace multi) elements.AddRange(multi.Counts.Select((count, i) => (offset + i, count)));
            offset += part.Size;
        }
        _elements = [.. elements];
    }

    /// <summary>Throws where an element is outside its space.</summary>
    /// <param name="observation">One observation.</param>
    public void Check(ReadOnlySpan<float> observation)
    {
        foreach ((int element, int count) in _elements)
            if (!SpaceGuard.IsIndex(observation[element], count)) Throw(element, observation[element], count);
    }

    private static void Throw(int element, float value, int count) =>
        throw new InvalidOperationException($"element {element} of the observation is {value}, but its space holds the whole numbers 0 to {count - 1}.");
}
