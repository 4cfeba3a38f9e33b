using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same elements in another shape, sharing memory.</summary>
        /// <param name="shape">The new lengths; one may be −1 and is worked out.</param>
        public Tensor view(params long[] shape) => Aten.View.Call(this, shape);

        /// <summary>The same elements in the shape of another tensor, sharing memory.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor view_as(Tensor other) => Aten.ViewAs.Call(this, other);

        /// <summary>The same elements in another shape, sharing memory where possible.</summary>
        /// <param name="shape">The new lengths; one may be −1 and is worked out.</param>
        public Tensor reshape(params long[] shape) => Aten.Reshape.Call(this, shape);

        /// <summary>A range of dimensions merged into one.</summary>
        /// <param name="start_dim">The first dimension.</param>
        /// <param name="end_dim">The last dimension.</param>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.FlattenUsingInts.Call(this, start_dim, end_dim);

        /// <summary>One dimension split into several.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="sizes">The lengths of the new dimensions; one may be −1.</param>
        public Tensor unflatten(long dim, params long[] sizes)
        {
            // Composed from a view: the operator's schema changed between versions.
            long[] old = shape;
            int at = (int)(dim < 0 ? dim + old.Length : dim);
            if ((uint)at >= (uint)old.Length)
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor is {this}.");
            return reshape([.. old[..at], .. sizes, .. old[(at + 1)..]]);
        }

        /// <summary>Without the dimensions of length 1, or without one such dimension.</summary>
        /// <param name="dim">The only dimension to drop; kept where it is longer than 1.</param>
        public Tensor squeeze(long? dim = null) => dim is { } d ? Aten.SqueezeDim.Call(this, d) : Aten.Squeeze.Call(this);

        /// <summary>With a new dimension of length 1.</summary>
        /// <param name="dim">Where it stands in the result.</param>
        public Tensor unsqueeze(long dim) => Aten.Unsqueeze.Call(this, dim);

        /// <summary>Drops the dimensions of length 1, or one of them.</summary>
        /// <param name="dim">The only dimension to drop.</param>
        public Tensor squeeze_(long? dim = null)
        {
            if (dim is { } d)
                Aten.SqueezeDim_.Run(this, d);
            else
                Aten.Squeeze_.Run(this);
            return this;
        }

        /// <summary>Adds a dimension of length 1.</summary>
        /// <param name="dim">Where it stands afterwards.</param>
        public Tensor unsqueeze_(long dim)
        {
            Aten.Unsqueeze_.Run(this, dim);
            return this;
        }

        /// <summary>A matrix transposed; a vector as it is.</summary>
        public Tensor t() => Aten.T.Call(this);

        /// <summary>The dimensions in reverse order.</summary>
        public Tensor T => Aten.NumpyT.Call(this);

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => Aten.TransposeInt.Call(this, -2, -1);

        /// <summary>Two dimensions exchanged.</summary>
        /// <param name="dim0">The one.</param>
        /// <param name="dim1">The other.</param>
        public Tensor transpose(long dim0, long dim1) => Aten.TransposeInt.Call(this, dim0, dim1);

        /// <summary>Exchanges two dimensions.</summary>
        /// <param name="dim0">The one.</param>
        /// <param name="dim1">The other.</param>
        public Tensor transpose_(long dim0, long dim1)
        {
            Aten.Transpose_.Run(this, dim0, dim1);
            return this;
        }

        /// <summary>Two dimensions exchanged.</summary>
        /// <param name="dim0">The one.</param>
        /// <param name="dim1">The other.</param>
        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        /// <summary>The dimensions in another order.</summary>
        /// <param name="permutation">For each new dimension, which old one.</param>
        public Tensor permute(params long[] permutation) => Aten.Permute.Call(this, permutation);

        /// <summary>Dimensions moved to other places.</summary>
        /// <param name="source">Which.</param>
        /// <param name="destination">Where to.</param>
        public Tensor movedim(long[] source, long[] destination) => Aten.MovedimIntlist.Call(this, source, destination);

        /// <summary>Dimensions of length 1 repeated without copying.</summary>
        /// <param name="sizes">The new lengths; −1 keeps one.</param>
        public Tensor expand(params long[] sizes) => Aten.Expand.Call(this, sizes);

        /// <summary>Dimensions of length 1 repeated without copying.</summary>
        /// <param name="sizes">The new lengths; −1 keeps one.</param>
        /// <param name="isImplicit">Whether the expansion stands for broadcasting.</param>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Aten.Expand.Call(this, sizes.ToArray(), isImplicit);

        /// <summary>Expanded to the shape of another tensor.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor expand_as(Tensor other) => Aten.ExpandAs.Call(this, other);

        /// <summary>Expanded to a shape by the rules of broadcasting.</summary>
        /// <param name="shape">The new lengths.</param>
        public Tensor broadcast_to(params long[] shape) => Aten.BroadcastTo.Call(this, shape);

        /// <summary>Copied side by side.</summary>
        /// <param name="sizes">How often, along each dimension.</param>
        public Tensor repeat(params long[] sizes) => Aten.Repeat.Call(this, sizes);

        /// <summary>Each element repeated.</summary>
        /// <param name="repeats">How often.</param>
        /// <param name="dim">Along which dimension; flattened when not given.</param>
        /// <param name="output_size">The resulting length, if known.</param>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Aten.RepeatInterleaveSelfInt.Call(this, repeats, dim, output_size);

        /// <summary>Each element repeated as often as stated for it.</summary>
        /// <param name="repeats">How often.</param>
        /// <param name="dim">Along which dimension; flattened when not given.</param>
        /// <param name="output_size">The resulting length, if known.</param>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Aten.RepeatInterleaveSelfTensor.Call(this, repeats, dim, output_size);

        /// <summary>A range along one dimension, sharing memory.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="start">The first index.</param>
        /// <param name="length">How many.</param>
        public Tensor narrow(long dim, long start, long length) => Aten.Narrow.Call(this, dim, start, length);

        /// <summary>One index along one dimension, which disappears; sharing memory.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="index">The index; negative ones count from the end.</param>
        public Tensor select(long dim, long index) => Aten.SelectInt.Call(this, dim, index);

        /// <summary>A range with a step along one dimension, sharing memory.</summary>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        /// <param name="start">The first index.</param>
        /// <param name="finish">The index after the last.</param>
        /// <param name="step">From one index to the next.</param>
        public Tensor slice(long dim, long start, long finish, long step) => Aten.SliceTensor.Call(this, dim, start, finish, step);

        /// <summary>A view with strides of your own.</summary>
        /// <param name="size">The lengths.</param>
        /// <param name="strides">How many elements lie between neighbours.</param>
        /// <param name="storageOffset">Where it begins.</param>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Aten.AsStrided.Call(this, size, strides, storageOffset);

        /// <summary>Sliding windows along one dimension, as a last dimension; sharing memory.</summary>
        /// <param name="dimension">The dimension.</param>
        /// <param name="size">The length of a window.</param>
        /// <param name="step">From one window to the next.</param>
        public Tensor unfold(long dimension, long size, long step) => Aten.Unfold.Call(this, dimension, size, step);

        /// <summary>The slices along one dimension, which disappears.</summary>
        /// <param name="dimension">The dimension.</param>
        public Tensor[] unbind(long dimension = 0) => Aten.UnbindInt.CallList(this, dimension);

        /// <summary>Parts of equal length, the last perhaps shorter.</summary>
        /// <param name="chunks">How many at most.</param>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.Chunk.CallList(this, chunks, dim);

        /// <summary>Parts of a given length, the last perhaps shorter.</summary>
        /// <param name="size">The length.</param>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        public Tensor[] split(long size, int dim = 0) => Aten.SplitTensor.CallList(this, size, dim);

        /// <summary>Parts of given lengths.</summary>
        /// <param name="sizes">The lengths.</param>
        /// <param name="dim">The dimension; negative ones count from the end.</param>
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.SplitWithSizes.CallList(this, sizes, dim);

        /// <summary>In reverse order along dimensions.</summary>
        /// <param name="dims">The dimensions.</param>
        public Tensor flip(params long[] dims) => Aten.Flip.Call(this, dims);

        /// <summary>Moved along a dimension; what leaves at the end enters at the beginning.</summary>
        /// <param name="shifts">How far.</param>
        /// <param name="dims">The dimension; flattened when not given.</param>
        public Tensor roll(long shifts, long? dims = null) => dims is { } d ? Aten.Roll.Call(this, shifts, d) : Aten.Roll.Call(this, shifts);

        /// <summary>Moved along dimensions; what leaves at the end enters at the beginning.</summary>
        /// <param name="shifts">How far.</param>
        /// <param name="dims">The dimensions.</param>
        public Tensor roll(long[] shifts, long[] dims) => Aten.Roll.Call(this, shifts, dims);

        /// <summary>The elements on and below a diagonal; 0 elsewhere.</summary>
        /// <param name="diagonal">Which diagonal; positive ones lie above the main one.</param>
        public Tensor tril(long diagonal = 0) => Aten.Tril.Call(this, diagonal);

        /// <summary>Sets the elements that are not on or below a diagonal to 0.</summary>
        /// <param name="diagonal">Which diagonal.</param>
        public Tensor tril_(long diagonal = 0)
        {
            Aten.Tril_.Run(this, diagonal);
            return this;
        }

        /// <summary>The elements on and above a diagonal; 0 elsewhere.</summary>
        /// <param name="diagonal">Which diagonal; positive ones lie above the main one.</param>
        public Tensor triu(long diagonal = 0) => Aten.Triu.Call(this, diagonal);

        /// <summary>Sets the elements that are not on or above a diagonal to 0.</summary>
        /// <param name="diagonal">Which diagonal.</param>
        public Tensor triu_(long diagonal = 0)
        {
            Aten.Triu_.Run(this, diagonal);
            return this;
        }

        /// <summary>The diagonal of a matrix, or the matrix with this diagonal.</summary>
        /// <param name="diagonal">Which diagonal.</param>
        public Tensor diag(long diagonal = 0) => Aten.Diag.Call(this, diagonal);

        /// <summary>The diagonal of the last dimensions, sharing memory.</summary>
        /// <param name="offset">Which diagonal.</param>
        /// <param name="dim1">The rows.</param>
        /// <param name="dim2">The columns.</param>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Aten.Diagonal.Call(this, offset, dim1, dim2);
    }
}
