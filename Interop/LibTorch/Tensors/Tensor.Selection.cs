using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The slices at given indices along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        public Tensor index_select(long dim, Tensor index) => Aten.IndexSelect.Call(this, dim, index);

        /// <summary>out[i][j] = this[index[i][j]][j] for dim 0, and so on.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        public Tensor gather(long dim, Tensor index) => Aten.Gather.Call(this, dim, index);

        /// <summary>The elements at indices into all elements in order.</summary>
        /// <param name="index">The indices, Int64.</param>
        public Tensor take(Tensor index) => Aten.Take.Call(this, index);

        /// <summary>The elements at indices along a dimension, broadcast.</summary>
        /// <param name="indices">The indices, Int64.</param>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        public Tensor take_along_dim(Tensor indices, long dim) => Aten.TakeAlongDim.Call(this, indices, dim);

        /// <summary>This tensor with the values at the indices along a dimension replaced.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="src">The values.</param>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.ScatterSrc.Call(this, dim, index, src);

        /// <summary>Leaves this tensor with the values at the indices along a dimension replaced.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="src">The values.</param>
        public Tensor scatter_(long dim, Tensor index, Tensor src)
        {
            Aten.ScatterSrc_.Run(this, dim, index, src);
            return this;
        }

        /// <summary>This tensor with the values added at the indices along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="src">The values.</param>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.ScatterAdd.Call(this, dim, index, src);

        /// <summary>Leaves this tensor with the values added at the indices along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="src">The values.</param>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src)
        {
            Aten.ScatterAdd_.Run(this, dim, index, src);
            return this;
        }

        /// <summary>This tensor with alpha times the slices added at the indices along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="source">The slices.</param>
        /// <param name="alpha">The factor.</param>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.IndexAdd.Call(this, dim, index, source, alpha);

        /// <summary>Adds alpha times the slices at the indices along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="source">The slices.</param>
        /// <param name="alpha">The factor.</param>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            Aten.IndexAdd_.Run(this, dim, index, source, alpha);
            return this;
        }

        /// <summary>This tensor with the slices at the indices along a dimension replaced.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="source">The slices.</param>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Aten.IndexCopy.Call(this, dim, index, source);

        /// <summary>Replaces the slices at the indices along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="source">The slices.</param>
        public Tensor index_copy_(long dim, Tensor index, Tensor source)
        {
            Aten.IndexCopy_.Run(this, dim, index, source);
            return this;
        }

        /// <summary>This tensor with the slices at the indices along a dimension set to a number.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="value">The number.</param>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Aten.IndexFillIntScalar.Call(this, dim, index, value);

        /// <summary>Sets the slices at the indices along a dimension to a number.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The indices, Int64.</param>
        /// <param name="value">The number.</param>
        public Tensor index_fill_(long dim, Tensor index, Scalar value)
        {
            Aten.IndexFillIntScalar_.Run(this, dim, index, value);
            return this;
        }

        /// <summary>This tensor with the masked elements set to a number.</summary>
        /// <param name="mask">Where; bools, broadcast.</param>
        /// <param name="value">The number.</param>
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.MaskedFillScalar.Call(this, mask, value);

        /// <summary>Sets the masked elements to a number.</summary>
        /// <param name="mask">Where; bools, broadcast.</param>
        /// <param name="value">The number.</param>
        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            Aten.MaskedFillScalar_.Run(this, mask, value);
            return this;
        }

        /// <summary>The masked elements in order.</summary>
        /// <param name="mask">Where; bools, broadcast.</param>
        public Tensor masked_select(Tensor mask) => Aten.MaskedSelect.Call(this, mask);

        /// <summary>This tensor with the masked elements replaced by values in order.</summary>
        /// <param name="mask">Where; bools, broadcast.</param>
        /// <param name="value">The values.</param>
        public Tensor masked_scatter(Tensor mask, Tensor value) => Aten.MaskedScatter.Call(this, mask, value);

        /// <summary>The indices of all elements that are not zero, one per row.</summary>
        public Tensor nonzero() => Aten.Nonzero.Call(this);

        /// <summary>This tensor where the condition holds, another elsewhere.</summary>
        /// <param name="condition">The condition.</param>
        /// <param name="y">The other tensor.</param>
        public Tensor where(Tensor condition, Tensor y) => Aten.WhereSelf.Call(condition, this, y);

        /// <summary>The elements in order along a dimension, and their indices.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="descending">Whether the greatest comes first.</param>
        /// <param name="stable">Whether equal elements keep their order.</param>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.SortStable.CallPair(this, stable, dim, descending);

        /// <summary>The indices that put the elements in order along a dimension.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="descending">Whether the greatest comes first.</param>
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.Argsort.Call(this, dim, descending);

        /// <summary>The greatest or least elements along a dimension, and their indices.</summary>
        /// <param name="k">How many.</param>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="largest">Whether the greatest.</param>
        /// <param name="sorted">Whether in order.</param>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Aten.Topk.CallPair(this, k, dim, largest, sorted);

        /// <summary>How often each integer occurs.</summary>
        /// <param name="weights">What each occurrence counts; 1 when not given.</param>
        /// <param name="minlength">The least length of the result.</param>
        public Tensor bincount(Tensor? weights = null, long minlength = 0) => Aten.Bincount.Call(this, weights, minlength);

        /// <summary>The index of the interval in which each element lies.</summary>
        /// <param name="boundaries">The bounds in ascending order.</param>
        /// <param name="outInt32">Whether the indices are Int32.</param>
        /// <param name="right">Whether a bound belongs to the interval after it.</param>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Aten.BucketizeTensor.Call(this, boundaries, outInt32, right);
    }
}
