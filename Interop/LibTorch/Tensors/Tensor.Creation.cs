using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Fills with normally distributed numbers.</summary>
        /// <param name="mean">The mean.</param>
        /// <param name="std">The standard deviation.</param>
        /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null)
        {
            Aten.Normal_.Run(this, mean, std, generator);
            return this;
        }

        /// <summary>Fills with uniformly distributed numbers.</summary>
        /// <param name="from">The lower bound.</param>
        /// <param name="to">The upper bound, excluded.</param>
        /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            Aten.Uniform_.Run(this, from, to, generator);
            return this;
        }

        /// <summary>Fills with exponentially distributed numbers.</summary>
        /// <param name="lambda">The rate.</param>
        /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null)
        {
            Aten.Exponential_.Run(this, lambda, generator);
            return this;
        }

        /// <summary>Fills with 0 and 1.</summary>
        /// <param name="p">The probability of 1.</param>
        /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            Aten.BernoulliFloat_.Run(this, p, generator);
            return this;
        }

        /// <summary>Fills with integers.</summary>
        /// <param name="from">The least.</param>
        /// <param name="to">The upper bound, excluded.</param>
        /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
        public Tensor random_(double from, double to, Generator? generator = null)
        {
            Aten.RandomFrom_.Run(this, (long)from, (long)to, generator);
            return this;
        }

        /// <summary>0 or 1 with the probabilities that the elements give.</summary>
        /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
        public Tensor bernoulli(Generator? generator = null) => Aten.Bernoulli.Call(this, generator);

        /// <summary>Indices drawn with weights that the elements of each row give.</summary>
        /// <param name="num_samples">How many per row.</param>
        /// <param name="replacement">Whether an index can be drawn again.</param>
        /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.Multinomial.Call(this, num_samples, replacement, generator);

        /// <summary>A tensor of this shape of zeros.</summary>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.ZerosLike.Call(this, dtype, default, device), requires_grad);

        /// <summary>A tensor of this shape of ones.</summary>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.OnesLike.Call(this, dtype, default, device), requires_grad);

        /// <summary>A tensor of this shape whose elements are not set.</summary>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.EmptyLike.Call(this, dtype, default, device), requires_grad);

        /// <summary>A tensor of this shape of uniformly distributed numbers in [0, 1).</summary>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.RandLike.Call(this, dtype, default, device), requires_grad);

        /// <summary>A tensor of this shape of normally distributed numbers.</summary>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.RandnLike.Call(this, dtype, default, device), requires_grad);

        /// <summary>A tensor of this shape filled with a number.</summary>
        /// <param name="value">The number.</param>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.FullLike.Call(this, value, dtype, default, device), requires_grad);

        /// <summary>A tensor of zeros, of this type and on this device unless stated.</summary>
        /// <param name="size">The lengths.</param>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.NewZeros.Call(this, size, dtype, default, device), requires_grad);

        /// <summary>A tensor whose elements are not set, of this type and on this device unless stated.</summary>
        /// <param name="size">The lengths.</param>
        /// <param name="dtype">The type; as here when not given.</param>
        /// <param name="device">The device; as here when not given.</param>
        /// <param name="requires_grad">Whether operators on the result are recorded.</param>
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(Aten.NewEmpty.Call(this, size, dtype, default, device), requires_grad);

        internal static Tensor Made(Tensor tensor, bool requiresGradient)
        {
            if (requiresGradient)
                tensor.requires_grad = true;
            return tensor;
        }
    }
}
