using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RLSeq.LibTorch.Tests;

public class FunctionalTests : TensorTest
{
    [Fact]
    public void Linear_is_a_product_and_a_sum()
    {
        Tensor x = Random(4, 3);
        using Linear layer = Linear(3, 2, dtype: float64);
        Close(x.mm(layer.weight.t()).add(layer.bias!), layer.call(x));
        Assert.Equal(3, layer.in_features);
        Assert.Equal(2, layer.out_features);
        Close(x.mm(layer.weight.t()), functional.linear(x, layer.weight));
        using Linear same = Linear(Parameter(layer.weight.detach().clone()));
        Close(x.mm(layer.weight.t()), same.call(x));
        GradientsAgree(v => functional.linear(v[0], v[1], v[2]), Random(2, 3), Random(2, 3), Random(2));
    }

    [Fact]
    public void LayerNorm_follows_its_formula()
    {
        Tensor x = Random(2, 3, 4);
        using LayerNorm layer = LayerNorm(4, eps: 0.1, dtype: float64);
        Tensor centred = x - x.mean([-1], keepdim: true);
        Tensor normalised = centred / (x.var(-1, unbiased: false, keepdim: true) + 0.1).sqrt();
        Close(normalised, layer.call(x));
        init.constant_(layer.weight!, 2);
        init.constant_(layer.bias!, 0.5);
        Close((normalised * 2) + 0.5, layer.call(x));
        using LayerNorm plain = LayerNorm([3, 4], elementwise_affine: false);
        Assert.Empty(plain.parameters());
        Assert.Equal(0, plain.call(x).mean().ToDouble(), 12);
        GradientsAgree(v => functional.layer_norm(v[0], [3], v[1], v[2]), Random(2, 3), Random(3), Random(3));
    }

    [Fact]
    public void Embedding_looks_rows_up()
    {
        using Embedding table = Embedding(5, 2, padding_idx: 1, dtype: float64);
        Tensor found = table.call(tensor(new long[] { 4, 1, 4 }));
        Close(table.weight[4], found[0]);
        Close([0, 0], found[1]);
        found.sum().backward();
        Close([0, 0, 0, 0, 0, 0, 0, 0, 2, 2], table.weight.grad!.view(-1));
        using Embedding bounded = Embedding(3, 4, max_norm: 0.5, dtype: float64);
        bounded.call(arange(3));
        Assert.True(bounded.weight.norm(1).max().ToDouble() <= 0.5 + 1e-9);
    }

    [Fact]
    public void Activations_equal_the_tensor_methods()
    {
        Tensor x = Random(6);
        Close(x.relu(), ReLU().call(x));
        Close(x.tanh(), Tanh().call(x));
        Close(x.silu(), SiLU().call(x));
        Close(x.sigmoid(), Sigmoid().call(x));
        Close(x.gelu(), GELU().call(x));
        Close(x.gelu(TorchSharp.Modules.GELU.Approximate.tanh), GELU(TorchSharp.Modules.GELU.Approximate.tanh).call(x));
        Close(x, Identity().call(x));
        Close(x.relu(), functional.relu(x));
        Close(x.tanh(), functional.tanh(x));
        Close(x.gelu(), functional.gelu(x));
        Close(x.silu(), functional.silu(x));
        Close(x.softmax(0), functional.softmax(x, 0));
        Close(x.log_softmax(0), functional.log_softmax(x, 0));
        Tensor copy = x.clone();
        Assert.Same(copy, functional.sigmoid(copy, inplace: true));
        Close(x.sigmoid(), copy);
    }

    [Fact]
    public void Dropout_thins_out_only_while_learning()
    {
        using Dropout layer = Dropout(0.25);
        Tensor x = ones(20_000);
        Tensor y = layer.call(x);
        Assert.Equal(0.25, (y == 0).@float().mean().ToDouble(), 0.02);
        Assert.Equal(1 / 0.75, y.max().ToDouble(), 1e-6);
        Assert.Equal(1, y.mean().ToDouble(), 0.02);
        layer.eval();
        Close(x, layer.call(x));
        Tensor inPlace = ones(100);
        Assert.Same(inPlace, functional.dropout(inPlace, 1, inplace: true));
        Assert.Equal(0, inPlace.sum().ToSingle());
        Assert.Throws<ArgumentOutOfRangeException>(() => Dropout(1.5));
    }

