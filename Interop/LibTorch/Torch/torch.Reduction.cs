using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The sum of all elements.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <summary>The sum along dimensions.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimensions.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor sum(Tensor input, long[] dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    /// <summary>The mean of all elements.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor mean(Tensor input) => input.mean();

    /// <summary>The mean along dimensions.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) => input.mean(dimensions, keepdim, type);

    /// <summary>The sum along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    // A literal 0 converts to the enumeration of types too; an int is nearer, so it means the dimension.
    /// <summary>The sum along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor sum(Tensor input, int dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    // A literal 0 converts to the enumeration of types too; an int is nearer, so it means the dimension.
    /// <summary>The product along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor prod(Tensor input, int dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);

    /// <summary>The standard deviation of all elements.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    /// <summary>The standard deviation along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor std(Tensor input, long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dim, unbiased, keepdim, type);

    /// <summary>The standard deviation along dimensions.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    /// <summary>The variance of all elements.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    /// <summary>The variance along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor var(Tensor input, long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dim, unbiased, keepdim, type);

    /// <summary>The variance along dimensions.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="unbiased">Whether to divide by the count less one instead of the count.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    /// <summary>The greatest element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor max(Tensor input) => input.max();

    /// <summary>The greatest elements along a dimension, and their indices.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);

    /// <summary>The greater of both elements.</summary>
    /// <param name="input">The one tensor.</param>
    /// <param name="other">The other tensor.</param>
    public static Tensor max(Tensor input, Tensor other) => input.maximum(other);

    /// <summary>The greatest elements along dimensions.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dims">The dimensions.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false) => input.amax(dims, keepdim);

    /// <summary>The index of the greatest element among all in order.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor argmax(Tensor input) => input.argmax();

    /// <summary>The indices of the greatest elements along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    /// <summary>The least element.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor min(Tensor input) => input.min();

    /// <summary>The least elements along a dimension, and their indices.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);

    /// <summary>The lesser of both elements.</summary>
    /// <param name="input">The one tensor.</param>
    /// <param name="other">The other tensor.</param>
    public static Tensor min(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>The least elements along dimensions.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dims">The dimensions.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false) => input.amin(dims, keepdim);

    /// <summary>The index of the least element among all in order.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor argmin(Tensor input) => input.argmin();

    /// <summary>The indices of the least elements along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    /// <summary>Whether any element is not zero.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor any(Tensor input) => input.any();

    /// <summary>Whether any element is not zero, along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);

    /// <summary>Whether all elements are not zero.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor all(Tensor input) => input.all();

    /// <summary>Whether all elements are not zero, along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);

    /// <summary>The product of all elements.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);

    /// <summary>The product along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);

    /// <summary>The median of all elements, the lower one of two.</summary>
    /// <param name="input">The elements.</param>
    public static Tensor median(Tensor input) => input.median();

    /// <summary>The sums of all elements up to each one along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    /// <summary>The products of all elements up to each one along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="type">The type of the result; by the elements when not given.</param>
    public static Tensor cumprod(Tensor input, long dim, ScalarType? type = null) => input.cumprod(dim, type);

    /// <summary>log Σ eˣ along a dimension, without overflow.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="keepdim">Whether the dimension stays, with length 1.</param>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    /// <summary>log Σ eˣ of all elements up to each one along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor logcumsumexp(Tensor input, long dim) => input.logcumsumexp(dim);

    /// <summary>eˣ / Σ eˣ along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="dtype">The type in which to compute; by the elements when not given.</param>
    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    /// <summary>log(eˣ / Σ eˣ) along a dimension.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="dtype">The type in which to compute; by the elements when not given.</param>
    public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);
}
