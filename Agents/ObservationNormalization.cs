namespace RLSeq.Agents;

/// <summary>
/// Normalisation of the continuous elements of an encoded observation: <c>clamp((x − mean) · scale, −clip, clip)</c>.
/// One-hot elements have mean 0 and scale 1.
/// </summary>
/// <param name="Mean">Per encoded element, <c>[E]</c>.</param>
/// <param name="Scale">One over the standard deviation per encoded element, <c>[E]</c>.</param>
/// <param name="Clip">The largest magnitude that is passed on.</param>
public sealed record ObservationNormalization(float[] Mean, float[] Scale, float Clip);
