using RLSeq.LibTorch;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What a loss does with the losses of the elements.</summary>
        public enum Reduction : long
        {
            /// <summary>Returns them.</summary>
            None = 0,

            /// <summary>Returns their mean.</summary>
            Mean = 1,

            /// <summary>Returns their sum.</summary>
            Sum = 2,
        }

        /// <summary>What modules compute, as functions.</summary>
        public static partial class functional
        {
            /// <summary>input · weightsᵀ + bias.</summary>
            /// <param name="input">[.., I].</param>
            /// <param name="weights">[O, I].</param>
            /// <param name="bias">[O], or null.</param>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Linear.Call(input, weights, bias);

            /// <summary>max(0, x) of each element x.</summary>
            /// <param name="x">The elements.</param>
            /// <param name="inplace">Whether they are overwritten.</param>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            /// <summary>The hyperbolic tangent of each element.</summary>
            /// <param name="x">The elements.</param>
            /// <param name="inplace">Whether they are overwritten.</param>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            /// <summary>1 / (1 + e⁻ˣ) of each element x.</summary>
            /// <param name="x">The elements.</param>
            /// <param name="inplace">Whether they are overwritten.</param>
            public static Tensor sigmoid(Tensor x, bool inplace = false) => inplace ? x.sigmoid_() : x.sigmoid();

            /// <summary>x / (1 + e⁻ˣ) of each element x.</summary>
            /// <param name="x">The elements.</param>
            /// <param name="inplace">Whether they are overwritten.</param>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_() : x.silu();

            /// <summary>x · Φ(x) of each element x.</summary>
            /// <param name="x">The elements.</param>
            public static Tensor gelu(Tensor x) => x.gelu();

            /// <summary>x · Φ(x) of each element x.</summary>
            /// <param name="x">The elements.</param>
            /// <param name="approximate">How Φ is computed.</param>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate) => x.gelu(approximate);

            /// <summary>log(1 + e^(beta·x)) / beta of each element x; x itself where beta·x is above the threshold.</summary>
            /// <param name="x">The elements.</param>
            /// <param name="beta">The sharpness.</param>
            /// <param name="threshold">Where the function becomes linear.</param>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            /// <summary>log(1 / (1 + e⁻ˣ)) of each element x.</summary>
            /// <param name="input">The elements.</param>
            public static Tensor logsigmoid(Tensor input) => input.log_sigmoid();

            /// <summary>eˣ / Σ eˣ along a dimension.</summary>
            /// <param name="input">The elements.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="dtype">The type in which to compute; by the elements when not given.</param>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>log(eˣ / Σ eˣ) along a dimension.</summary>
            /// <param name="input">The elements.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="dtype">The type in which to compute; by the elements when not given.</param>
            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            /// <summary>(x − mean) / √(variance + eps) · weight + bias over the last dimensions.</summary>
            /// <param name="input">The elements.</param>
            /// <param name="normalized_shape">The lengths of the last dimensions.</param>
            /// <param name="weight">The factors, or null.</param>
            /// <param name="bias">What is added, or null.</param>
            /// <param name="eps">What is added to the variance.</param>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.LayerNorm.Call(input, normalized_shape, weight, bias, eps);

            /// <summary>While training, sets elements to 0 with probability p and multiplies the others by 1 / (1 − p).</summary>
            /// <param name="input">The elements.</param>
            /// <param name="p">The probability of 0.</param>
            /// <param name="training">Whether anything is done.</param>
            /// <param name="inplace">Whether the elements are overwritten.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace)
                    return Aten.Dropout.Call(input, p, training);
                Aten.Dropout_.Run(input, p, training);
                return input;
            }

            /// <summary>Rows of zeros with a 1 at each number.</summary>
            /// <param name="x">The numbers, Int64.</param>
            /// <param name="num_classes">The length of a row; the greatest number plus 1 when negative.</param>
            /// <returns>Int64, the shape of the numbers and the length of a row.</returns>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.OneHot.Call(x, num_classes);

            /// <summary>Attention: softmax(query · keyᵀ / √E + mask) · value.</summary>
            /// <param name="query">[.., L, E].</param>
            /// <param name="key">[.., S, E].</param>
            /// <param name="value">[.., S, V].</param>
            /// <param name="attn_mask">[.., L, S]: bools, true where attending is allowed, or numbers that are added.</param>
            /// <param name="p">The probability with which a weight is dropped.</param>
            /// <param name="is_casual">Whether position l attends to positions up to l only (TorchSharp's spelling).</param>
            /// <returns>[.., L, V].</returns>
            /// <exception cref="ArgumentException">Both a mask and the causal one are asked for.</exception>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (attn_mask is not null && is_casual)
                    throw new ArgumentException("Give either a mask or is_casual; a causal mask can be merged into attn_mask.", nameof(is_casual));
                return Aten.ScaledDotProductAttention.Exists
                    ? Aten.ScaledDotProductAttention.Call(query, key, value, attn_mask, p, is_casual)
                    : ComposedAttention(query, key, value, attn_mask, p, is_casual);
            }

            // libtorch before 2.0 has no such operator of this shape.
            private static Tensor ComposedAttention(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, bool causal)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor scores = query.matmul(key.transpose(-2, -1)).mul(1 / Math.Sqrt(query.size(-1)));
                if (causal)
                    mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril();
                if (mask is not null)
                    scores = mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity) : scores.add(mask);
                return dropout(scores.softmax(-1), p, p > 0).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
