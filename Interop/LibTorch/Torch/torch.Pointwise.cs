using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The absolute value of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>The absolute value of each element. Changes the tensor.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor abs_(Tensor input) => input.abs_();

    /// <summary>Each element negated.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>e to the power of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>e to the power of each element. Changes the tensor.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor exp_(Tensor input) => input.exp_();

    /// <summary>eˣ − 1 of each element x, exact near 0.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>The natural logarithm of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>The natural logarithm of each element. Changes the tensor.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor log_(Tensor input) => input.log_();

    /// <summary>log(1 + x) of each element x, exact near 0.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>The logarithm to the base 2 of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>The square root of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>The square root of each element. Changes the tensor.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    /// <summary>One over the square root of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>The square of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>One over each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>The sine of each element, in radians.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>The cosine of each element, in radians.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>The tangent of each element, in radians.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor tan(Tensor input) => input.tan();

    /// <summary>The arc tangent of each element, in radians.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor atan(Tensor input) => input.atan();

    /// <summary>The hyperbolic tangent of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>The hyperbolic tangent of each element. Changes the tensor.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor tanh_(Tensor input) => input.tanh_();

    /// <summary>1 / (1 + e⁻ˣ) of each element x.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>1 / (1 + e⁻ˣ) of each element x. Changes the tensor.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    /// <summary>max(0, x) of each element x.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor relu(Tensor input) => input.relu();

    /// <summary>x / (1 + e⁻ˣ) of each element x.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor silu(Tensor input) => input.silu();

    /// <summary>The error function of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>−1, 0 or 1: the sign of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>The greatest integer not above each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>The least integer not below each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>Each element without its fraction.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <summary>The logarithm of the absolute value of the gamma function of each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor lgamma(Tensor input) => input.lgamma();

    /// <summary>The derivative of the logarithm of the gamma function at each element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor digamma(Tensor input) => input.digamma();

    /// <summary>Whether each element is zero.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor logical_not(Tensor input) => input.logical_not();

    /// <summary>Each element with its bits turned; logical not of bools.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    /// <summary>Whether each element is not a number.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Whether each element is infinite.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor isinf(Tensor input) => input.isinf();

    /// <summary>Whether each element is finite.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor isfinite(Tensor input) => input.isfinite();

    /// <summary>x · Φ(x) of each element x, with Φ the distribution function of the standard normal distribution.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor gelu(Tensor input) => input.gelu();

    /// <summary>log(1 + e^(beta·x)) / beta of each element x; x itself where beta·x is above the threshold.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="beta">The sharpness.</param>
    /// <param name="threshold">Where the function becomes linear.</param>
    public static Tensor softplus(Tensor input, double beta = 1, double threshold = 20) => input.softplus(beta, threshold);

    /// <summary>Each element rounded to so many decimals, halves to even.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="decimals">How many.</param>
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);
}
