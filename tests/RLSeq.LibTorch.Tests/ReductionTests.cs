using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class ReductionTests : TensorTest
{
    private readonly Tensor _grid = tensor(new double[,] { { 1, 5, 2 }, { 4, 3, 9 } });

    [Fact]
    public void Sums_and_means()
    {
        Close(tensor(24.0), _grid.sum());
        Close([5, 8, 11], _grid.sum(0));
        Close([8, 16], _grid.sum(-1));
        Close([5, 8, 11], sum(_grid, 0));
        Assert.Equal([2, 1], _grid.sum(1, keepdim: true).shape);
        Close(tensor(24.0), _grid.sum([0, 1]));
        Close(tensor(4.0), _grid.mean());
        Close([2.5, 4, 5.5], _grid.mean([0]));
        Close([8.0 / 3, 16.0 / 3], mean(_grid, [1]));
        Assert.Equal(ScalarType.Float32, _grid.sum(ScalarType.Float32).dtype);
        Assert.Equal(ScalarType.Int64, tensor([true, true, false]).sum().dtype);
        Close(tensor(1080.0), _grid.prod());
        Close([10, 108], _grid.prod(1));
        Close([4, 15, 18], _grid.prod(0));
        Close([1, 6, 8, 4, 7, 16], _grid.cumsum(1).view(-1));
        Close([1, 5, 10, 4, 12, 108], _grid.cumprod(1).view(-1));
        Close([4, -3, -1, 6], _grid.diff().view(-1));
    }

    [Fact]
    public void Deviations()
    {
        // Squared deviations from the mean 4: 9, 1, 4, 0, 1, 25; their sum is 40.
        Close(tensor(8.0), _grid.var());
        Close(tensor(40.0 / 6), _grid.var(unbiased: false));
        Close(tensor(Math.Sqrt(8)), _grid.std());
        Close([4.5, 2, 24.5], _grid.var(0));
        Close([2.25, 1, 12.25], _grid.var(0, unbiased: false));
        Close([1.5, 1, 3.5], std(_grid, 0, unbiased: false));
        Close([1.5, 1, 3.5], _grid.std([0], unbiased: false, keepdim: true).view(-1));
        (Tensor variance, Tensor mean) = _grid.var_mean();
        Close(tensor(8.0), variance);
        Close(tensor(4.0), mean);
    }

    [Fact]
    public void Extremes_and_where_they_are()
    {
        Close(tensor(9.0), _grid.max());
        Close(tensor(1.0), min(_grid));
        (Tensor values, Tensor indexes) = _grid.max(1);
        Close([5, 9], values);
        Close([1, 2], indexes);
        (values, indexes) = min(_grid, 0, keepdim: true);
        Close([1, 3, 2], values.view(-1));
        Close([0, 1, 0], indexes.view(-1));
        Assert.Equal([1, 3], values.shape);
        Close([5, 9], _grid.amax([1]));
        Close([1, 3], _grid.amin([1]));
        Assert.Equal(5, _grid.argmax().ToInt64());
        Assert.Equal(0, _grid.argmin().ToInt64());
        Close([1, 2], _grid.argmax(1));
        Close([1, 0, 1], argmax(_grid, 0));
        Close([0, 1, 0], argmin(_grid, 0));
        Close([1, 5, 5, 4, 4, 9], _grid.cummax(1).values.view(-1));
        Close(tensor(3.0), _grid.median());
        Close(tensor(3.5), _grid.view(-1).quantile(tensor(0.5)));
    }

    [Fact]
    public void Truth_in_all_or_any()
    {
        Tensor big = _grid > 2;
        Assert.True(big.any().ToBoolean());
        Assert.False(big.all().ToBoolean());
        Close([0, 1, 0], all(big, 0));
        Close([1, 1, 1], big.any(0));
        Close([0, 1], big.all(1));
        Assert.Equal(4, big.count_nonzero().ToInt64());
        Close([1, 2, 1], big.count_nonzero([0]));
    }

    [Fact]
    public void Norms()
    {
        Tensor x = tensor([3.0, -4.0]);
        Assert.Equal(5, x.norm().ToDouble(), 12);
        Assert.Equal(7, x.norm(1f).ToDouble(), 12);
        Close([3, 4], x.unsqueeze(0).norm(0));
        Assert.Equal(4, linalg.vector_norm(x, double.PositiveInfinity).ToDouble(), 12);
    }

    [Fact]
    public void Softmax_and_its_relatives()
    {
        double[] e = [Math.Exp(1), Math.Exp(5), Math.Exp(2)];
        double total = e.Sum();
        Tensor row = _grid[0];
        Close([.. e.Select(v => v / total)], row.softmax(0));
        Close([.. e.Select(v => Math.Log(v / total))], log_softmax(row, 0));
        Close(tensor(Math.Log(total)), row.logsumexp(0));
        Assert.Equal(ScalarType.Float32, row.softmax(0, ScalarType.Float32).dtype);
        Assert.Equal(1000 + Math.Log(2), tensor([1000.0, 1000.0]).logsumexp(0).ToDouble(), 9);
        Close([1, Math.Log(e[0] + e[1]), Math.Log(total)], row.logcumsumexp(0));
    }

    [Fact]
    public void Gradients_agree_with_differences()
    {
        GradientsAgree(x => x[0].sum(0) * x[0].mean([0]), Random(3, 2));
        GradientsAgree(x => x[0].var(0) + x[0].std(0), Random(4, 2));
        GradientsAgree(x => x[0].max(1).values + x[0].amin([1]), Random(3, 4));
        GradientsAgree(x => x[0].prod(1), Random(2, 3));
        GradientsAgree(x => x[0].cumsum(1) * x[0].cumprod(0), Random(2, 3));
        GradientsAgree(x => x[0].softmax(-1), Random(2, 3));
        GradientsAgree(x => x[0].log_softmax(0), Random(2, 3));
        GradientsAgree(x => x[0].logsumexp(1), Random(2, 3));
        GradientsAgree(x => x[0].norm() * x[0].norm(1, p: 3), Random(2, 3));
    }
}
