using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements.</summary>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor sum(ScalarType? type = null) => Aten.Sum.Call(this, type);

        /// <summary>The sum along dimensions.</summary>
        /// <param name="dim">The dimensions.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Aten.SumDimIntList.Call(this, dim, keepdim, type);

        /// <summary>The mean of all elements.</summary>
        public Tensor mean() => Aten.Mean.Call(this);

        /// <summary>The mean along dimensions.</summary>
        /// <param name="dimensions">The dimensions.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Aten.MeanDim.Call(this, dimensions, keepdim, type);

        /// <summary>The sum along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Aten.SumDimIntList.Call(this, dim, keepdim, type);

        // A literal 0 converts to the enumeration of types too; an int is nearer, so it means the dimension.
        /// <summary>The sum along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor sum(int dim, bool keepdim = false, ScalarType? type = null) => Aten.SumDimIntList.Call(this, dim, keepdim, type);

        // A literal 0 converts to the enumeration of types too; an int is nearer, so it means the dimension.
        /// <summary>The product along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor prod(int dim, bool keepdim = false, ScalarType? type = null) => Aten.ProdDimInt.Call(this, dim, keepdim, type);

        /// <summary>The standard deviation of all elements.</summary>
        /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
        public Tensor std(bool unbiased = true) => Aten.Std.Call(this, unbiased);

        /// <summary>The standard deviation along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Deviation(Aten.StdDim, [dim], unbiased, keepdim, type);

        /// <summary>The standard deviation along dimensions.</summary>
        /// <param name="dimensions">The dimensions.</param>
        /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Deviation(Aten.StdDim, dimensions, unbiased, keepdim, type);

        /// <summary>The variance of all elements.</summary>
        /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
        public Tensor var(bool unbiased = true) => Aten.Var.Call(this, unbiased);

        /// <summary>The variance along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Deviation(Aten.VarDim, [dim], unbiased, keepdim, type);

        /// <summary>The variance along dimensions.</summary>
        /// <param name="dimensions">The dimensions.</param>
        /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Deviation(Aten.VarDim, dimensions, unbiased, keepdim, type);

        /// <summary>The variance and the mean of all elements.</summary>
        /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Aten.VarMean.CallPair(this, unbiased);

        /// <summary>The greatest element.</summary>
        public Tensor max() => Aten.Max.Call(this);

        /// <summary>The greatest elements along a dimension, and their indices.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Aten.MaxDim.CallPair(this, dim, keepdim);

        /// <summary>The greater of both elements.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The greatest elements along dimensions.</summary>
        /// <param name="dims">The dimensions.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor amax(long[] dims, bool keepdim = false) => Aten.Amax.Call(this, dims, keepdim);

        /// <summary>The index of the greatest element among all in order.</summary>
        public Tensor argmax() => Aten.Argmax.Call(this);

        /// <summary>The indices of the greatest elements along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor argmax(long dim, bool keepdim = false) => Aten.Argmax.Call(this, dim, keepdim);

        /// <summary>The least element.</summary>
        public Tensor min() => Aten.Min.Call(this);

        /// <summary>The least elements along a dimension, and their indices.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Aten.MinDim.CallPair(this, dim, keepdim);

        /// <summary>The lesser of both elements.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>The least elements along dimensions.</summary>
        /// <param name="dims">The dimensions.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor amin(long[] dims, bool keepdim = false) => Aten.Amin.Call(this, dims, keepdim);

        /// <summary>The index of the least element among all in order.</summary>
        public Tensor argmin() => Aten.Argmin.Call(this);

        /// <summary>The indices of the least elements along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor argmin(long dim, bool keepdim = false) => Aten.Argmin.Call(this, dim, keepdim);

        /// <summary>Whether any element is not zero.</summary>
        public Tensor any() => Aten.Any.Call(this);

        /// <summary>Whether any element is not zero, along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor any(long dim, bool keepdim = false) => Aten.AnyDim.Call(this, dim, keepdim);

        /// <summary>Whether all elements are not zero.</summary>
        public Tensor all() => Aten.All.Call(this);

        /// <summary>Whether all elements are not zero, along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor all(long dim, bool keepdim = false) => Aten.AllDim.Call(this, dim, keepdim);

        /// <summary>The product of all elements.</summary>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor prod(ScalarType? type = null) => Aten.Prod.Call(this, type);

        /// <summary>The product along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Aten.ProdDimInt.Call(this, dim, keepdim, type);

        /// <summary>The median of all elements, the lower one of two.</summary>
        public Tensor median() => Aten.Median.Call(this);

        /// <summary>Quantiles along a dimension, between elements by linear interpolation.</summary>
        /// <param name="q">Which, in [0, 1].</param>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Aten.Quantile.Call(this, q, dim, keepdim);

        /// <summary>The sums of all elements up to each one along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.Cumsum.Call(this, dim, type);

        /// <summary>The products of all elements up to each one along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="type">The type of the result; by the elements when not given.</param>
        public Tensor cumprod(long dim, ScalarType? type = null) => Aten.Cumprod.Call(this, dim, type);

        /// <summary>The greatest element up to each one along a dimension, and its index.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        public (Tensor values, Tensor indexes) cummax(long dim) => Aten.Cummax.CallPair(this, dim);

        /// <summary>log Σ eˣ along a dimension, without overflow.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.Logsumexp.Call(this, dim, keepdim);

        /// <summary>log Σ eˣ of all elements up to each one along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        public Tensor logcumsumexp(long dim) => Aten.Logcumsumexp.Call(this, dim);

        /// <summary>eˣ / Σ eˣ along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="dtype">The type in which to compute; by the elements when not given.</param>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.SoftmaxInt.Call(this, dim, dtype);

        /// <summary>log(eˣ / Σ eˣ) along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="dtype">The type in which to compute; by the elements when not given.</param>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.LogSoftmaxInt.Call(this, dim, dtype);

        /// <summary>(Σ |x|ᵖ)^(1/p) of all elements.</summary>
        /// <param name="p">The exponent.</param>
        public Tensor norm(float p = 2.0f) => Aten.NormScalar.Call(this, p);

        /// <summary>(Σ |x|ᵖ)^(1/p) along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
        /// <param name="p">The exponent.</param>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Aten.NormScalarOptDim.Call(this, p, dim, keepdim);

        /// <summary>How many elements are not zero, along dimensions or in all.</summary>
        /// <param name="dims">The dimensions; all when not given.</param>
        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Aten.CountNonzero.Call(this) : Aten.CountNonzeroDimIntList.Call(this, dims);

        /// <summary>The differences of neighbours along a dimension.</summary>
        /// <param name="n">How many times.</param>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="prepend">What stands before.</param>
        /// <param name="append">What stands after.</param>
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => Aten.Diff.Call(this, n, dim, prepend, append);

        private Tensor Deviation(Operator op, long[] dimensions, bool unbiased, bool keepdim, ScalarType? type)
        {
            if (type is null)
                return op.Call(this, dimensions, unbiased, keepdim);
            using Tensor converted = to_type(type.Value);
            return op.Call(converted, dimensions, unbiased, keepdim);
        }
    }
}
