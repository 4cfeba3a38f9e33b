using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>x where the condition holds, y elsewhere.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="x">The one tensor.</param>
    /// <param name="y">The other tensor.</param>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.WhereSelf.Call(condition, x, y);

    /// <summary>out[i][j] = input[index[i][j]][j] for dim 0, and so on.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="index">The indices, Int64.</param>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <summary>The slices at given indices along a dimension.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="index">The indices, Int64.</param>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <summary>The masked elements in order.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="mask">Where; bools, broadcast.</param>
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    /// <summary>The indices of all elements that are not zero, one per row.</summary>
    /// <param name="input">The tensor.</param>
    public static Tensor nonzero(Tensor input) => input.nonzero();

    /// <summary>The elements in order along a dimension, and their indices.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <param name="stable">Whether equal elements keep their order.</param>
    public static (Tensor Values, Tensor Indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) => input.sort(dim, descending, stable);

    /// <summary>The greatest or least elements along a dimension, and their indices.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="k">How many.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    /// <param name="largest">Whether the greatest.</param>
    /// <param name="sorted">Whether in order.</param>
    public static (Tensor values, Tensor indexes) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) => tensor.topk(k, dim, largest, sorted);
}
