using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class LinearAlgebraTests : TensorTest
{
    private readonly Tensor _a = tensor(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
    private readonly Tensor _b = tensor(new double[,] { { 1, 0, 2 }, { 0, 1, 3 } });
    private readonly Tensor _v = tensor([2.0, -1.0]);

    [Fact]
    public void Products()
    {
        double[] product = [1, 2, 8, 3, 4, 18, 5, 6, 28];
        Close(product, _a.mm(_b).view(-1));
        Close(product, matmul(_a, _b).view(-1));
        Close(product, einsum("ij,jk->ik", _a, _b).view(-1));
        Close([0, 2, 4], _a.mv(_v));
        Close([0, 2, 4], _a.matmul(_v));
        Close(tensor(5.0), _v.dot(_v));
        Close([4, -2, -2, 1], outer(_v, _v).view(-1));
        Close([.. product, .. product], bmm(_a.expand([2, 3, 2]), _b.expand([2, 2, 3])).view(-1));
        Close([.. product.Select(p => (2 * p) + 3)], addmm(ones(3, 3, float64), _a, _b, beta: 3, alpha: 2).view(-1));
        Close([.. product.Select(p => p + 1)], baddbmm(ones(1, 3, 3, float64), _a.unsqueeze(0), _b.unsqueeze(0)).view(-1));
        Close(tensor(15.0), arange(9, float64).view(3, 3).trace() + 3);
    }

    [Fact]
    public void Decompositions_multiply_back()
    {
        (Tensor q, Tensor r) = linalg.qr(_a);
        Close(_a, q.mm(r), 1e-10);
        Close(eye(2, dtype: float64), q.t().mm(q), 1e-10);
        Tensor square = _a[..2];
        Close(eye(2, dtype: float64), square.mm(linalg.inv(square)), 1e-10);
    }

    [Fact]
    public void Gradients_agree_with_differences()
    {
        GradientsAgree(x => x[0].mm(x[1]), Random(2, 3), Random(3, 2));
        GradientsAgree(x => x[0].matmul(x[1]), Random(2, 2, 3), Random(3, 2));
        GradientsAgree(x => x[0].bmm(x[1]), Random(2, 2, 3), Random(2, 3, 1));
        GradientsAgree(x => x[0].mv(x[1]), Random(2, 3), Random(3));
        GradientsAgree(x => x[0].dot(x[1]), Random(3), Random(3));
        GradientsAgree(x => outer(x[0], x[1]), Random(2), Random(3));
        GradientsAgree(x => x[0].addmm(x[1], x[2], 0.5f, 2), Random(2, 2), Random(2, 3), Random(3, 2));
        GradientsAgree(x => einsum("bi,bij,bj->b", x[0], x[1], x[2]), Random(2, 3), Random(2, 3, 2), Random(2, 2));
        GradientsAgree(x => linalg.inv(x[0] + (3 * eye(2, dtype: float64))), Random(2, 2));
    }
}
