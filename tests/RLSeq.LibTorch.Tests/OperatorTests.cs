using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class OperatorTests : TensorTest
{
    [Fact]
    public void Errors_name_the_operator_the_shapes_and_libtorchs_reason()
    {
        Exception error = Assert.ThrowsAny<ExternalException>(() => zeros(2, 3).mm(zeros([4, 5], float32)));
        Assert.Contains("aten::mm(self: Float32[2, 3], mat2: Float32[4, 5]): ", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be multiplied", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<TorchException>(() => cat([zeros(2, 3), zeros(2, 4)], 0));
        Assert.Contains("aten::cat(tensors: [Float32[2, 3], Float32[2, 4]], dim: 0): ", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<TorchException>(() => zeros(2, 3, int64).view(5, 7));
        Assert.Contains("aten::view(self: Int64[2, 3], size: [5, 7]): ", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<TorchException>(() => zeros(3).div(2, RoundingMode.floor).mm(zeros(2)));
        Assert.Contains("Float32[3]", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<TorchException>(() => einsum("ij,jk->", zeros(2, 3), zeros(2, 3)));
        Assert.Contains("\"ij,jk->\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_operators_are_named()
    {
        var unknown = new Operator("aten::no_such_operator");
        Assert.False(unknown.Exists);
        Exception error = Assert.Throws<TorchException>(() => unknown.Call(zeros(1)));
        Assert.Contains("has no operator 'aten::no_such_operator'", error.Message, StringComparison.Ordinal);
        Assert.Contains(LibTorchInfo.Version, error.Message, StringComparison.Ordinal);
        Assert.False(new Operator("nonsense").Exists);
        Assert.False(new Operator("aten::add.NoSuchOverload").Exists);
        Assert.False(new Operator(new string('x', 500)).Exists);
        Assert.True(new Operator("aten::add.Tensor").Exists);
    }

    [Fact]
    public void Every_operator_of_the_methods_exists()
    {
        // Chosen by what libtorch has; each has a composition or a check where it is used.
        string[] newer = ["aten::scaled_dot_product_attention"];
        foreach (System.Reflection.FieldInfo field in typeof(Aten).GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic))
        {
            var op = (Operator)field.GetValue(null)!;
            Assert.True(op.Exists || newer.Contains(op.Name), op.Name);
        }
    }

    [Fact]
    public void Arguments_that_are_not_given_take_the_schemas_defaults()
    {
        Tensor x = tensor([1.0, 2.0, 4.0]);
        Close([1, 2, 4], new Operator("aten::flatten.using_ints").Call(x));
        Close([3, 4, 6], new Operator("aten::add.Tensor").Call(x, tensor(2.0)));
        Close([.. new[] { 1.0, 2, 4 }.Select(v => Math.Log(1 + Math.Exp(v)))], new Operator("aten::softplus").Call(x));
        Close([2, 4, 8], new Operator("aten::add.Tensor").Call(x, x, Argument.Default));
        Exception error = Assert.Throws<TorchException>(() => new Operator("aten::add.Tensor").Call(x));
        Assert.Contains("argument 'other' has no default", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<TorchException>(() => new Operator("aten::exp").Call(x, 1, 2, 3));
        Assert.Contains("4 arguments were given", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Operator("aten::exp").Call(new Argument[100]));
    }

    [Fact]
    public void Arguments_are_checked_against_the_schema()
    {
        Tensor x = tensor([1.0, 2.0]);
        (string Name, Argument[] Arguments, string Reason)[] wrong =
        [
            ("aten::exp", [3], "argument 'self' must be a tensor"),
            ("aten::exp", [Argument.None], "argument 'self' must not be null"),
            ("aten::sum.dim_IntList", [x, 0.5], "argument 'dim' must be a list of integers"),
            ("aten::select.int", [x, 0, 0.5], "argument 'index' must be an integer"),
            ("aten::select.int", [x, x, 0], "argument 'dim' must be an integer"),
            ("aten::any.dim", [x, 0, "yes"], "argument 'keepdim' must be a bool"),
            ("aten::softplus", [x, "one"], "argument 'beta' must be a number"),
            ("aten::layer_norm", [x, new long[] { 2 }, default, default, "eps"], "argument 'eps' must be a number"),
            ("aten::cat", [x], "argument 'tensors' must be a list of tensors"),
            ("aten::cat", [new Tensor?[] { x, null }], "argument 'tensors' must not contain null"),
            ("aten::flip", [x, new double[] { 0 }], "argument 'dims' must be a list of integers"),
        ];
        foreach ((string name, Argument[] arguments, string reason) in wrong)
        {
            Exception error = Assert.Throws<TorchException>(() => new Operator(name).Call(arguments));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Results_are_checked_too()
    {
        Tensor x = tensor([1.0, 2.0]);
        Assert.Contains("returned Bool where Tensor", Assert.Throws<TorchException>(() => new Operator("aten::equal").Call(x, x)).Message, StringComparison.Ordinal);
        Assert.Contains("returned Int where Bool", Assert.Throws<TorchException>(() => new Operator("aten::size.int").CallBool(x, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("returned Int where TensorList", Assert.Throws<TorchException>(() => new Operator("aten::size.int").CallList(x, 0)).Message, StringComparison.Ordinal);
        Assert.True(new Operator("aten::equal").CallBool(x, x));
    }

    [Fact]
    public void Lists_of_any_length_cross()
    {
        Tensor[] many = [.. Enumerable.Range(0, 300).Select(i => tensor(new[] { (double)i }))];
        Close(arange(300, float64), cat(many));
        string longEquation = string.Concat(Enumerable.Repeat(" ", 400)) + "i,i->i";
        Close([4], einsum(longEquation, tensor([2.0]), tensor([2.0])));
        Close([1, 2], new Operator("aten::flip").Call(tensor([2.0, 1.0]), 0));
        Close([1, 2], new Operator("aten::upsample_nearest1d").Call(tensor([1.0, 2.0]).view(1, 1, 2), new long[] { 2 }).view(-1));
        Close([1, 1, 2, 2], new Operator("aten::upsample_nearest1d.vec").Call(tensor([1.0, 2.0]).view(1, 1, 2), default, new[] { 2.0 }).view(-1));
        Tensor[] scaled = new Operator("aten::_foreach_mul.ScalarList").CallList(new[] { tensor([1.0]), tensor([1.0]) }, new[] { 2.0, 3.0 });
        Close([2, 3], cat(scaled));
        (Tensor u, Tensor s, Tensor v) = new Operator("aten::linalg_svd").CallTriple(eye(2, dtype: float64) * 3, false);
        Close([3, 3], s);
        Close(eye(2, dtype: float64) * 3, u.mm(s.diag()).mm(v));
    }

    [Fact]
    public void Text_and_devices_cross()
    {
        Assert.Equal(DeviceType.META, zeros(1).to("meta").device_type);
        Assert.Equal("meta", zeros([1], device: device("meta")).device.ToString());
        Assert.Equal("cuda:1", device("cuda:1").ToString());
        Assert.Equal(1, device("CUDA", 1).index);
        Assert.Equal(CPU, zeros(1).device);
        Assert.NotEqual(CUDA, CPU);
        Device implicitly = "cuda:3";
        Assert.Equal(device(3), implicitly);
        foreach (string wrong in new[] { "tpu", "cuda:", "cuda:x", "cuda:-1", "" })
            Assert.Contains($"'{wrong}'", Assert.Throws<ArgumentException>(() => device(wrong)).Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => new Operator("aten::gelu").Call(zeros(1), "no such approximation"));
    }

    [Fact]
    public void Without_cuda_it_says_so()
    {
        if (cuda.is_available())
            return;
        Assert.Equal(0, cuda.device_count());
        Assert.False(LibTorchInfo.HasCuda);
        Assert.Throws<TorchException>(() => zeros(1).cuda());
        Assert.Throws<TorchException>(() => cuda.synchronize());
        cuda.manual_seed(1);
    }

    [Fact]
    public void Dispatch_works_from_many_threads()
    {
        var errors = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(k => new Thread(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor x = full(3, (double)k, float64);
                if (!(x * 2).Equals(full(3, 2.0 * k, float64)))
                    errors.Enqueue(new InvalidOperationException("wrong product"));

                // Messages are per thread: each must see its own shape.
                Exception error = Record.Exception(() => x.view(k + 10))!;
                if (!error.Message.Contains($"[{k + 10}]", StringComparison.Ordinal))
                    errors.Enqueue(error);
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Empty(errors);
    }
}
