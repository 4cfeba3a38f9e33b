using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class SelectionTests : TensorTest
{
    private readonly Tensor _grid = arange(6, float64).view(2, 3);   // element (i, j) is 3i + j

    [Fact]
    public void Gathering_reads_by_index()
    {
        Close([3, 4, 5, 0, 1, 2], _grid.index_select(0, Ints(1, 0)).view(-1));
        Close([0, 2, 3, 5], index_select(_grid, 1, Ints(0, 2)).view(-1));
        Close([2, 0, 4, 4], _grid.gather(1, Ints(2, 0, 1, 1).view(2, 2)).view(-1));
        Close([5, 0], _grid.take(Ints(5, 0)));
        Close([1, 3], _grid.take_along_dim(Ints(1, 0).view(2, 1), 1).view(-1));
        Close([3, 4, 5], _grid.masked_select(_grid > 2.5));
        Assert.Equal([[0, 1], [1, 2]], Pairs(tensor(new long[,] { { 0, 7, 0 }, { 0, 0, 3 } }).nonzero()));
        Close([0, 1, 2, -1, -1, -1], where(_grid < 2.5, _grid, full_like(_grid, -1)).view(-1));
        Close([0, 2, 1, 1], Ints(1, 1, 2, 3).bincount());
        Close([0, 1, 3], tensor([0.5, 1.5, 9.0]).bucketize(tensor([1.0, 2.0, 3.0])));
    }

    [Fact]
    public void Scattering_writes_by_index()
    {
        Tensor index = Ints(2, 0).view(2, 1);
        Tensor values = tensor([10.0, 20.0]).view(2, 1);
        Close([0, 1, 10, 20, 4, 5], _grid.scatter(1, index, values).view(-1));
        Close([0, 1, 12, 23, 4, 5], _grid.scatter_add(1, index, values).view(-1));
        Close([6, 9, 12, 3, 4, 5], _grid.index_add(0, Ints(0), _grid[1].unsqueeze(0) * 2, 1).view(-1));
        Close([0, 1, 2, 9, 12, 15], _grid.index_add(0, Ints(1), _grid[1].unsqueeze(0), 2).view(-1));
        Close([0, 7, 2, 3, 8, 5], _grid.index_copy(1, Ints(1), tensor([7.0, 8.0]).view(2, 1)).view(-1));
        Close([0, 9, 2, 3, 9, 5], _grid.index_fill(1, Ints(1), 9).view(-1));
        Close([-1, -1, 2, 3, 4, 5], _grid.masked_fill(_grid < 2, -1).view(-1));
        Close([7, 8, 2, 3, 4, 5], _grid.masked_scatter(_grid < 2, tensor([7.0, 8.0])).view(-1));
        Close([0, 1, 2, 3, 4, 5], _grid.view(-1));

        Check(t => t.scatter_(1, index, values), t => t.scatter(1, index, values));
        Check(t => t.scatter_add_(1, index, values), t => t.scatter_add(1, index, values));
        Check(t => t.index_add_(0, Ints(0), t[1].unsqueeze(0).clone(), 3), t => t.index_add(0, Ints(0), t[1].unsqueeze(0), 3));
        Check(t => t.index_copy_(1, Ints(1), values), t => t.index_copy(1, Ints(1), values));
        Check(t => t.index_fill_(1, Ints(1), 9), t => t.index_fill(1, Ints(1), 9));
        Check(t => t.masked_fill_(t < 2, -1), t => t.masked_fill(t < 2, -1));

        void Check(Func<Tensor, Tensor> inPlace, Func<Tensor, Tensor> pure)
        {
            Tensor x = _grid.clone();
            Tensor expected = pure(x.clone());
            Assert.Same(x, inPlace(x));
            Close(expected, x);
        }
    }

    [Fact]
    public void Sorting_orders_and_tells_where_from()
    {
        Tensor x = tensor([3.0, 1.0, 2.0, 1.0]);
        (Tensor values, Tensor indices) = x.sort(stable: true);
        Close([1, 1, 2, 3], values);
        Close([1, 3, 2, 0], indices);
        Close([3, 2, 1, 1], sort(x, descending: true).Values);
        Close([0, 2], x.argsort(descending: true)[..2]);
        (Tensor top, Tensor where) = x.topk(2);
        Close([3, 2], top);
        Close([0, 2], where);
        Close([1, 1], topk(x, 2, largest: false).values);
    }

    [Fact]
    public void Gradients_agree_with_differences()
    {
        GradientsAgree(x => x[0].index_select(0, Ints(1, 1, 0)), Random(2, 3));
        GradientsAgree(x => x[0].gather(1, Ints(2, 0, 1, 1).view(2, 2)), Random(2, 3));
        GradientsAgree(x => x[0].scatter(1, Ints(2, 0).view(2, 1), x[1]), Random(2, 3), Random(2, 1));
        GradientsAgree(x => x[0].index_add(0, Ints(1, 1), x[1], 2), Random(2, 3), Random(2, 3));
        GradientsAgree(x => x[0].index_copy(0, Ints(1), x[1]), Random(2, 3), Random(1, 3));
        GradientsAgree(x => x[0].masked_fill(tensor([true, false, true]), 3), Random(3));
        GradientsAgree(x => x[0].masked_select(tensor([true, false, true])), Random(3));
        GradientsAgree(x => where(tensor([true, false, true]), x[0], x[1]), Random(3), Random(3));
        GradientsAgree(x => x[0].sort().Values, Random(5));
        GradientsAgree(x => x[0].topk(2).values, Random(5));
        GradientsAgree(x => x[0][.., TensorIndex.Tensor(Ints(2, 0, 2))] * x[0][TensorIndex.Ellipsis, 1..2], Random(2, 3));
    }

    private static Tensor Ints(params long[] values) => tensor(values);

    private static long[][] Pairs(Tensor t) => [.. t.unbind(0).Select(row => row.data<long>().ToArray())];
}
