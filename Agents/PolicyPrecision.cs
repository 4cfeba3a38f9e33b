namespace RLSeq.Agents;

/// <summary>
/// The formats that a policy acts in. The first layer of the encoder, which sees raw observations, the heads, norms and biases
/// always stay <see cref="NumberFormat.Float32"/>: they are few, and every action passes through them.
/// </summary>
/// <param name="Weights">The matrices of the memory, and of the encoder after its first layer.</param>
/// <param name="Cache">Cached keys and values; the canonical state stays in 32-bit floats.</param>
public readonly record struct PolicyPrecision(NumberFormat Weights, NumberFormat Cache)
{
    /// <summary>The words of the formats, as files and the command line spell them.</summary>
    private static readonly string[] Words = ["f32", "bf16", "int8"];

    /// <summary>Everything in 32-bit floats: how policies are trained.</summary>
    public static PolicyPrecision Float32 => default;

    /// <summary>The same format for weights and cache.</summary>
    /// <param name="format">The format.</param>
    public static PolicyPrecision Of(NumberFormat format) => new(format, format);

    /// <summary>Reads <c>f32</c>, <c>bf16</c>, <c>int8</c>, or two of them, <c>int8/bf16</c>, for weights and cache.</summary>
    /// <param name="text">The text.</param>
    /// <param name="precision">Receives the precision.</param>
    /// <returns>Whether the text is a precision.</returns>
    public static bool TryParse(string? text, out PolicyPrecision precision)
    {
        string[] parts = (text ?? "").Split('/');
        int weights = Array.IndexOf(Words, parts[0]), cache = Array.IndexOf(Words, parts[^1]);
        precision = new PolicyPrecision((NumberFormat)Math.Max(0, weights), (NumberFormat)Math.Max(0, cache));
        return parts.Length <= 2 && weights >= 0 && cache >= 0;
    }

    /// <summary>One word where both are the same, else two with a slash: what <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Weights == Cache ? Words[(int)Weights] : $"{Words[(int)Weights]}/{Words[(int)Cache]}";
}
