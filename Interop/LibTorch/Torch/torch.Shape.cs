using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The elements on and below a diagonal; 0 elsewhere.</summary>
    /// <param name="input">The matrices.</param>
    /// <param name="diagonal">Which diagonal; positive ones lie above the main one.</param>
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    /// <summary>The elements on and above a diagonal; 0 elsewhere.</summary>
    /// <param name="input">The matrices.</param>
    /// <param name="diagonal">Which diagonal; positive ones lie above the main one.</param>
    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    /// <summary>Tensors one after another along a dimension.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Aten.Cat.Call(AsArray(tensors), dim);

    /// <summary>Tensors one after another along a dimension.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.Cat.Call(tensors, dim);

    /// <summary>Tensors one after another along a dimension.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors one after another along a dimension.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors side by side along a new dimension.</summary>
    /// <param name="tensors">The tensors, of one shape.</param>
    /// <param name="dim">Where the new dimension stands.</param>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.Stack.Call(AsArray(tensors), dim);

    /// <summary>Parts of equal length, the last perhaps shorter.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="chunks">How many at most.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    /// <summary>Parts of given lengths.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="split_size_or_sections">The lengths.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    /// <summary>The slices along one dimension, which disappears.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The dimension; negative ones count from the end.</param>
    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);

    /// <summary>Two dimensions exchanged.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dim0">The one.</param>
    /// <param name="dim1">The other.</param>
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    /// <summary>The dimensions in another order.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="permutation">For each new dimension, which old one.</param>
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    /// <summary>The same elements in another shape.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="shape">The new lengths; one may be −1 and is worked out.</param>
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    /// <summary>A range of dimensions merged into one.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="start_dim">The first dimension.</param>
    /// <param name="end_dim">The last dimension.</param>
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    /// <summary>With a new dimension of length 1.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">Where it stands in the result.</param>
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    /// <summary>Without the dimensions of length 1, or without one such dimension.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The only dimension to drop.</param>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    /// <summary>In reverse order along dimensions.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dims">The dimensions.</param>
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    /// <summary>Moved along a dimension; what leaves at the end enters at the beginning.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="shifts">How far.</param>
    /// <param name="dims">The dimension; flattened when not given.</param>
    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    /// <summary>Tensors expanded to one shape by the rules of broadcasting.</summary>
    /// <param name="tensors">The tensors.</param>
    public static Tensor[] broadcast_tensors(params Tensor[] tensors) => Aten.BroadcastTensors.CallList((Argument)tensors);

    internal static Tensor[] AsArray(IEnumerable<Tensor> tensors) => tensors as Tensor[] ?? [.. tensors];
}
