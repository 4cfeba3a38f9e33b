namespace RLSeq.Agents;

/// <summary>What a <see cref="GruGate"/> computes with.</summary>
internal sealed class GruGateScratch
{
    /// <summary>Makes room.</summary>
    /// <param name="width">The width of the stream, D.</param>
    /// <param name="items">The most rows at a time, n.</param>
    public GruGateScratch(int width, int items)
    {
        Reset = new float[checked(items * width)];
        Candidate = new float[Reset.Length];
        FromStream = new float[checked(2 * Reset.Length)];
        FromPart = new float[checked(3 * Reset.Length)];
    }

    /// <summary>What the gates get of the part, <c>[n, 3D]</c>.</summary>
    public float[] FromPart { get; }

    /// <summary>What they get of the stream, <c>[n, 2D]</c>.</summary>
    public float[] FromStream { get; }

    /// <summary><c>r·x</c>, <c>[n, D]</c>.</summary>
    public float[] Reset { get; }

    /// <summary>What the candidate gets of it, <c>[n, D]</c>.</summary>
    public float[] Candidate { get; }
}
