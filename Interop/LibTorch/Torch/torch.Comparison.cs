using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Whether each element on the left equals the one on the right.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    /// <summary>Whether each element on the left differs from the one on the right.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    /// <summary>Whether each element on the left is less than the one on the right.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    /// <summary>Whether each element on the left is at most the one on the right.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    /// <summary>Whether each element on the left is greater than the one on the right.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    /// <summary>Whether each element on the left is at least the one on the right.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    /// <summary>Whether both elements are not zero.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    /// <summary>Whether either element is not zero.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    /// <summary>Whether exactly one of both elements is not zero.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);

    /// <summary>Whether all elements are equal within atol + rtol·|target|.</summary>
    /// <param name="tensor">The one tensor.</param>
    /// <param name="target">The other tensor.</param>
    /// <param name="rtol">The relative tolerance.</param>
    /// <param name="atol">The absolute tolerance.</param>
    /// <param name="equal_nan">Whether NaN equals NaN.</param>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    /// <summary>Whether each element on the left equals the one on the right.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Tensor equal(Tensor left, Tensor right) => left.eq(right);
}
