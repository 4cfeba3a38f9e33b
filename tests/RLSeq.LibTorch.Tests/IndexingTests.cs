using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class IndexingTests : TensorTest
{
    private readonly Tensor _cube = arange(24, float64).view(2, 3, 4);   // element (i, j, k) is 12i + 4j + k

    [Fact]
    public void Numbers_select()
    {
        Assert.Equal([3, 4], _cube[1].shape);
        Close([16, 17, 18, 19], _cube[1, 1]);
        Assert.Equal(18, _cube[1, 1, 2].ToDouble());
        Assert.Equal(23, _cube[-1, -1, -1].ToDouble());
        Close([16, 17, 18, 19], _cube[TensorIndex.Single(1), TensorIndex.Single(1)]);
    }

    [Fact]
    public void Ranges_ellipsis_and_new_dimensions()
    {
        Close([5, 6, 17, 18], _cube[.., 1, 1..3].reshape(-1));
        Close([5, 6, 17, 18], _cube[TensorIndex.Colon, TensorIndex.Single(1), TensorIndex.Slice(1, 3)].reshape(-1));
        Close([3, 7, 11, 15, 19, 23], _cube[TensorIndex.Ellipsis, TensorIndex.Single(-1)].reshape(-1));
        Close([3, 7, 11, 15, 19, 23], _cube[TensorIndex.Ellipsis, ^1].reshape(-1));
        Close([0, 2, 4, 6, 8, 10], _cube[TensorIndex.Single(0), TensorIndex.Colon, TensorIndex.Slice(step: 2)].reshape(-1));
        Close([22, 23], _cube[^1, ^1, ^2..]);
        Assert.Equal([2, 1, 3, 4], _cube[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([1, 2, 3, 4, 1], _cube[TensorIndex.Null, TensorIndex.Ellipsis, TensorIndex.Null].shape);
        Assert.Equal([0, 3, 4], _cube[1..1].shape);
        Assert.Equal([1, 2, 3, 4], _cube[TensorIndex.Bool(true)].shape);
        Assert.Equal([0, 2, 3, 4], _cube[TensorIndex.Bool(false)].shape);
    }

    [Fact]
    public void Tensors_gather()
    {
        Tensor rows = tensor(new long[] { 1, 0, 1 });
        Tensor columns = tensor(new long[] { 2, 2, 0 });
        Close([20, 21, 22, 23, 8, 9, 10, 11, 12, 13, 14, 15], _cube[rows, columns].reshape(-1));
        Close([21, 9, 13], _cube[TensorIndex.Tensor(rows), TensorIndex.Tensor(columns), 1]);
        Close([2, 2, 0, 6, 6, 4, 10, 10, 8], _cube[0, .., TensorIndex.Tensor(columns)].reshape(-1));
        Close([22, 23], _cube[TensorIndex.Tensor(_cube > 21)]);
        Close([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], _cube[TensorIndex.Tensor(tensor([true, false]))].reshape(-1));
    }

    [Fact]
    public void Setting_writes_through()
    {
        _cube[0] = zeros(3, 4, float64);
        _cube[1, 2] = tensor([1.0, 2.0, 3.0, 4.0]);
        _cube[1, 0, 0] = -5;
        Close([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -5, 13, 14, 15, 16, 17, 18, 19, 1, 2, 3, 4], _cube.view(-1));
        _cube[.., 1, 1..3] = tensor([7.0, 8.0]);
        Close([7, 8, 7, 8], _cube[.., 1, 1..3].reshape(-1));
        _cube[TensorIndex.Tensor(_cube > 13)] = tensor(0.0);
        Assert.Equal(13, _cube.max().ToDouble());
        _cube[tensor(new long[] { 0, 1 }), tensor(new long[] { 2, 2 })] = tensor([9.0, 9.0, 9.0, 9.0]);
        Close([9, 9, 9, 9, 9, 9, 9, 9], _cube[.., 2].reshape(-1));

        Tensor counts = zeros(3, float64);
        counts.index_put_(ones(4, float64), [tensor(new long[] { 0, 2, 2, 2 })], accumulate: true);
        Close([1, 0, 3], counts);
    }

    [Fact]
    public void Indexing_leaves_no_tensors_behind()
    {
        Tensor mask = _cube > 21;
        long before = LibTorchInfo.LiveHandles;
        _cube[.., 1, 1..3].Dispose();
        _cube[TensorIndex.Tensor(mask)].Dispose();
        _cube[TensorIndex.Bool(true), 0].Dispose();
        using (Tensor seven = tensor(7.0))
            _cube[1, .., 2] = seven;
        Assert.ThrowsAny<Exception>(() => _cube[.., 5]);
        Assert.ThrowsAny<Exception>(() => _cube[0, 0, 0, 0]);
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Wrong_indices_are_refused()
    {
        Exception outside = Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() => _cube[5]);
        Assert.Contains("aten::select", outside.Message, StringComparison.Ordinal);
        Assert.Contains("Float64[2, 3, 4]", outside.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _cube[TensorIndex.Ellipsis, TensorIndex.Ellipsis]);
    }
}
