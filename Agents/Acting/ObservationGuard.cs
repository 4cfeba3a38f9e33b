using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>Refuses NaN, infinities, and discrete parts outside their space, which would otherwise spread silently through the state.</summary>
internal sealed class ObservationGuard
{
    private readonly Space _space;
    private readonly Space[] _parts;

    public ObservationGuard(Space space) => (_space, _parts) = (space, [.. space.Parts]);

    /// <summary>The floats of one observation.</summary>
    public int Size => _space.Size;

    /// <summary>Checks observations.</summary>
    /// <param name="rows">The rows that the observations belong to, n of them, for the message.</param>
    /// <param name="observations"><c>[n, O]</c>.</param>
    /// <exception cref="ArgumentException">The first bad element, with its row and place.</exception>
    public void Validate(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations)
    {
        for (int at = 0; at < observations.Length;)
        {
            foreach (Space part in _parts)
            {
                ReadOnlySpan<float> value = observations.Slice(at, part.Size);
                if (part is BoxSpace)
                {
                    for (int i = 0; i < value.Length; i++)
                        if (!float.IsFinite(value[i])) ThrowBad(rows, observations, at + i, "a finite number");
                }
                else if (!part.Contains(value))
                {
                    ThrowBad(rows, observations, at, "a value in " + part);
                }
                at += part.Size;
            }
        }
    }

    [DoesNotReturn]
    private void ThrowBad(ReadOnlySpan<int> rows, ReadOnlySpan<float> observations, int index, string expected) =>
        throw new ArgumentException($"The observation of row {rows[index / _space.Size]} has {observations[index]} as element {index % _space.Size}; expected {expected}.", nameof(observations));
}
