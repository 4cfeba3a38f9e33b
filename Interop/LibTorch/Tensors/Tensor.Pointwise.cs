using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => Aten.Abs.Call(this);

        /// <summary>The absolute value of each element. Changes this tensor.</summary>
        public Tensor abs_()
        {
            Aten.Abs_.Run(this);
            return this;
        }

        /// <summary>Each element negated.</summary>
        public Tensor neg() => Aten.Neg.Call(this);

        /// <summary>Each element negated. Changes this tensor.</summary>
        public Tensor neg_()
        {
            Aten.Neg_.Run(this);
            return this;
        }

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Aten.Exp.Call(this);

        /// <summary>e to the power of each element. Changes this tensor.</summary>
        public Tensor exp_()
        {
            Aten.Exp_.Run(this);
            return this;
        }

        /// <summary>eˣ − 1 of each element x, exact near 0.</summary>
        public Tensor expm1() => Aten.Expm1.Call(this);

        /// <summary>eˣ − 1 of each element x, exact near 0. Changes this tensor.</summary>
        public Tensor expm1_()
        {
            Aten.Expm1_.Run(this);
            return this;
        }

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => Aten.Log.Call(this);

        /// <summary>The natural logarithm of each element. Changes this tensor.</summary>
        public Tensor log_()
        {
            Aten.Log_.Run(this);
            return this;
        }

        /// <summary>log(1 + x) of each element x, exact near 0.</summary>
        public Tensor log1p() => Aten.Log1p.Call(this);

        /// <summary>log(1 + x) of each element x, exact near 0. Changes this tensor.</summary>
        public Tensor log1p_()
        {
            Aten.Log1p_.Run(this);
            return this;
        }

        /// <summary>The logarithm to the base 2 of each element.</summary>
        public Tensor log2() => Aten.Log2.Call(this);

        /// <summary>The logarithm to the base 2 of each element. Changes this tensor.</summary>
        public Tensor log2_()
        {
            Aten.Log2_.Run(this);
            return this;
        }

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => Aten.Sqrt.Call(this);

        /// <summary>The square root of each element. Changes this tensor.</summary>
        public Tensor sqrt_()
        {
            Aten.Sqrt_.Run(this);
            return this;
        }

        /// <summary>One over the square root of each element.</summary>
        public Tensor rsqrt() => Aten.Rsqrt.Call(this);

        /// <summary>One over the square root of each element. Changes this tensor.</summary>
        public Tensor rsqrt_()
        {
            Aten.Rsqrt_.Run(this);
            return this;
        }

        /// <summary>The square of each element.</summary>
        public Tensor square() => Aten.Square.Call(this);

        /// <summary>One over each element.</summary>
        public Tensor reciprocal() => Aten.Reciprocal.Call(this);

        /// <summary>One over each element. Changes this tensor.</summary>
        public Tensor reciprocal_()
        {
            Aten.Reciprocal_.Run(this);
            return this;
        }

        /// <summary>The sine of each element, in radians.</summary>
        public Tensor sin() => Aten.Sin.Call(this);

        /// <summary>The sine of each element, in radians. Changes this tensor.</summary>
        public Tensor sin_()
        {
            Aten.Sin_.Run(this);
            return this;
        }

        /// <summary>The cosine of each element, in radians.</summary>
        public Tensor cos() => Aten.Cos.Call(this);

        /// <summary>The cosine of each element, in radians. Changes this tensor.</summary>
        public Tensor cos_()
        {
            Aten.Cos_.Run(this);
            return this;
        }

        /// <summary>The tangent of each element, in radians.</summary>
        public Tensor tan() => Aten.Tan.Call(this);

        /// <summary>The tangent of each element, in radians. Changes this tensor.</summary>
        public Tensor tan_()
        {
            Aten.Tan_.Run(this);
            return this;
        }

        /// <summary>The arc tangent of each element, in radians.</summary>
        public Tensor atan() => Aten.Atan.Call(this);

        /// <summary>The arc tangent of each element, in radians. Changes this tensor.</summary>
        public Tensor atan_()
        {
            Aten.Atan_.Run(this);
            return this;
        }

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => Aten.Tanh.Call(this);

        /// <summary>The hyperbolic tangent of each element. Changes this tensor.</summary>
        public Tensor tanh_()
        {
            Aten.Tanh_.Run(this);
            return this;
        }

        /// <summary>1 / (1 + e⁻ˣ) of each element x.</summary>
        public Tensor sigmoid() => Aten.Sigmoid.Call(this);

        /// <summary>1 / (1 + e⁻ˣ) of each element x. Changes this tensor.</summary>
        public Tensor sigmoid_()
        {
            Aten.Sigmoid_.Run(this);
            return this;
        }

        /// <summary>max(0, x) of each element x.</summary>
        public Tensor relu() => Aten.Relu.Call(this);

        /// <summary>max(0, x) of each element x. Changes this tensor.</summary>
        public Tensor relu_()
        {
            Aten.Relu_.Run(this);
            return this;
        }

        /// <summary>x / (1 + e⁻ˣ) of each element x.</summary>
        public Tensor silu() => Aten.Silu.Call(this);

        /// <summary>x / (1 + e⁻ˣ) of each element x. Changes this tensor.</summary>
        public Tensor silu_()
        {
            Aten.Silu_.Run(this);
            return this;
        }

        /// <summary>The error function of each element.</summary>
        public Tensor erf() => Aten.Erf.Call(this);

        /// <summary>The error function of each element. Changes this tensor.</summary>
        public Tensor erf_()
        {
            Aten.Erf_.Run(this);
            return this;
        }

        /// <summary>−1, 0 or 1: the sign of each element.</summary>
        public Tensor sign() => Aten.Sign.Call(this);

        /// <summary>−1, 0 or 1: the sign of each element. Changes this tensor.</summary>
        public Tensor sign_()
        {
            Aten.Sign_.Run(this);
            return this;
        }

        /// <summary>The greatest integer not above each element.</summary>
        public Tensor floor() => Aten.Floor.Call(this);

        /// <summary>The greatest integer not above each element. Changes this tensor.</summary>
        public Tensor floor_()
        {
            Aten.Floor_.Run(this);
            return this;
        }

        /// <summary>The least integer not below each element.</summary>
        public Tensor ceil() => Aten.Ceil.Call(this);

        /// <summary>The least integer not below each element. Changes this tensor.</summary>
        public Tensor ceil_()
        {
            Aten.Ceil_.Run(this);
            return this;
        }

        /// <summary>Each element without its fraction.</summary>
        public Tensor trunc() => Aten.Trunc.Call(this);

        /// <summary>Each element without its fraction. Changes this tensor.</summary>
        public Tensor trunc_()
        {
            Aten.Trunc_.Run(this);
            return this;
        }

        /// <summary>The logarithm of the absolute value of the gamma function of each element.</summary>
        public Tensor lgamma() => Aten.Lgamma.Call(this);

        /// <summary>The derivative of the logarithm of the gamma function at each element.</summary>
        public Tensor digamma() => Aten.Digamma.Call(this);

        /// <summary>Whether each element is zero.</summary>
        public Tensor logical_not() => Aten.LogicalNot.Call(this);

        /// <summary>Whether each element is zero. Changes this tensor.</summary>
        public Tensor logical_not_()
        {
            Aten.LogicalNot_.Run(this);
            return this;
        }

        /// <summary>Each element with its bits turned; logical not of bools.</summary>
        public Tensor bitwise_not() => Aten.BitwiseNot.Call(this);

        /// <summary>Each element with its bits turned; logical not of bools. Changes this tensor.</summary>
        public Tensor bitwise_not_()
        {
            Aten.BitwiseNot_.Run(this);
            return this;
        }

        /// <summary>Whether each element is not a number.</summary>
        public Tensor isnan() => Aten.Isnan.Call(this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Aten.Isinf.Call(this);

        /// <summary>Whether each element is finite.</summary>
        public Tensor isfinite() => Aten.Isfinite.Call(this);

        /// <summary>Each element negated.</summary>
        public Tensor negative() => neg();

        /// <summary>x · Φ(x) of each element x, with Φ the distribution function of the standard normal distribution.</summary>
        public Tensor gelu() => Aten.Gelu.Call(this);

        /// <summary>x · Φ(x) of each element x.</summary>
        /// <param name="approximate">How Φ is computed.</param>
        public Tensor gelu(Modules.GELU.Approximate approximate) => Aten.Gelu.Call(this, Modules.GELU.Name(approximate));

        /// <summary>log(1 + e^(beta·x)) / beta of each element x; x itself where beta·x is above the threshold.</summary>
        /// <param name="beta">The sharpness.</param>
        /// <param name="threshold">Where the function becomes linear.</param>
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.Softplus.Call(this, beta, threshold);

        /// <summary>log(1 / (1 + e⁻ˣ)) of each element x.</summary>
        public Tensor log_sigmoid() => Aten.LogSigmoid.Call(this);

        /// <summary>x for positive elements x, alpha·(eˣ − 1) for the others.</summary>
        /// <param name="alpha">The limit at −∞, negated.</param>
        public Tensor elu(double alpha = 1) => Aten.Elu.Call(this, alpha);

        /// <summary>x for positive elements x, negative_slope·x for the others.</summary>
        /// <param name="negative_slope">The slope below 0.</param>
        public Tensor leaky_relu(Scalar negative_slope) => Aten.LeakyRelu.Call(this, negative_slope);

        /// <summary>Each element rounded to so many decimals, halves to even.</summary>
        /// <param name="decimals">How many.</param>
        public Tensor round(long decimals = 0) => Aten.RoundDecimals.Call(this, decimals);

        /// <summary>The elements with NaN and infinities replaced.</summary>
        /// <param name="nan">What replaces NaN.</param>
        /// <param name="posinf">What replaces ∞; the greatest number of the type when not given.</param>
        /// <param name="neginf">What replaces −∞; the least number of the type when not given.</param>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Aten.NanToNum.Call(this, nan, posinf, neginf);
    }
}
