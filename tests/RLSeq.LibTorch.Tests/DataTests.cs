using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class DataTests : TensorTest
{
    [Fact]
    public void Elements_are_read_in_the_order_of_their_indices()
    {
        Tensor x = arange(6, float64).view(2, 3);
        Assert.Equal([0, 1, 2, 3, 4, 5], x.data<double>().ToArray());
        TensorAccessor<double> transposed = x.t().data<double>();
        Assert.Equal([0, 3, 1, 4, 2, 5], transposed.ToArray());
        Assert.Equal(6, transposed.Count);
        Assert.Equal(4, transposed[1, 1]);
        Assert.Equal(4, transposed[3]);
        Assert.Equal([0.0, 3, 1, 4, 2, 5], transposed);
        var some = new double[4];
        transposed.CopyTo(some, 1, 2);
        Assert.Equal([0, 1, 4, 2], some);
        Assert.Throws<ArgumentOutOfRangeException>(() => transposed[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => transposed[6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => transposed[0, 0, 0]);
    }

    [Fact]
    public void Elements_are_written_through()
    {
        Tensor x = zeros([2, 3], float64);
        x.data<double>().CopyFrom([1, 2, 3, 4, 5, 6]);
        Close([1, 2, 3, 4, 5, 6], x.view(-1));
        x.t().data<double>().CopyFrom([10, 20, 30], tensorIndex: 1);
        Close([1, 20, 3, 10, 30, 6], x.view(-1));
        x.data<double>()[1, 2] = -1;
        Assert.Equal(-1, x[1, 2].ToDouble());
    }

    [Fact]
    public void Types_must_match()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => zeros(1).data<double>());
        Assert.Contains("Float32", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => zeros(1).item<int>());
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Throws<TorchException>(() => zeros(2).ToSingle());
    }

    [Fact]
    public void One_element_converts()
    {
        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2, tensor(2.5f).ToInt32());
        Assert.Equal(2, tensor(2.5f).ToInt64());
        Assert.True(tensor(2.5f).ToBoolean());
        Assert.Equal(7L, tensor(7L).item<long>());
        Assert.True(tensor(true).item<bool>());
        Assert.Equal(200, tensor((byte)200).ToByte());
        Assert.Throws<OverflowException>(() => tensor(300).ToByte());
        Assert.Equal((Half)1.5, tensor(1.5f).half().item<Half>());
        Assert.Equal(0x3fc0, tensor(1.5f).bfloat16().item<ushort>());
        Assert.Equal(1.5f, tensor(1.5f).bfloat16().ToSingle());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        Tensor x = zeros(2);
        BitConverter.TryWriteBytes(x.bytes[4..], 3.5f);
        Close([0, 3.5], x);
        x.bytes = new byte[8];
        Close([0, 0], x);
        Tensor transposed = zeros(2, 2).t();
        Assert.Throws<InvalidOperationException>(() => transposed.bytes.Length);
        transposed.bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(new float[] { 1, 2, 3, 4 }).ToArray();
        Close([1, 2, 3, 4], transposed.reshape(-1));
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[7]);
        Assert.Throws<InvalidOperationException>(() => zeros([2], device: META).bytes.Length);
        Assert.Equal(0, zeros(0).bytes.Length);
    }

    [Fact]
    public void Conversions_between_types()
    {
        Tensor x = tensor([1.5, -2.5]);
        Assert.Equal(ScalarType.Float32, x.@float().dtype);
        Close([1, -2], x.@long());
        Close([1, -2], x.@int());
        Close([1, 1], x.@bool());
        Close([1.5, -2.5], x.half().@double());
        Assert.Equal(ScalarType.Float32, x.type_as(zeros(1)).dtype);
        Assert.Equal(ScalarType.Float32, x.to(zeros(1)).dtype);
        Tensor same = x.to(float64);
        same.fill_(0);
        Close([0, 0], x);
        Tensor copy = x.to(float64, copy: true);
        copy.fill_(1);
        Close([0, 0], x);
        Tensor source = ones(2);
        Close([1, 1], source.to(float64, disposeAfter: true));
        Assert.True(source.IsInvalid);
        Close([0, 0], x.clone().cpu());
        Assert.Equal("Float64[2]", x.ToString());
        Assert.Equal("Float32[1, 0] on meta", zeros([1, 0], device: META).ToString());
    }

    [Fact]
    public void Metadata()
    {
        Tensor x = zeros([2, 3], int16);
        Assert.Equal(2, x.dim());
        Assert.Equal(2, x.ndim);
        Assert.Equal(6, x.numel());
        Assert.Equal(2, x.element_size());
        Assert.Equal(3, x.size(-1));
        Assert.Equal([2, 3], x.size());
        Assert.Throws<ArgumentOutOfRangeException>(() => x.size(2));
        Assert.Equal(9, zeros([1, 1, 1, 1, 1, 1, 1, 1, 1, 9]).size(9));
        Assert.True(x.is_integral());
        Assert.False(x.is_floating_point());
        Assert.True(is_floating_point(bfloat16));
        Assert.True(x.is_cpu());
        Assert.False(x.is_cuda);
        Assert.False(tensor(0.0).is_nonzero());
        Assert.Equal(2, ScalarType.BFloat16.ElementSize());
    }
}
