using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RLSeq.LibTorch.Tests;

public class ModuleTests : TensorTest
{
    [Fact]
    public void Parameters_are_found_by_dotted_names_in_order()
    {
        using var net = new Registered();
        Assert.Equal(["scale", "first.weight", "first.bias", "body.in.weight", "body.in.bias", "body.out.weight"], net.named_parameters().Select(p => p.name));
        Assert.Equal(["scale"], net.named_parameters(recurse: false).Select(p => p.name));
        Assert.Equal(6, net.parameters().Count());
        Assert.Equal(["steps", "scratch"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["steps"], net.named_buffers(include_nonpersistent: false).Select(b => b.name));
        Assert.Equal(["first", "body"], net.named_children().Select(c => c.name));
        Assert.Equal(["first", "body", "body.in", "body.mid", "body.out"], net.named_modules().Select(m => m.name));
        Assert.Equal(5, net.modules().Count());
        Assert.True(net.has_parameter("body.in.bias"));
        Assert.False(net.has_parameter("body.out.bias"));
        Assert.True(net.has_buffer("steps"));
        Assert.Equal([4, 3], net.get_parameter("first.weight")!.shape);
        Assert.Null(net.get_buffer("nothing"));
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
        Assert.Equal([5, 2], net.call(randn(5, 3)).shape);
    }

    [Fact]
    public void Fields_register_by_themselves()
    {
        using var net = new Reflected();
        Assert.Equal(["_layer.weight", "renamed.weight", "weight"], net.named_parameters().Select(p => p.name).Order(StringComparer.Ordinal));
        Assert.Equal(["_count"], net.named_buffers().Select(b => b.name));
    }

    [Fact]
    public void Shared_parameters_count_once()
    {
        using Linear shared = Linear(2, 2);
        using Sequential net = Sequential(("a", shared), ("b", shared));
        Assert.Equal(["a.weight", "a.bias"], net.named_parameters().Select(p => p.name));
    }

    [Fact]
    public void Names_are_checked()
    {
        using var net = new Registered();
        Assert.Throws<ArgumentException>(() => net.register_module("first", Tanh()));
        Assert.Throws<ArgumentException>(() => net.register_buffer("scale", zeros(1)));
        Assert.Throws<ArgumentException>(() => net.register_parameter("a.b", Parameter(zeros(1))));
        net.register_parameter("nothing", null);
        Assert.False(net.has_parameter("nothing"));
    }

    [Fact]
    public void A_parameter_takes_over_its_tensor()
    {
        Tensor data = tensor([1.0, 2.0]);
        using DisposeScope inner = NewDisposeScope();
        Parameter parameter = Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Close([1, 2], parameter);
        Assert.False(inner.Contains(parameter));
        Assert.False(Parameter(zeros(1), requires_grad: false).requires_grad);
        Assert.Throws<ObjectDisposedException>(() => Parameter(data));
    }

    [Fact]
    public void Training_mode_and_gradients_reach_all_modules()
    {
        using var net = new Registered();
        Assert.True(net.training);
        net.eval();
        Assert.All(net.modules(), m => Assert.False(m.training));
        net.train();
        Assert.All(net.modules(), m => Assert.True(m.training));
        net.call(randn(2, 3)).sum().backward();
        Assert.All(net.parameters(), p => Assert.NotNull(p.grad));
        net.zero_grad(set_to_none: false);
        Assert.All(net.parameters(), p => Assert.Equal(0, p.grad!.abs().sum().ToDouble()));
        net.zero_grad();
        Assert.All(net.parameters(), p => Assert.Null(p.grad));
        int visited = 0;
        net.apply(_ => visited++);
        Assert.Equal(6, visited);
    }

    [Fact]
    public void Moving_keeps_the_parameters_identity()
    {
        using var net = new Registered();
        Parameter[] before = [.. net.parameters()];
        net.call(randn(2, 3)).sum().backward();
        double[] weights = Doubles(before[1]);
        double[] gradient = Doubles(before[1].grad!);
        Assert.Same(net, net.to(ScalarType.Float64));
        Assert.Equal(before, net.parameters(), ReferenceEqualityComparer.Instance);
        Assert.All(net.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
        Assert.Equal(weights, Doubles(before[1]));
        Assert.Equal(gradient, Doubles(before[1].grad!));
        Assert.Equal(ScalarType.Int64, net.get_buffer("steps")!.dtype);
        net.to(CPU).cpu().@float();
        Assert.Equal(ScalarType.Float32, before[0].dtype);
        net.to(META);
        Assert.Equal(DeviceType.META, before[0].device_type);
        Assert.Throws<ArgumentException>(() => net.to(ScalarType.Int64));
    }

    [Fact]
    public void Disposing_frees_everything()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = LibTorchInfo.LiveHandles;
        var net = new Registered();
        Assert.True(LibTorchInfo.LiveHandles > before);
        net.Dispose();
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Sequential_runs_in_order_and_frees_what_lies_between()
    {
        using Sequential net = Sequential(Linear(2, 3), ReLU(inplace: true), Linear(3, 1)).append(Identity());
        Assert.Equal(4, net.Count);
        Assert.IsType<Linear>(net[2]);
        Tensor x = randn(4, 2);
        var first = (Linear)net[0];
        var last = (Linear)net[2];
        Tensor expected = x.mm(first.weight.t()).add(first.bias!).relu().mm(last.weight.t()).add(last.bias!);
        using (DisposeScope scope = NewDisposeScope())
        {
            Close(expected, net.call(x), 1e-6);
            Assert.False(x.IsInvalid);
        }

        using (DisposeScope scope = NewDisposeScope())
        {
            using Tensor y = net.call(x);
            Assert.Equal(1, scope.DisposablesCount);
        }

        using Sequential empty = Sequential();
        Assert.True(empty.call(x).Equals(x));
        using Sequential inPlace = Sequential(Tanh(inplace: true), Identity());
        Tensor overwritten = x.clone();
        Close(x.tanh(), inPlace.call(overwritten), 1e-6);
        Assert.False(overwritten.IsInvalid);
    }

    [Fact]
    public void Modules_of_several_inputs()
    {
        using var two = new Two();
        using var three = new Three();
        Assert.Equal(5, two.call(tensor(2.0), tensor(3.0)).ToDouble());
        Assert.Equal((6, "6"), three.call(1, 2, 3));
    }

    private sealed class Two() : Module<Tensor, Tensor, Tensor>("two")
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1 + input2;
    }

    private sealed class Three() : Module<int, int, int, (int, string)>("three")
    {
        public override (int, string) forward(int input1, int input2, int input3) =>
            (input1 + input2 + input3, (input1 + input2 + input3).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class Registered : Module<Tensor, Tensor>
    {
        private readonly Linear _first = Linear(3, 4);
        private readonly Sequential _body = Sequential(("in", Linear(4, 4)), ("mid", SiLU()), ("out", Linear(4, 2, hasBias: false)));
        private readonly Parameter _scale = Parameter(ones(2));

        internal Registered()
            : base(nameof(Registered))
        {
            register_module("first", _first);
            register_module("body", _body);
            register_parameter("scale", _scale);
            register_buffer("steps", zeros(1, int64));
            register_buffer("scratch", zeros(1), persistent: false);
        }

        public override Tensor forward(Tensor input) => _body.call(_first.call(input)) * _scale;
    }

    private sealed class Reflected : Module
    {
        public readonly Parameter weight = Parameter(zeros(1));
        private readonly Linear _layer = Linear(1, 1, hasBias: false);
        [ComponentName("renamed")]
        private readonly Linear _other = Linear(1, 1, hasBias: false);
        private readonly Tensor _count = zeros(1);

        internal Reflected()
            : base(nameof(Reflected))
        {
            register_module("_layer", _layer);
            RegisterComponents();
            RegisterComponents();
            Assert.NotNull(_other);
            Assert.NotNull(_count);
        }
    }
}
