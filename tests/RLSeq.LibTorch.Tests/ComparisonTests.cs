using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class ComparisonTests : TensorTest
{
    [Fact]
    public void Comparisons_give_bools()
    {
        Tensor a = tensor([1.0, 2.0, 3.0]);
        Tensor b = tensor([2.0, 2.0, 2.0]);
        Assert.Equal(ScalarType.Bool, (a < b).dtype);
        Close([0, 1, 0], a == b);
        Close([1, 0, 1], a != b);
        Close([1, 0, 0], a < b);
        Close([1, 1, 0], a <= b);
        Close([0, 0, 1], a > b);
        Close([0, 1, 1], a >= b);
        Close([0, 1, 0], a.eq(2));
        Close([1, 0, 1], ne(a, b));
        Close([1, 0, 0], a < 2);
        Close([0, 0, 1], 2 < a);
        Close([1, 1, 0], 2 >= a);
        Close([0, 1, 1], 2 <= a);
        Close([1, 0, 0], 2 > a);
        Close([0, 1, 0], 2 == a);
        Close([1, 0, 1], 2 != a);
    }

    [Fact]
    public void Logic_combines_bools()
    {
        Tensor a = tensor([true, true, false, false]);
        Tensor b = tensor([true, false, true, false]);
        Close([1, 0, 0, 0], a.logical_and(b));
        Close([1, 1, 1, 0], a.logical_or(b));
        Close([0, 1, 1, 0], a.logical_xor(b));
        Close([1, 0, 0, 0], a & b);
        Close([1, 1, 1, 0], a | b);
        Close([0, 1, 1, 0], a ^ b);
        Close([0, 0, 1, 1], ~a);
        Close([0, 0, 1, 1], a.logical_not());
        Close([1, 0, 0, 0], a.clone().logical_and_(b));
        Close([8], tensor(new long[] { 12 }) & tensor(new long[] { 10 }));
    }

    [Fact]
    public void Whole_tensors_compare_exactly_or_nearly()
    {
        Tensor a = tensor([1.0, 2.0]);
        Assert.True(a.Equals(tensor([1.0, 2.0])));
        Assert.False(a.Equals(tensor([1.0, 2.5])));
        Assert.False(a.Equals(tensor([1.0])));
        Assert.True(a.allclose(a + 1e-9));
        Assert.False(a.allclose(a + 1e-3));
        Assert.True(allclose(a, a + 1e-3, atol: 1e-2));
        Tensor nan = tensor([double.NaN]);
        Assert.False(nan.allclose(nan));
        Assert.True(nan.allclose(nan, equal_nan: true));
        Close([1, 0], a.isclose(tensor([1.0, 2.1])));
    }
}
