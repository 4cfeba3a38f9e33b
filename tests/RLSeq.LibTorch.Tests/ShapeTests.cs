using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class ShapeTests : TensorTest
{
    private readonly Tensor _cube = arange(24, float64).view(2, 3, 4);   // element (i, j, k) is 12i + 4j + k

    [Fact]
    public void Views_rearrange_without_copying()
    {
        Assert.Equal([6, 4], _cube.view(6, -1).shape);
        Assert.Equal([2, 3, 4], _cube.view(24).view_as(_cube).shape);
        Assert.Equal([24], _cube.flatten().shape);
        Assert.Equal([2, 12], _cube.flatten(1).shape);
        Assert.Equal([2, 3, 2, 2], _cube.unflatten(2, 2, 2).shape);
        Assert.Equal([2, 3, 2, 2], _cube.unflatten(-1, 2, -1).shape);
        Assert.Equal([2, 1, 3, 4], _cube.unsqueeze(1).shape);
        Assert.Equal([2, 3, 4], _cube.unsqueeze(0).squeeze(0).shape);
        Assert.Equal([2, 3, 4], _cube.unsqueeze(0).unsqueeze(-1).squeeze().shape);
        Assert.Equal([2, 3, 4], _cube.squeeze(1).shape);
        Assert.Equal([4, 3, 2], _cube.transpose(0, 2).shape);
        Assert.Equal([3, 4, 2], _cube.permute(1, 2, 0).shape);
        Assert.Equal([4, 3, 2], _cube.T.shape);
        Assert.Equal([2, 4, 3], _cube.mT.shape);
        Assert.Equal([4, 2], zeros(2, 4).t().shape);
        Assert.Equal([4, 2, 3], _cube.movedim([2], [0]).shape);
        Assert.Equal(12 + 4 + 2.0, _cube.permute(2, 0, 1)[2, 1, 1].ToDouble());

        Tensor view = _cube.view(4, 6);
        view[3, 5] = -1;
        Assert.Equal(-1, _cube[1, 2, 3].ToDouble());
        Assert.Equal([12, 4, 1], _cube.stride());
        Assert.Equal(1, _cube.transpose(0, 2).stride(0));
        Assert.False(_cube.transpose(0, 2).is_contiguous());
        Assert.True(_cube.transpose(0, 2).contiguous().is_contiguous());
        Assert.Equal([8, 3], _cube.transpose(1, 2).reshape(8, 3).shape);
    }

    [Fact]
    public void Methods_in_place_reshape_the_tensor()
    {
        Tensor x = zeros(2, 3);
        Assert.Same(x, x.unsqueeze_(0));
        Assert.Equal([1, 2, 3], x.shape);
        Assert.Equal([2, 3], x.squeeze_(0).shape);
        Assert.Equal([3, 2], x.transpose_(0, 1).shape);
        Assert.Equal([3, 2], x.squeeze_().shape);
    }

    [Fact]
    public void Expanding_repeats()
    {
        Tensor x = tensor([1.0, 2.0]).view(2, 1);
        Close(tensor(new double[,] { { 1, 1, 1 }, { 2, 2, 2 } }), x.expand(2, 3));
        Close(x.expand(2, 3), x.expand(-1, 3));
        Close(x.expand(2, 3), x.expand_as(zeros(2, 3)));
        Close(x.expand(2, 3), x.broadcast_to(2, 3));
        Assert.Equal(0, x.expand(2, 3).stride(1));
        Close([1, 1, 2, 2, 1, 1, 2, 2], x.repeat(2, 2).view(-1));
        Close([1, 1, 2, 2], x.view(2).repeat_interleave(2));
        Close([1, 2, 2, 2], x.view(2).repeat_interleave(tensor(new long[] { 1, 3 })));
        Tensor[] both = broadcast_tensors(x, zeros(3, float64));
        Assert.Equal([2, 3], both[0].shape);
        Assert.Equal([2, 3], both[1].shape);
    }

    [Fact]
    public void Parts_and_their_union()
    {
        Tensor x = arange(7, float64);
        Assert.Equal([3, 3, 1], x.chunk(3).Select(p => p.shape[0]));
        Assert.Equal([2, 2, 2, 1], x.split(2).Select(p => p.shape[0]));
        Tensor[] parts = x.split([1, 4, 2]);
        Close([1, 2, 3, 4], parts[1]);
        Close(x, cat(parts));
        Close(x, cat(new List<Tensor>(parts)));
        Close(x, concat(parts, 0));
        Close([0, 4, 8, 1, 5, 9], stack([arange(0, 12, 4, float64), arange(1, 12, 4, float64)]).view(-1));
        Close([0, 1, 4, 5, 8, 9], stack([arange(0, 12, 4, float64), arange(1, 12, 4, float64)], 1).view(-1));
        Tensor[] rows = _cube.unbind(1);
        Assert.Equal(3, rows.Length);
        Close([4, 5, 6, 7, 16, 17, 18, 19], rows[1].reshape(-1));
        Close([2, 3], x.narrow(0, 2, 2));
        Close([1, 4], x.slice(0, 1, 7, 3));
        Close([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23], _cube.select(0, 1).reshape(-1));
        Close(tensor(new double[,] { { 0, 1, 2 }, { 2, 3, 4 }, { 4, 5, 6 } }), x.unfold(0, 3, 2));
        Close([0, 2, 4, 6], x.as_strided([4], [2]));
    }

    [Fact]
    public void Reversing_rolling_and_triangles()
    {
        Tensor x = arange(1, 5, float64);
        Close([4, 3, 2, 1], x.flip(0));
        Close([4, 1, 2, 3], x.roll(1));
        Close([2, 3, 4, 1], x.roll(-1, 0));
        Tensor square = arange(1, 10, float64).view(3, 3);
        Close([1, 0, 0, 4, 5, 0, 7, 8, 9], square.tril().view(-1));
        Close([0, 2, 3, 0, 0, 6, 0, 0, 0], square.triu(1).view(-1));
        Close([1, 5, 9], square.diagonal());
        Close([1, 5, 9], square.diag());
        Close([1, 0, 0, 2], tensor([1.0, 2.0]).diag().view(-1));
        Close(square.tril(), square.clone().tril_());
        Close([3, 1, 2, 6, 4, 5, 9, 7, 8], square.roll([1], [1]).reshape(-1));
    }

    [Fact]
    public void Gradients_agree_with_differences()
    {
        GradientsAgree(x => x[0].view(3, 2).t().unsqueeze(1).permute(2, 1, 0), Random(2, 3));
        GradientsAgree(x => x[0].expand(4, 3), Random(1, 3));
        GradientsAgree(x => x[0].repeat(2, 2), Random(2, 2));
        GradientsAgree(x => cat([x[0], x[1]], 1), Random(2, 1), Random(2, 2));
        GradientsAgree(x => stack([x[0], x[1], x[0]], 1), Random(3), Random(3));
        GradientsAgree(x => x[0].chunk(2)[1] * x[0].split([1, 3])[0], Random(4));
        GradientsAgree(x => x[0].unbind(0)[1] + x[0].select(0, 0), Random(2, 3));
        GradientsAgree(x => x[0].narrow(0, 1, 2) * x[0].flip(0).narrow(0, 0, 2), Random(4));
        GradientsAgree(x => x[0].unfold(0, 3, 1), Random(5));
        GradientsAgree(x => x[0].tril() + x[0].roll(1, 1), Random(3, 3));
    }
}