    [Fact]
    public void Losses_follow_their_formulas()
    {
        Tensor input = tensor([1.0, -2.0, 0.5]);
        Tensor target = tensor([0.5, 1.0, 0.5]);
        Close([0.25, 9, 0], functional.mse_loss(input, target, Reduction.None));
        Close(tensor(9.25 / 3), functional.mse_loss(input, target));
        Close(tensor(9.25), functional.mse_loss(input, target, Reduction.Sum));
        Close([0.5, 3, 0], functional.l1_loss(input, target, Reduction.None));
        Close([0.125, 2.5, 0], functional.smooth_l1_loss(input, target, Reduction.None));
        Close([0.125, 2 * (3 - 1), 0], functional.huber_loss(input, target, 2, Reduction.None));
        Tensor logits = tensor(new double[,] { { 1, 2, 3 }, { 1, 0, -1 } });
        Tensor classes = tensor(new long[] { 0, 1 });
        double first = -(1 - Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)));
        double second = -(0 - Math.Log(Math.Exp(1) + 1 + Math.Exp(-1)));
        Close([first, second], functional.cross_entropy(logits, classes, reduction: Reduction.None));
        Close(tensor((first + second) / 2), functional.cross_entropy(logits, classes));
        Close(tensor(first), functional.cross_entropy(logits, classes, ignore_index: 1));
        Close(tensor((first + second) / 2), functional.nll_loss(logits.log_softmax(1), classes));
        Close([.. new[] { (1.0, 0.5), (-2.0, 1.0), (0.5, 0.5) }.Select(p => Math.Log(1 + Math.Exp(p.Item1)) - (p.Item1 * p.Item2))],
            functional.binary_cross_entropy_with_logits(input, target, reduction: Reduction.None));
        Close([0, 0, 1, 0, 1, 0, 0, 0], functional.one_hot(tensor(new long[] { 2, 0 }), 4).view(-1));
        GradientsAgree(v => functional.cross_entropy(v[0], classes), Random(2, 3));
        GradientsAgree(v => functional.mse_loss(v[0], v[1]), Random(3), Random(3));
    }

    [Fact]
    public void Attention_follows_its_formula()
    {
        Tensor q = Random(2, 3, 4);
        Tensor k = Random(2, 5, 4);
        Tensor v = Random(2, 5, 6);
        Close((q.matmul(k.mT) / 2).softmax(-1).matmul(v), functional.scaled_dot_product_attention(q, k, v));
        Tensor allowed = rand(3, 5) > 0.4;
        allowed.index_fill_(1, tensor(new long[] { 0 }), true);
        Tensor expected = (q.matmul(k.mT) / 2).masked_fill(~allowed, double.NegativeInfinity).softmax(-1).matmul(v);
        Close(expected, functional.scaled_dot_product_attention(q, k, v, allowed));
        Tensor bias = Random(3, 5);
        Close(((q.matmul(k.mT) / 2) + bias).softmax(-1).matmul(v), functional.scaled_dot_product_attention(q, k, v, bias));
        Tensor causal = functional.scaled_dot_product_attention(q, q, q, is_casual: true);
        Close(q[.., 0], causal[.., 0]);
        Assert.Throws<ArgumentException>(() => functional.scaled_dot_product_attention(q, k, v, bias, is_casual: true));
        GradientsAgree(x => functional.scaled_dot_product_attention(x[0], x[1], x[2]), Random(1, 2, 2), Random(1, 3, 2), Random(1, 3, 2));
    }

    [Fact]
    public void Beginnings_follow_their_laws()
    {
        Tensor tall = init.orthogonal_(empty([6, 4], float64), gain: 2);
        Close(eye(4, dtype: float64) * 4, tall.t().mm(tall), 1e-10);
        Tensor wide = init.orthogonal_(empty([3, 2, 4], float64));
        Close(eye(3, dtype: float64), wide.view(3, 8).mm(wide.view(3, 8).t()), 1e-10);
        Assert.Throws<ArgumentException>(() => init.orthogonal_(zeros(3)));

        Tensor w = empty([200, 100], float64);
        AssertUniform(init.xavier_uniform_(w, 2), 2 * Math.Sqrt(6.0 / 300));
        AssertUniform(init.kaiming_uniform_(w, nonlinearity: init.NonlinearityType.ReLU), Math.Sqrt(2) * Math.Sqrt(3.0 / 100));
        AssertUniform(init.kaiming_uniform_(w, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.Tanh), 5.0 / 3 * Math.Sqrt(3.0 / 200));
        AssertUniform(init.uniform_(w, -3, 3), 3);
        Assert.Equal(Math.Sqrt(2.0 / 300), init.xavier_normal_(w).std().ToDouble(), 0.003);
        Assert.Equal(0.1, init.kaiming_normal_(w, nonlinearity: init.NonlinearityType.Linear).std().ToDouble(), 0.003);
        init.normal_(w, 5, 0.5);
        Assert.Equal(5, w.mean().ToDouble(), 0.02);
        Assert.Equal(0, init.zeros_(w).abs().max().ToDouble());
        Assert.Equal(1, init.ones_(w).min().ToDouble());
        Assert.Equal((6L, 8L), init.CalculateFanInAndFanOut(zeros(4, 3, 2)));
        using Linear layer = Linear(100, 200, dtype: float64);
        AssertUniform(layer.weight, 0.1);
        AssertUniform(layer.bias!, 0.1, 0.03);

        static void AssertUniform(Tensor t, double bound, double tolerance = 0.01)
        {
            using IDisposable frozen = no_grad();
            Assert.InRange(t.abs().max().ToDouble() / bound, 1 - tolerance, 1);
            Assert.Equal(1, t.std().ToDouble() * Math.Sqrt(3) / bound, 10 * tolerance);
        }
    }
}
