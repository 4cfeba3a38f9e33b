using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class ArithmeticTests : TensorTest
{
    private readonly double[] _left = [1.5, -2, 7];
    private readonly double[] _right = [2, 4, -3];

    [Fact]
    public void Tensors_combine_element_by_element()
    {
        Tensor a = tensor(_left);
        Tensor b = tensor(_right);
        Close([3.5, 2, 4], a + b);
        Close([-0.5, -6, 10], a - b);
        Close([3, -8, -21], a * b);
        Close([0.75, -0.5, -7.0 / 3], a / b);
        Close([1.5, 2, -2], a % b);
        Close([2.5, 0, 5.5], a.add(b, 0.5));
        Close([2.25, 16, 1.0 / 343], a.pow(b));
        Close([2, 4, 7], maximum(a, b));
        Close([1.5, -2, -3], minimum(a, b));
        Close([0, -1, -3], a.div(b, RoundingMode.floor));
        Close([0, 0, -2], a.div(b, RoundingMode.trunc));
        Close([0, -1, -3], a.floor_divide(b));
        Close([Math.Atan2(1.5, 2), Math.Atan2(-2, 4), Math.Atan2(7, -3)], atan2(a, b));
        Close([Math.Log(Math.Exp(1.5) + Math.Exp(2)), Math.Log(Math.Exp(-2) + Math.Exp(4)), Math.Log(Math.Exp(7) + Math.Exp(-3))], logaddexp(a, b));
        Close([1.5 * Math.Log(2), -2 * Math.Log(4), 0], a.mul(tensor([1.0, 1.0, 0.0])).xlogy(b.abs()));
    }

    [Fact]
    public void Numbers_combine_on_either_side()
    {
        Tensor a = tensor(_left);
        Scalar two = 2;
        Close([3.5, 0, 9], a + two);
        Close([3.5, 0, 9], 2 + a);
        Close([-0.5, -4, 5], a - 2L);
        Close([0.5, 4, -5], 2f - a);
        Close([3, -4, 14], a * 2.0);
        Close([3, -4, 14], two * a);
        Close([0.75, -1, 3.5], a / 2);
        Close([2 / 1.5, -1, 2.0 / 7], two / a);
        Close([1.5, 0, 1], a % 2);
        Close([4.5, 1, 10], a.add(1.5, 2));
    }

    [Fact]
    public void Integers_stay_integers_and_divide_to_reals()
    {
        Tensor n = tensor(new long[] { 7, -7 });
        Assert.Equal(ScalarType.Int64, (n + 1).dtype);
        Assert.Equal(ScalarType.Float32, (n + 0.5).dtype);
        Assert.Equal(ScalarType.Float32, (n / 2).dtype);
        Close([3.5, -3.5], n / 2);
        Close([3, -4], n.div(2, RoundingMode.floor));
        Close([3, -3], n.div(2, RoundingMode.trunc));
        Close([1, 1], n % 2);
        Close([1, -1], n.fmod(2));
    }

    [Fact]
    public void Methods_in_place_change_the_tensor_and_return_it()
    {
        Tensor b = tensor(_right);
        Check(t => t.add_(b), t => t + b);
        Check(t => t.add_(b, 3), t => t + (b * 3));
        Check(t => t.add_(2), t => t + 2);
        Check(t => t.sub_(b), t => t - b);
        Check(t => t.sub_(2), t => t - 2);
        Check(t => t.mul_(b), t => t * b);
        Check(t => t.mul_(2), t => t * 2);
        Check(t => t.div_(b), t => t / b);
        Check(t => t.div_(2), t => t / 2);
        Check(t => t.div_(2, RoundingMode.floor), t => (t / 2).floor());
        Check(t => t.addcmul_(b, b, 0.5), t => t + (b * b * 0.5));
        Check(t => t.addcdiv_(t.clone(), b, 0.5), t => t + (t / b * 0.5));
        Check(t => t.lerp_(b, tensor(0.25)), t => t + ((b - t) * 0.25));
        Check(t => t.zero_(), t => t * 0);
        Check(t => t.fill_(4), t => (t * 0) + 4);
        Check(t => t.copy_(b), t => (t * 0) + b);

        void Check(Func<Tensor, Tensor> inPlace, Func<Tensor, Tensor> pure)
        {
            Tensor x = tensor(_left);
            Tensor expected = pure(x.clone());
            Assert.Same(x, inPlace(x));
            Close(expected, x);
        }
    }

    [Fact]
    public void Shapes_broadcast()
    {
        Tensor column = tensor([1.0, 2.0]).unsqueeze(1);
        Tensor row = tensor([10.0, 20.0, 30.0]);
        Close(tensor(new double[,] { { 11, 21, 31 }, { 12, 22, 32 } }), column + row);
    }

    [Fact]
    public void Gradients_agree_with_differences()
    {
        GradientsAgree(x => x[0] + (2 * x[1]), Random(2, 3), Random(3));
        GradientsAgree(x => x[0] - x[1], Random(2, 1), Random(3));
        GradientsAgree(x => x[0] * x[1], Random(2, 3), Random(2, 1));
        GradientsAgree(x => x[0] / (x[1].square() + 1), Random(3), Random(3));
        GradientsAgree(x => x[0].abs().add(1).pow(x[1]), Random(3), Random(3));
        GradientsAgree(x => atan2(x[0], x[1]), Random(4), Random(4));
        GradientsAgree(x => maximum(x[0], x[1]) + (minimum(x[0], x[1]) * 2), Random(5), Random(5));
        GradientsAgree(x => x[0].lerp(x[1], x[2]), Random(3), Random(3), Random(3));
        GradientsAgree(x => x[0].addcmul(x[1], x[2], 0.3), Random(3), Random(3), Random(3));
        GradientsAgree(x => x[0].addcdiv(x[1], x[2].exp(), 0.3), Random(3), Random(3), Random(3));
        GradientsAgree(x => logaddexp(x[0], x[1]), Random(3), Random(3));
        GradientsAgree(x => x[0].clamp(x[1], x[2]), Random(4), tensor([-0.5, -0.4, -0.3, -0.2]), tensor([0.5, 0.4, 0.3, 0.2]));
    }
}
