using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of zeros.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Made(Aten.Zeros.Call(size, dtype ?? ScalarType.Float32, default, device), requires_grad);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(size.ToArray(), dtype, device, requires_grad);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="size">The length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros((long[])[size], dtype, device, requires_grad);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros((long[])[rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros((long[])[dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dim3">The fourth length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>A tensor of the same shape of zeros.</summary>
    /// <param name="input">Whose shape, type and device it takes.</param>
    /// <param name="dtype">The type; as the input when not given.</param>
    /// <param name="device">The device; as the input when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.zeros_like(dtype, device, requires_grad);

    /// <summary>A tensor of ones.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Made(Aten.Ones.Call(size, dtype ?? ScalarType.Float32, default, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(size.ToArray(), dtype, device, requires_grad);

    /// <summary>A tensor of ones.</summary>
    /// <param name="size">The length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ones((long[])[size], dtype, device, requires_grad);

    /// <summary>A tensor of ones.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones((long[])[rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of ones.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones((long[])[dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A tensor of ones.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dim3">The fourth length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>A tensor of the same shape of ones.</summary>
    /// <param name="input">Whose shape, type and device it takes.</param>
    /// <param name="dtype">The type; as the input when not given.</param>
    /// <param name="device">The device; as the input when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.ones_like(dtype, device, requires_grad);

    /// <summary>A tensor whose elements are not set.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Made(Aten.EmptyMemoryFormat.Call(size, dtype ?? ScalarType.Float32, default, device), requires_grad);

    /// <summary>A tensor whose elements are not set.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(size.ToArray(), dtype, device, requires_grad);

    /// <summary>A tensor whose elements are not set.</summary>
    /// <param name="size">The length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty((long[])[size], dtype, device, requires_grad);

    /// <summary>A tensor whose elements are not set.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty((long[])[rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor whose elements are not set.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty((long[])[dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>A tensor whose elements are not set.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dim3">The fourth length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>A tensor of the same shape whose elements are not set.</summary>
    /// <param name="input">Whose shape, type and device it takes.</param>
    /// <param name="dtype">The type; as the input when not given.</param>
    /// <param name="device">The device; as the input when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.empty_like(dtype, device, requires_grad);

    /// <summary>A tensor filled with a number.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The type of the elements; by the number when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Made(Aten.Full.Call(size, value, dtype ?? DefaultType(value), default, device), requires_grad);

    /// <summary>A tensor filled with a number.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The type of the elements; by the number when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size.ToArray(), value, dtype, device, requires_grad);

    /// <summary>A tensor filled with a number.</summary>
    /// <param name="size">The length.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The type of the elements; by the number when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full((long[])[size], value, dtype, device, requires_grad);

    /// <summary>A tensor filled with a number.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The type of the elements; by the number when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full((long[])[rows, columns], value, dtype, device, requires_grad);

    /// <summary>A tensor filled with a number.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The type of the elements; by the number when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full((long[])[dim0, dim1, dim2], value, dtype, device, requires_grad);

    /// <summary>A tensor filled with a number.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dim3">The fourth length.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The type of the elements; by the number when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full((long[])[dim0, dim1, dim2, dim3], value, dtype, device, requires_grad);

    /// <summary>A tensor of the same shape filled with a number.</summary>
    /// <param name="input">Whose shape, type and device it takes.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The type; as the input when not given.</param>
    /// <param name="device">The device; as the input when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.full_like(value, dtype, device, requires_grad);

    /// <summary>Numbers at equal distances.</summary>
    /// <param name="start">The first.</param>
    /// <param name="stop">The bound, excluded.</param>
    /// <param name="step">From one to the next.</param>
    /// <param name="dtype">The type of the elements; Int64 when all numbers are integers and Float32 otherwise, when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Made(Aten.ArangeStartStep.Call(start, stop, step, dtype, default, device), requires_grad);

    /// <summary>Numbers at distance 1.</summary>
    /// <param name="start">The first.</param>
    /// <param name="stop">The bound, excluded.</param>
    /// <param name="dtype">The type of the elements; Int64 when all numbers are integers and Float32 otherwise, when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers 0, 1, 2 and so on.</summary>
    /// <param name="stop">The bound, excluded.</param>
    /// <param name="dtype">The type of the elements; Int64 when all numbers are integers and Float32 otherwise, when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Numbers at equal distances, both ends included.</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">The last.</param>
    /// <param name="steps">How many.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Made(Aten.Linspace.Call(start, end, steps, dtype ?? ScalarType.Float32, default, device), requires_grad);

    /// <summary>A matrix with ones on the diagonal.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns; as many as rows when not given.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tensor.Made(Aten.EyeM.Call(rows, columns < 0 ? rows : columns, dtype ?? ScalarType.Float32, default, device), requires_grad);

    private static ScalarType DefaultType(Scalar value) => value.Type == ScalarType.Float64 ? ScalarType.Float32 : value.Type;
}
