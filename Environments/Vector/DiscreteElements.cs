using System.Numerics;
using System.Runtime.InteropServices;

namespace RLSeq.Environments;

/// <summary>
/// Finds discrete elements of an observation that are not one of their values. They would be used as an index, so unlike a number
/// beyond the bounds of a box they cannot be let through.
/// </summary>
internal sealed class DiscreteElements
{
    // Neighbours in runs of at least a vector's length, such as a board or a table of cards, are checked together.
    private readonly (int First, float[] Counts)[] _runs;
    private readonly (int Element, int Count)[] _others;

    public DiscreteElements(Space space)
    {
        var runs = new List<(int First, List<float> Counts)>();
        int offset = 0;
        foreach (Space part in space.Parts)
        {
            IReadOnlyList<int> counts = part switch
            {
                DiscreteSpace discrete => [discrete.Count],
                MultiDiscreteSpace multi => multi.Counts,
                _ => [],
            };
            for (int i = 0; i < counts.Count; i++)
            {
                if (runs.Count == 0 || runs[^1].First + runs[^1].Counts.Count != offset + i) runs.Add((offset + i, []));
                runs[^1].Counts.Add(counts[i]);
            }
            offset += part.Size;
        }
        ILookup<bool, (int First, float[] Counts)> byLength = runs.ToLookup(run => run.Counts.Count >= Vector<float>.Count, run => (run.First, run.Counts.ToArray()));
        _runs = [.. byLength[true]];
        _others = [.. byLength[false].SelectMany(run => run.Counts.Select((count, i) => (run.First + i, (int)count)))];
    }

    /// <summary>Throws where an element is outside its space.</summary>
    /// <param name="observation">One observation.</param>
    public void Check(ReadOnlySpan<float> observation)
    {
        foreach ((int element, int count) in _others)
            if (!SpaceGuard.IsIndex(observation[element], count)) Throw(element, observation[element], count);
        foreach ((int first, float[] counts) in _runs)
        {
            ReadOnlySpan<float> values = observation.Slice(first, counts.Length);
            if (!BlocksAreIndices(values, counts)) ThrowFirst(first, values, counts);
            for (int i = counts.Length - (counts.Length % Vector<float>.Count); i < counts.Length; i++)
                if (!SpaceGuard.IsIndex(values[i], (int)counts[i])) Throw(first + i, values[i], counts[i]);
        }
    }

    /// <summary>Whether as many whole vectors as fit hold whole numbers from 0 to below their counts; NaN is none.</summary>
    private static bool BlocksAreIndices(ReadOnlySpan<float> values, ReadOnlySpan<float> counts)
    {
        ReadOnlySpan<Vector<float>> valueBlocks = MemoryMarshal.Cast<float, Vector<float>>(values), countBlocks = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var good = new Vector<int>(-1);
        for (int i = 0; i < valueBlocks.Length; i++)
        {
            Vector<float> block = valueBlocks[i];
            good &= Vector.GreaterThanOrEqual(block, Vector<float>.Zero) & Vector.LessThan(block, countBlocks[i])
                & Vector.Equals(block, Vector.ConvertToSingle(Vector.ConvertToInt32(block)));
        }
        return Vector.EqualsAll(good, new Vector<int>(-1));
    }

    private static void ThrowFirst(int first, ReadOnlySpan<float> values, ReadOnlySpan<float> counts)
    {
        int i = 0;
        while (SpaceGuard.IsIndex(values[i], (int)counts[i])) i++;
        Throw(first + i, values[i], counts[i]);
    }

    private static void Throw(int element, float value, float count) =>
        throw new InvalidOperationException($"element {element} of the observation is {value}, but its space holds the whole numbers 0 to {count - 1}.");
}
