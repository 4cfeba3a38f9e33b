using System.Collections.Concurrent;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// The position in the episode as D numbers (Vaswani et al. 2017): with h = ⌈D/2⌉ and <c>ω_i = 10000^(−i/h)</c>, first <c>sin(p·ω_i)</c> for
/// i = 0 … h − 1, then as many <c>cos(p·ω_i)</c> as there is room for.
/// </summary>
/// <remarks>
/// A position is read as two digits to the base 256, and its sine and cosine come from theirs by the addition theorem: two small tables
/// instead of one as long as the longest episode, or of D sines per action. The tables are those of <see cref="PortableMath"/>, so that a policy
/// means the same on every machine; an embedding is exact to 2·10⁻⁷.
/// </remarks>
public sealed class SinusoidalPositions
{
    /// <summary>The digits' base.</summary>
    public const int Base = 256;

    /// <summary>The last position; the steps of an episode that goes on after it all have this one.</summary>
    public const int Longest = (Base * Base) - 1;

    private static readonly ConcurrentDictionary<int, SinusoidalPositions> ByWidth = new();

    private SinusoidalPositions(int width)
    {
        (Width, Pairs) = (width, (width + 1) / 2);
        (float[] sines, float[] cosines) = (new float[2 * Base * Pairs], new float[2 * Base * Pairs]);
        for (int i = 0; i < Pairs; i++)
        {
            double frequency = PortableMath.Exp(-PortableMath.Log(10_000) * i / Pairs);
            for (int digit = 0; digit < Base; digit++)
            {
                int low = (digit * Pairs) + i, high = ((Base + digit) * Pairs) + i;
                (sines[low], cosines[low]) = ((float)PortableMath.Sin(digit * frequency), (float)PortableMath.Cos(digit * frequency));
                (sines[high], cosines[high]) = ((float)PortableMath.Sin(Base * digit * frequency), (float)PortableMath.Cos(Base * digit * frequency));
            }
        }
        (Sines, Cosines) = (sines, cosines);
    }

    /// <summary>The width of the features, D.</summary>
    public int Width { get; }

    /// <summary>The frequencies, h = ⌈D/2⌉.</summary>
    public int Pairs { get; }

    /// <summary>Sines of the digits, <c>[2 · 256, h]</c>: the lower digit's 256 rows, then the higher one's.</summary>
    public ReadOnlyMemory<float> Sines { get; }

    /// <summary>Cosines of the digits, likewise.</summary>
    public ReadOnlyMemory<float> Cosines { get; }

    /// <summary>The positions of a width; made once, since weights are packed anew after every update.</summary>
    /// <param name="width">D, at least 1.</param>
    public static SinusoidalPositions Of(int width) => ByWidth.GetOrAdd(width, static width => new SinusoidalPositions(width));

    /// <summary>Adds a position to features.</summary>
    /// <param name="position">0 to <see cref="Longest"/>.</param>
    /// <param name="features"><c>[D]</c>.</param>
    public void Add(int position, Span<float> features)
    {
        int h = Pairs, low = position % Base * h, high = (Base + (position / Base)) * h;
        ReadOnlySpan<float> sineLow = Sines.Span.Slice(low, h), cosineLow = Cosines.Span.Slice(low, h);
        ReadOnlySpan<float> sineHigh = Sines.Span.Slice(high, h), cosineHigh = Cosines.Span.Slice(high, h);
        Span<float> sines = features[..h], cosines = features[h..];
        for (int i = 0; i < sines.Length; i++) sines[i] += (sineHigh[i] * cosineLow[i]) + (cosineHigh[i] * sineLow[i]);
        for (int i = 0; i < cosines.Length; i++) cosines[i] += (cosineHigh[i] * cosineLow[i]) - (sineHigh[i] * sineLow[i]);
    }
}
