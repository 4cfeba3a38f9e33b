namespace RLSeq.Agents;

/// <summary>What throw-away rows see.</summary>
internal static class RehearsedRows
{
    /// <summary>
    /// Keys lie in panels of <see cref="PanelLayout.Width"/> items, so after two of them an episode goes on in code that has run.
    /// </summary>
    private const int MostPositions = (2 * PanelLayout.Width) + 2;

    /// <summary>Observations of zeros, or what in their space is nearest: of any size that a box allows, others might overflow.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="rows">How many.</param>
    public static float[] Observations(PolicyNetwork network, int rows)
    {
        int size = network.Definition.ObservationSpace.Size;
        float[] observations = new float[rows * size];
        for (int r = 0; r < rows; r++) network.Definition.ObservationSpace.Clip(observations.AsSpan(r * size, size));
        return observations;
    }

    /// <summary>Masks that allow everything; empty where there is nothing to forbid.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="rows">How many.</param>
    public static bool[] Masks(PolicyNetwork network, int rows)
    {
        bool[] masks = new bool[rows * network.Distribution.MaskSize];
        masks.AsSpan().Fill(true);
        return masks;
    }

    /// <summary>The steps of an episode until a window is full and has begun to leave its oldest items, or other code can no longer begin to run.</summary>
    /// <param name="network">The policy.</param>
    public static int Positions(PolicyNetwork network)
    {
        int longest = 0;
        foreach (MemoryBlock block in network.Memory.Layout.Blocks) longest = Math.Max(longest, block.WindowLength);
        return Math.Min(longest, MostPositions - 2) + 2;
    }
}
