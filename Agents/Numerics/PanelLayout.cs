using System.Runtime.InteropServices;

namespace RLSeq.Agents;

/// <summary>
/// Where the weights of a dense layer lie: panels of up to 64 outputs, each <c>[inputs, width]</c> for floats. Formats of fewer bits
/// keep two outputs per word: <c>[inputs, width / 2]</c> words for bfloat16, <c>[pairs of inputs, width / 2]</c> words for int8.
/// </summary>
/// <param name="inputs">The inputs.</param>
/// <param name="outputs">The outputs.</param>
internal readonly struct PanelLayout(int inputs, int outputs)
{
    /// <summary>The outputs of a panel: four of the widest vectors, whose sums fit in registers for four rows at once.</summary>
    public const int Width = 64;

    /// <summary>The numbers of all panels of floats; the outputs are rounded up to whole vectors.</summary>
    public int Floats => checked(SimdWidth.RoundUp(outputs) * inputs);

    /// <summary>The words of all panels of bfloat16; the outputs are rounded up to whole groups.</summary>
    public int HalfWords => checked(Words.RoundUp(outputs) / 2 * inputs);

    /// <summary>The words of all panels of int8.</summary>
    public int PairWords => checked(Words.RoundUp(outputs) / 2 * ((inputs + 1) / 2));

    /// <summary>Puts weights into panels of floats.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="panels">Receives them; zeros where there is no output.</param>
    public void Pack(ReadOnlySpan<float> weight, Span<float> panels)
    {
        for (int o = 0; o < outputs; o++)
        {
            int first = o / Width * Width, width = Math.Min(Width, SimdWidth.RoundUp(outputs) - first);
            for (int i = 0; i < inputs; i++) panels[(first * inputs) + (i * width) + o - first] = weight[(o * inputs) + i];
        }
    }

    /// <summary>Rounds weights to bfloat16 and puts them into panels.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="panels">Receives them; zeros where there is no output.</param>
    public void PackHalves(ReadOnlySpan<float> weight, Span<uint> panels)
    {
        for (int o = 0; o < outputs; o++)
        {
            int first = o / Width * Width, words = Math.Min(Width, Words.RoundUp(outputs) - first) / 2;
            int at = (first / 2 * inputs) + Words.Of(o - first), shift = 16 * Words.Upper(o);
            for (int i = 0; i < inputs; i++) panels[at + (i * words)] |= (uint)BFloat16.Round(weight[(o * inputs) + i]) << shift;
        }
    }

    /// <summary>Rounds weights to int8 and puts them into panels.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="panels">Receives them; zeros where there is no output, and beside the last of an odd number of inputs.</param>
    /// <param name="scales">Receives every output's scale.</param>
    public void PackPairs(ReadOnlySpan<float> weight, Span<int> panels, Span<float> scales)
    {
        int pairs = (inputs + 1) / 2;
        sbyte[] rounded = new sbyte[inputs];
        Span<short> numbers = MemoryMarshal.Cast<int, short>(panels);
        for (int o = 0; o < outputs; o++)
        {
            scales[o] = Quantizer.RoundToInt8(weight.Slice(o * inputs, inputs), rounded);
            int first = o / Width * Width, words = Math.Min(Width, Words.RoundUp(outputs) - first) / 2;
            int at = (first / 2 * pairs) + Words.Of(o - first), factor = Words.Upper(o) == 1 ? 256 : 1;
            for (int i = 0; i < inputs; i++) numbers[(2 * (at + (i / 2 * words))) + (i % 2)] += (short)(factor * rounded[i]);
        }
    }
}
