using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Uniformly distributed numbers in [0, 1).</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(Aten.RandGenerator.Call(size, generator, dtype ?? ScalarType.Float32, default, device), requires_grad);

    /// <summary>Uniformly distributed numbers in [0, 1).</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand(size.ToArray(), dtype, device, requires_grad, generator);

    /// <summary>Uniformly distributed numbers in [0, 1).</summary>
    /// <param name="size">The length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand((long[])[size], dtype, device, requires_grad, generator);

    /// <summary>Uniformly distributed numbers in [0, 1).</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand((long[])[rows, columns], dtype, device, requires_grad, generator);

    /// <summary>Uniformly distributed numbers in [0, 1).</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <summary>Uniformly distributed numbers in [0, 1).</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dim3">The fourth length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor rand(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>Uniformly distributed numbers in [0, 1). In the shape of another tensor.</summary>
    /// <param name="input">Whose shape, type and device it takes.</param>
    /// <param name="dtype">The type; as the input when not given.</param>
    /// <param name="device">The device; as the input when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    /// <summary>Normally distributed numbers with mean 0 and variance 1.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(Aten.RandnGenerator.Call(size, generator, dtype ?? ScalarType.Float32, default, device), requires_grad);

    /// <summary>Normally distributed numbers with mean 0 and variance 1.</summary>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn(size.ToArray(), dtype, device, requires_grad, generator);

    /// <summary>Normally distributed numbers with mean 0 and variance 1.</summary>
    /// <param name="size">The length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn((long[])[size], dtype, device, requires_grad, generator);

    /// <summary>Normally distributed numbers with mean 0 and variance 1.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn((long[])[rows, columns], dtype, device, requires_grad, generator);

    /// <summary>Normally distributed numbers with mean 0 and variance 1.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <summary>Normally distributed numbers with mean 0 and variance 1.</summary>
    /// <param name="dim0">The first length.</param>
    /// <param name="dim1">The second length.</param>
    /// <param name="dim2">The third length.</param>
    /// <param name="dim3">The fourth length.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randn(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>Normally distributed numbers with mean 0 and variance 1. In the shape of another tensor.</summary>
    /// <param name="input">Whose shape, type and device it takes.</param>
    /// <param name="dtype">The type; as the input when not given.</param>
    /// <param name="device">The device; as the input when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    /// <summary>Uniformly distributed integers.</summary>
    /// <param name="low">The least.</param>
    /// <param name="high">The bound, excluded.</param>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Int64 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(Aten.RandintLowGenerator.Call(low, high, size, generator, dtype ?? ScalarType.Int64, default, device), requires_grad);

    /// <summary>Uniformly distributed integers from 0.</summary>
    /// <param name="high">The bound, excluded.</param>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Int64 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    /// <summary>The integers from 0 to n − 1 in random order.</summary>
    /// <param name="n">How many.</param>
    /// <param name="dtype">The type of the elements; Int64 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(Aten.RandpermGenerator.Call(n, generator, dtype ?? ScalarType.Int64, default, device), requires_grad);

    /// <summary>Normally distributed numbers.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="size">The length of every dimension.</param>
    /// <param name="dtype">The type of the elements; Float32 when not given.</param>
    /// <param name="device">Where it lives; the CPU when not given.</param>
    /// <param name="requires_grad">Whether operators on it are recorded.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(Aten.NormalFloatFloat.Call(mean, std, size.ToArray(), generator, dtype ?? ScalarType.Float32, default, device), requires_grad);

    /// <summary>0 or 1 with the probabilities that the elements give.</summary>
    /// <param name="input">The probabilities.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Indices drawn with weights that the elements of each row give.</summary>
    /// <param name="input">The weights.</param>
    /// <param name="num_samples">How many per row.</param>
    /// <param name="replacement">Whether an index can be drawn again.</param>
    /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    /// <summary>Seeds the default generators of all devices.</summary>
    /// <param name="seed">The seed.</param>
    public static Generator manual_seed(long seed)
    {
        TorchException.Check(Native.rlt_manual_seed(unchecked((ulong)seed)), nameof(manual_seed));
        return Generator.Default;
    }

    /// <summary>The default generators.</summary>
    public static class random
    {
        /// <summary>Seeds the default generators of all devices.</summary>
        /// <param name="seed">The seed.</param>
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>The state of the CPU's default generator.</summary>
        public static Tensor get_rng_state() => torch.get_rng_state();

        /// <summary>Sets the state of the CPU's default generator.</summary>
        /// <param name="new_state">A state that <see cref="get_rng_state"/> returned.</param>
        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    /// <summary>The state of the CPU's default generator.</summary>
    public static Tensor get_rng_state() => Generator.Default.get_state();

    /// <summary>Sets the state of the CPU's default generator.</summary>
    /// <param name="new_state">A state that <see cref="get_rng_state"/> returned.</param>
    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
}
