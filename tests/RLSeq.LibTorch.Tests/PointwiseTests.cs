using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class PointwiseTests : TensorTest
{
    private static readonly double[] Anywhere = [-2.5, -1.25, -0.5, 0.25, 0.75, 1.5, 3.0];
    private static readonly double[] Positive = [0.1, 0.25, 0.75, 1.5, 3.0, 7.0];

    public static TheoryData<string> Names => [.. Table.Keys];

    // Value and derivative in closed form; erf and the normal distribution's density by series below.
    private static Dictionary<string, (Func<Tensor, Tensor> Torch, Func<double, double> Value, Func<double, double> Slope, double[] Points)> Table { get; } = new()
    {
        ["abs"] = (t => t.abs(), Math.Abs, x => Math.Sign(x), Anywhere),
        ["neg"] = (t => -t, x => -x, _ => -1, Anywhere),
        ["negative"] = (t => t.negative(), x => -x, _ => -1, Anywhere),
        ["exp"] = (t => t.exp(), Math.Exp, Math.Exp, Anywhere),
        ["expm1"] = (t => t.expm1(), x => Math.Exp(x) - 1, Math.Exp, Anywhere),
        ["log"] = (t => t.log(), Math.Log, x => 1 / x, Positive),
        ["log1p"] = (t => t.log1p(), x => Math.Log(1 + x), x => 1 / (1 + x), Positive),
        ["log2"] = (t => t.log2(), Math.Log2, x => 1 / (x * Math.Log(2)), Positive),
        ["sqrt"] = (t => t.sqrt(), Math.Sqrt, x => 0.5 / Math.Sqrt(x), Positive),
        ["rsqrt"] = (t => t.rsqrt(), x => 1 / Math.Sqrt(x), x => -0.5 / (x * Math.Sqrt(x)), Positive),
        ["square"] = (t => t.square(), x => x * x, x => 2 * x, Anywhere),
        ["reciprocal"] = (t => t.reciprocal(), x => 1 / x, x => -1 / (x * x), Anywhere),
        ["sin"] = (t => t.sin(), Math.Sin, Math.Cos, Anywhere),
        ["cos"] = (t => t.cos(), Math.Cos, x => -Math.Sin(x), Anywhere),
        ["tan"] = (t => t.tan(), Math.Tan, x => 1 / (Math.Cos(x) * Math.Cos(x)), Anywhere),
        ["atan"] = (t => t.atan(), Math.Atan, x => 1 / (1 + (x * x)), Anywhere),
        ["tanh"] = (t => t.tanh(), Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x)), Anywhere),
        ["sigmoid"] = (t => t.sigmoid(), Logistic, x => Logistic(x) * (1 - Logistic(x)), Anywhere),
        ["relu"] = (t => t.relu(), x => Math.Max(0, x), x => x > 0 ? 1 : 0, Anywhere),
        ["silu"] = (t => t.silu(), x => x * Logistic(x), x => Logistic(x) * (1 + (x * (1 - Logistic(x)))), Anywhere),
        ["gelu"] = (t => t.gelu(), x => x * Normal(x), x => Normal(x) + (x * Density(x)), Anywhere),
        ["softplus"] = (t => t.softplus(), x => Math.Log(1 + Math.Exp(x)), Logistic, Anywhere),
        ["softplus sharp"] = (t => t.softplus(4), x => Math.Log(1 + Math.Exp(4 * x)) / 4, x => Logistic(4 * x), Anywhere),
        ["log_sigmoid"] = (t => t.log_sigmoid(), x => Math.Log(Logistic(x)), x => 1 - Logistic(x), Anywhere),
        ["elu"] = (t => t.elu(2), x => x > 0 ? x : 2 * (Math.Exp(x) - 1), x => x > 0 ? 1 : 2 * Math.Exp(x), Anywhere),
        ["leaky_relu"] = (t => t.leaky_relu(0.2), x => x > 0 ? x : 0.2 * x, x => x > 0 ? 1 : 0.2, Anywhere),
        ["erf"] = (t => t.erf(), x => (2 * Normal(x * Math.Sqrt(2))) - 1, x => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x), Anywhere),
        ["sign"] = (t => t.sign(), x => Math.Sign(x), _ => 0, Anywhere),
        ["floor"] = (t => t.floor(), Math.Floor, _ => 0, Anywhere),
        ["ceil"] = (t => t.ceil(), Math.Ceiling, _ => 0, Anywhere),
        ["trunc"] = (t => t.trunc(), Math.Truncate, _ => 0, Anywhere),
        ["round"] = (t => t.round(), x => Math.Round(x, MidpointRounding.ToEven), _ => 0, Anywhere),
        ["pow 3"] = (t => t.pow(3), x => x * x * x, x => 3 * x * x, Anywhere),
        ["pow 0.5"] = (t => t.pow(0.5), Math.Sqrt, x => 0.5 / Math.Sqrt(x), Positive),
        ["clamp"] = (t => t.clamp(-1, 1), x => Math.Clamp(x, -1, 1), x => Math.Abs(x) < 1 ? 1 : 0, Anywhere),
        ["clamp from below"] = (t => t.clamp(min: 0.5), x => Math.Max(x, 0.5), x => x > 0.5 ? 1 : 0, Anywhere),
        ["clamp_max"] = (t => t.clamp_max(0.5), x => Math.Min(x, 0.5), x => x < 0.5 ? 1 : 0, Anywhere),
        ["number minus"] = (t => 2 - t, x => 2 - x, _ => -1, Anywhere),
        ["number over"] = (t => 2.0 / t, x => 2 / x, x => -2 / (x * x), Anywhere),
        ["over number"] = (t => t / 4, x => x / 4, _ => 0.25, Anywhere),
        ["plus number"] = (t => t + 1.5f, x => x + 1.5, _ => 1, Anywhere),
        ["number times"] = (t => 3L * t, x => 3 * x, _ => 3, Anywhere),
        ["digamma by lgamma"] = (t => t.lgamma().exp(), Gamma, x => (Gamma(x * (1 + 1e-6)) - Gamma(x * (1 - 1e-6))) / (2e-6 * x), [1, 2, 3, 4]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_and_gradient_follow_the_closed_form(string name)
    {
        (Func<Tensor, Tensor> function, Func<double, double> value, Func<double, double> slope, double[] points) = Table[name];
        Tensor x = tensor(points).requires_grad_();
        Tensor y = function(x);
        y.sum().backward();
        double tolerance = name.StartsWith("digamma", StringComparison.Ordinal) ? 1e-5 : 1e-11;
        Close([.. points.Select(value)], y, tolerance);
        Close([.. points.Select(slope)], x.grad!, tolerance);
    }

    [Fact]
    public void Methods_in_place_change_the_tensor_and_return_it()
    {
        (Func<Tensor, Tensor> InPlace, Func<Tensor, Tensor> Pure)[] pairs =
        [
            (t => t.abs_(), t => t.abs()), (t => t.neg_(), t => t.neg()), (t => t.exp_(), t => t.exp()), (t => t.expm1_(), t => t.expm1()),
            (t => t.log_(), t => t.log()), (t => t.log1p_(), t => t.log1p()), (t => t.log2_(), t => t.log2()), (t => t.sqrt_(), t => t.sqrt()),
            (t => t.rsqrt_(), t => t.rsqrt()), (t => t.reciprocal_(), t => t.reciprocal()), (t => t.sin_(), t => t.sin()), (t => t.cos_(), t => t.cos()),
            (t => t.tan_(), t => t.tan()), (t => t.atan_(), t => t.atan()), (t => t.tanh_(), t => t.tanh()), (t => t.sigmoid_(), t => t.sigmoid()),
            (t => t.relu_(), t => t.relu()), (t => t.silu_(), t => t.silu()), (t => t.erf_(), t => t.erf()), (t => t.sign_(), t => t.sign()),
            (t => t.floor_(), t => t.floor()), (t => t.ceil_(), t => t.ceil()), (t => t.trunc_(), t => t.trunc()), (t => t.pow_(3), t => t.pow(3)),
            (t => t.clamp_(0.5, 1), t => t.clamp(0.5, 1)), (t => t.clamp_min_(1), t => t.clamp_min(1)), (t => t.clamp_max_(1), t => t.clamp_max(1)),
        ];
        foreach ((Func<Tensor, Tensor> inPlace, Func<Tensor, Tensor> pure) in pairs)
        {
            Tensor x = tensor(Positive);
            Tensor expected = pure(x.clone());
            Tensor result = inPlace(x);
            Assert.Same(x, result);
            Close(expected, x);
        }
    }

    [Fact]
    public void Static_functions_equal_the_methods()
    {
        Tensor x = tensor(Positive);
        (Tensor Static, Tensor Method)[] pairs =
        [
            (abs(x), x.abs()), (neg(x), x.neg()), (exp(x), x.exp()), (log(x), x.log()), (log1p(x), x.log1p()), (sqrt(x), x.sqrt()), (rsqrt(x), x.rsqrt()),
            (square(x), x.square()), (sin(x), x.sin()), (cos(x), x.cos()), (tanh(x), x.tanh()), (sigmoid(x), x.sigmoid()), (relu(x), x.relu()),
            (floor(x), x.floor()), (ceil(x), x.ceil()), (torch.round(x), x.round()), (erf(x), x.erf()), (sign(x), x.sign()), (isnan(x), x.isnan()),
            (isfinite(x), x.isfinite()), (logical_not(x), x.logical_not()), (clamp(x, 1, 2), x.clamp(1, 2)), (pow(x, 2), x.pow(2)),
        ];
        foreach ((Tensor actual, Tensor expected) in pairs)
            Close(expected, actual);
    }

    [Fact]
    public void Tests_for_nan_and_infinity()
    {
        Tensor x = tensor([1.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity]);
        Close([0, 1, 0, 0], x.isnan());
        Close([0, 0, 1, 1], x.isinf());
        Close([1, 0, 0, 0], x.isfinite());
        Close([1, 5, 6, 7], x.nan_to_num(5, 6, 7));
        Close([0, 1, 1, 0, 0], tensor([1.0, 0.0, 0.0, -3.0, 2.0]).logical_not());
    }

    [Fact]
    public void Gelu_by_tanh_follows_its_formula()
    {
        Tensor x = tensor(Anywhere);
        double[] expected = [.. Anywhere.Select(v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + (0.044715 * v * v * v)))))];
        Close(expected, x.gelu(TorchSharp.Modules.GELU.Approximate.tanh));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    private static double Gamma(double x) => x == Math.Floor(x) ? Factorial((int)x - 1) : Stirling(x);

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    // Shifted upwards until the asymptotic series is exact to double precision.
    private static double Stirling(double x)
    {
        double factor = 1;
        for (; x < 20; x++)
            factor *= x;
        double series = (1 / (12 * x)) - (1 / (360 * x * x * x)) + (1 / (1260 * Math.Pow(x, 5)));
        return Math.Exp((x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI / x)) + series) / factor;
    }

    // The Taylor series of the normal distribution function, which converges everywhere.
    private static double Normal(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= x * x / ((2 * n) + 1);
            sum += term;
        }

        return 0.5 + (sum * Density(x));
    }
}
