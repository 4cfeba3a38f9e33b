using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class GradientTests : TensorTest
{
    [Fact]
    public void Backward_fills_and_accumulates_gradients()
    {
        Tensor x = tensor([1.0, 2.0]).requires_grad_();
        Assert.Null(x.grad);
        x.square().sum().backward();
        Close([2, 4], x.grad!);
        x.square().sum().backward();
        Close([4, 8], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = tensor([5.0, 6.0]);
        Close([5, 6], x.grad!);
    }

    [Fact]
    public void Backward_takes_seeds_and_inputs()
    {
        Tensor x = tensor([1.0, 2.0]).requires_grad_();
        Tensor y = tensor([3.0, 4.0]).requires_grad_();
        Tensor product = x * y;
        product.backward([tensor([10.0, 100.0])], inputs: [x], retain_graph: true);
        Close([30, 400], x.grad!);
        Assert.Null(y.grad);
        autograd.backward([product], [tensor([1.0, 1.0])]);
        Close([33, 404], x.grad!);
        Close([1, 2], y.grad!);
    }

    [Fact]
    public void Gradients_can_be_returned_and_differentiated_again()
    {
        Tensor x = tensor([2.0]).requires_grad_();
        Tensor unused = tensor([1.0]).requires_grad_();
        IList<Tensor> first = autograd.grad([x.pow(3)], [x], create_graph: true);
        Close([12], first[0]);
        Close([12], autograd.grad([first[0]], [x])[0]);
        Assert.Null(x.grad);
        Assert.Null(autograd.grad([x.square()], [x, unused], allow_unused: true)[1]);
        Assert.ThrowsAny<ExternalException>(() => autograd.grad([x.square()], [x, unused]));
    }

    [Fact]
    public void Leaves_and_detached_tensors()
    {
        Tensor x = tensor([2.0]).requires_grad_();
        Tensor y = x * 3;
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        Assert.True(y.requires_grad);
        Assert.False(y.detach().requires_grad);
        y.retain_grad();
        (y * y).sum().backward();
        Close([12], y.grad!);
        Close([36], x.grad!);
        Tensor z = x * 2;
        Assert.Same(z, z.detach_());
        Assert.False(z.requires_grad);
        Assert.Equal(2.0, x.item<double>());
        Assert.Throws<TorchException>(() => tensor(new long[] { 1 }).requires_grad_());
        Assert.Throws<TorchException>(() => tensor([1.0]).sum().backward());
    }

    [Fact]
    public void Modes_nest_and_are_restored()
    {
        Tensor x = tensor([2.0]).requires_grad_();
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            using (set_grad_enabled(true))
                Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void Modes_are_restored_when_an_operator_fails()
    {
        Assert.Throws<TorchException>(() =>
        {
            using IDisposable frozen = no_grad();
            _ = zeros(2, 3).mm(zeros(2, 3));
        });
        Assert.True(is_grad_enabled());
        Assert.Throws<TorchException>(() =>
        {
            using IDisposable inference = inference_mode();
            _ = zeros(2, 3).mm(zeros(2, 3));
        });
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void Modes_belong_to_the_thread()
    {
        using IDisposable frozen = no_grad();
        bool? elsewhere = null;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Inference_mode_must_be_left_on_its_thread()
    {
        using IDisposable inference = inference_mode();
        Exception? refused = null;
        var thread = new Thread(() => refused = Record.Exception(inference.Dispose));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(refused);
    }

    [Fact]
    public void Gradients_of_several_threads_do_not_mix()
    {
        Tensor shared = tensor([3.0]).requires_grad_();
        var results = new double[4];
        var threads = new List<Thread>();
        for (int i = 0; i < results.Length; i++)
        {
            int k = i;
            threads.Add(new Thread(() =>
            {
                using DisposeScope scope = NewDisposeScope();
                for (int repeat = 0; repeat < 200; repeat++)
                    results[k] = autograd.grad([shared.pow(k + 2).sum()], [shared])[0].ToDouble();
            }));
        }

        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Equal([2 * 3, 3 * 9, 4 * 27, 5 * 81], results);
    }
}
