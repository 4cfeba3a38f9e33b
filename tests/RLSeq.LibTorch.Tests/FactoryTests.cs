using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class FactoryTests : TensorTest
{
    [Fact]
    public void Shapes_types_and_values()
    {
        Close([0, 0, 0, 0], zeros(2, 2).view(-1));
        Close([1, 1, 1], ones(3));
        Close([2, 2], full(2, 2));
        Close([0, 1, 2], arange(3));
        Close([1, 1.5, 2], arange(1, 2.25, 0.5));
        Close([0, 0.5, 1], linspace(0, 1, 3));
        Close([1, 0, 0, 1], eye(2).view(-1));
        Assert.Equal([2, 3], eye(2, 3).shape);
        Assert.Equal([1, 2, 3, 4], empty(1, 2, 3, 4).shape);
        Assert.Equal([], zeros([]).shape);
        Assert.Equal(ScalarType.Float32, zeros(1).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(3.0).dtype);
        Assert.Equal(ScalarType.Int64, full(1, 2).dtype);
        Assert.Equal(ScalarType.Float32, full(1, 2.0).dtype);
        Assert.Equal(ScalarType.Float64, full(1, 2, float64).dtype);
        Assert.True(zeros(2, requires_grad: true).requires_grad);
        Assert.Equal(DeviceType.META, zeros(2, device: META).device_type);
    }

    [Fact]
    public void As_another_tensor()
    {
        Tensor model = zeros(2, 3, int32);
        Close([1, 1, 1, 1, 1, 1], ones_like(model).view(-1));
        Assert.Equal(ScalarType.Int32, ones_like(model).dtype);
        Assert.Equal(ScalarType.Float64, zeros_like(model, float64).dtype);
        Close([7, 7, 7, 7, 7, 7], full_like(model, 7).view(-1));
        Assert.Equal([4], model.new_zeros([4]).shape);
        Assert.Equal(ScalarType.Int32, model.new_empty([4]).dtype);
        Assert.Equal([2, 3], randn_like(model, float32).shape);
        Assert.Equal([2, 3], rand_like(model, float32).shape);
        Assert.Equal([2, 3], empty_like(model).shape);
    }

    [Fact]
    public void From_arrays()
    {
        Assert.Equal(ScalarType.Float32, tensor([1f]).dtype);
        Assert.Equal(ScalarType.Float64, tensor([1.0]).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor([true]).dtype);
        Assert.Equal(ScalarType.Float64, tensor([1f, 2f], dtype: float64).dtype);
        Close([1, 2, 3, 4], tensor([1f, 2f, 3f, 4f], [2, 2]).view(-1));
        Assert.Equal([2, 2], tensor([1f, 2f, 3f, 4f], [2, 2]).shape);
        Assert.Equal([1, 2, 3], tensor(new float[1, 2, 3]).shape);
        Close([1, 2, 3, 4], tensor(new[,] { { 1, 2 }, { 3, 4 } }).view(-1));
        Close([5, 6], new[] { 5.0, 6.0 }.ToTensor([2]));
        Assert.Equal([], tensor(3f).shape);
        Assert.Equal(3, tensor(3f).ToSingle());
        Assert.Equal([0], tensor(Array.Empty<float>()).shape);
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => tensor([1f, 2f, 3f], [2, 2]));
        Assert.Contains("needs 4 elements; 3 were given", wrong.Message, StringComparison.Ordinal);
        Tensor implicitly = 2.5;
        Assert.Equal(2.5, implicitly.ToDouble());
    }

    [Fact]
    public void Random_numbers_follow_their_laws_and_their_seed()
    {
        const int N = 20_000;
        Tensor normal = randn(N, float64);
        Assert.Equal(0, normal.mean().ToDouble(), 0.03);
        Assert.Equal(1, normal.var().ToDouble(), 0.04);
        Tensor uniform = rand(N, float64);
        Assert.Equal(0.5, uniform.mean().ToDouble(), 0.01);
        Assert.True(uniform.min().ToDouble() >= 0 && uniform.max().ToDouble() < 1);
        Close([2, 3, 4], Distinct(randint(2, 5, [1000])));
        Close(arange(100, float64), randperm(100).sort().Values.to(float64));
        Assert.Equal(0.3, full(N, 0.3).bernoulli().mean().ToDouble(), 0.02);
        Tensor drawn = multinomial(tensor([1f, 0f, 3f]), N, replacement: true);
        Assert.Equal(0.75, (drawn == 2).to(float64).mean().ToDouble(), 0.02);
        Assert.Equal(0.5, empty(N, float64).exponential_(2).mean().ToDouble(), 0.02);
        Assert.Equal(3, torch.normal(3, 2, [N]).mean().ToDouble(), 0.06);
        Assert.Equal(0.3, zeros(N, float64).bernoulli_(0.3).mean().ToDouble(), 0.02);

        manual_seed(7);
        Tensor first = randn(5);
        Tensor state = get_rng_state();
        Tensor second = randn(5);
        set_rng_state(state);
        Close(second, randn(5));
        manual_seed(7);
        Close(first, randn(5));
    }

    [Fact]
    public void A_generator_has_its_own_state()
    {
        using var a = new Generator(5);
        using var b = new Generator(5);
        Tensor first = randn(4, generator: a);
        randn(4).Dispose();
        Close(first, randn(4, generator: b));
        Assert.False(first.Equals(randn(4, generator: a)));
        Assert.Equal(5, a.initial_seed());
        a.manual_seed(5);
        Close(first, randn(4, generator: a));
        Tensor state = a.get_state();
        Tensor next = rand(3, generator: a);
        a.set_state(state);
        Close(next, rand(3, generator: a));
        a.Dispose();
        Assert.Throws<ObjectDisposedException>(() => randn(4, generator: a));
    }

    private static Tensor Distinct(Tensor values) => tensor(values.data<long>().ToArray().Distinct().Order().ToArray());
}
