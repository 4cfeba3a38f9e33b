namespace RLSeq.Agents;

/// <summary>
/// Where the weights of a dense layer lie: panels of up to 64 outputs, rounded up to whole vectors, each <c>[inputs, width]</c>, or
/// <c>[pairs of inputs, width, 2]</c> for small integers.
/// </summary>
/// <param name="inputs">The inputs.</param>
/// <param name="outputs">The outputs.</param>
internal readonly struct PanelLayout(int inputs, int outputs)
{
    /// <summary>The outputs of a panel: four of the widest vectors, whose sums fit in registers for four rows at once.</summary>
    public const int Width = 64;

    /// <summary>The outputs, rounded up to whole vectors.</summary>
    public int Padded { get; } = SimdWidth.RoundUp(outputs);

    /// <summary>The numbers of all panels.</summary>
    public int Size => checked(Padded * inputs);

    /// <summary>The numbers of all panels in pairs of inputs.</summary>
    public int PairedSize => checked(Padded * ((inputs + 1) / 2) * 2);

    /// <summary>Puts weights into panels.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="panels">Receives them; zeros where there is no output.</param>
    public void Pack<T>(ReadOnlySpan<T> weight, Span<T> panels)
    {
        for (int o = 0; o < outputs; o++)
        {
            int first = o / Width * Width, width = Math.Min(Width, Padded - first);
            for (int i = 0; i < inputs; i++) panels[(first * inputs) + (i * width) + o - first] = weight[(o * inputs) + i];
        }
    }

    /// <summary>Puts weights into panels of pairs.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="panels">Receives them; zeros where there is no output, and beside the last of an odd number of inputs.</param>
    public void PackPairs(ReadOnlySpan<sbyte> weight, Span<sbyte> panels)
    {
        int pairs = (inputs + 1) / 2;
        for (int o = 0; o < outputs; o++)
        {
            int first = o / Width * Width, width = Math.Min(Width, Padded - first);
            for (int i = 0; i < inputs; i++)
                panels[(first * pairs * 2) + (((i / 2 * width) + o - first) * 2) + (i % 2)] = weight[(o * inputs) + i];
        }
    }
}
