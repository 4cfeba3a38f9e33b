using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The sum element by element.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    /// <summary>The sum of each element and a number.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">The number.</param>
    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    /// <summary>The difference element by element.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    /// <summary>The difference of each element and a number.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">The number.</param>
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    /// <summary>The product element by element.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    /// <summary>The product of each element and a number.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">The number.</param>
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    /// <summary>The quotient element by element.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="rounding_mode">Whether and how the quotient is rounded.</param>
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    /// <summary>The quotient of each element and a number.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">The number.</param>
    /// <param name="rounding_mode">Whether and how the quotient is rounded.</param>
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    /// <summary>Each element to the power of the other's.</summary>
    /// <param name="left">The bases.</param>
    /// <param name="exponent">The exponents.</param>
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    /// <summary>Each element to the power of a number.</summary>
    /// <param name="left">The bases.</param>
    /// <param name="exponent">The exponent.</param>
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    /// <summary>The angle of the point (other, input), in (−π, π].</summary>
    /// <param name="input">The one coordinate.</param>
    /// <param name="other">The other coordinate.</param>
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);

    /// <summary>The greater of both elements.</summary>
    /// <param name="input">The one tensor.</param>
    /// <param name="other">The other tensor.</param>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    /// <summary>The lesser of both elements.</summary>
    /// <param name="input">The one tensor.</param>
    /// <param name="other">The other tensor.</param>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>log(eˣ + eʸ), without overflow.</summary>
    /// <param name="input">The one tensor.</param>
    /// <param name="other">The other tensor.</param>
    public static Tensor logaddexp(Tensor input, Tensor other) => input.logaddexp(other);

    /// <summary>Each element cut to a range.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <summary>Each element cut to a range of its own.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    /// <summary>input + weight · (end − input).</summary>
    /// <param name="input">The one end.</param>
    /// <param name="end">The other end.</param>
    /// <param name="weight">The share of the other end.</param>
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all.</summary>
        None,

        /// <summary>Towards 0.</summary>
        trunc,

        /// <summary>Downwards.</summary>
        floor,
    }
}
