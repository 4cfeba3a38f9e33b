using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How parameters begin. All functions change the tensor, record no gradients and return it.</summary>
        public static class init
        {
            /// <summary>What follows a layer; it decides on the gain.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>The logistic function.</summary>
                Sigmoid = 7,

                /// <summary>The hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>max(0, x).</summary>
                ReLU = 9,

                /// <summary>x, or a fraction of it below 0.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Which number of connections is kept in scale.</summary>
            public enum FanInOut
            {
                /// <summary>The inputs: forward.</summary>
                FanIn = 0,

                /// <summary>The outputs: backward.</summary>
                FanOut = 1,
            }

            /// <summary>By how much a nonlinearity shrinks its input, inverted.</summary>
            /// <param name="nonlinearity">The nonlinearity.</param>
            /// <param name="param">The slope of <see cref="NonlinearityType.LeakyReLU"/> below 0.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + (param * param))),
                _ => 1,
            };

            /// <summary>Zeros.</summary>
            /// <param name="tensor">The tensor.</param>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Ones.</summary>
            /// <param name="tensor">The tensor.</param>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>One number everywhere.</summary>
            /// <param name="tensor">The tensor.</param>
            /// <param name="val">The number.</param>
            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using IDisposable frozen = no_grad();
                return tensor.fill_(val);
            }

            /// <summary>Uniformly distributed numbers.</summary>
            /// <param name="tensor">The tensor.</param>
            /// <param name="low">The lower bound.</param>
            /// <param name="high">The upper bound, excluded.</param>
            /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using IDisposable frozen = no_grad();
                return tensor.uniform_(low, high, generator);
            }

            /// <summary>Normally distributed numbers.</summary>
            /// <param name="tensor">The tensor.</param>
            /// <param name="mean">The mean.</param>
            /// <param name="std">The standard deviation.</param>
            /// <param name="generator">Where the random numbers come from; the default generator when not given.</param>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using IDisposable frozen = no_grad();
                return tensor.normal_(mean, std, generator);
            }

            /// <summary>A matrix with orthonormal rows or columns, whichever are fewer, times a gain (Saxe, McClelland and Ganguli 2013).</summary>
            /// <param name="tensor">The tensor; dimensions after the first count as columns.</param>
            /// <param name="gain">The gain.</param>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.Dimensions < 2)
                    throw new ArgumentException($"An orthogonal matrix needs two dimensions; the tensor is {tensor}.", nameof(tensor));
                using IDisposable frozen = no_grad();
                using DisposeScope scope = NewDisposeScope();
                long rows = tensor.size(0);
                long columns = tensor.NumberOfElements / Math.Max(rows, 1);
                Tensor normal = randn(Math.Max(rows, columns), Math.Min(rows, columns), tensor.dtype, tensor.device);
                (Tensor q, Tensor r) = linalg.qr(normal);

                // The decomposition is unique, and q uniformly distributed, once the diagonal of r is positive.
                q = q.mul(r.diagonal().sign());
                if (rows < columns)
                    q = q.t();
                tensor.copy_(q.reshape(tensor.shape).mul(gain));
                return tensor;
            }

            /// <summary>Uniform within ±gain·√(6 / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
            /// <param name="tensor">The weights, [O, I, ..].</param>
            /// <param name="gain">The gain.</param>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                double bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal with standard deviation gain·√(2 / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
            /// <param name="tensor">The weights, [O, I, ..].</param>
            /// <param name="gain">The gain.</param>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            /// <summary>Uniform within ±gain·√(3 / connections) (He et al. 2015).</summary>
            /// <param name="tensor">The weights, [O, I, ..].</param>
            /// <param name="a">The slope of the leaky nonlinearity below 0.</param>
            /// <param name="mode">Which connections are counted.</param>
            /// <param name="nonlinearity">What follows.</param>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = calculate_gain(nonlinearity, a) * Math.Sqrt(3.0 / Fan(tensor, mode));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal with standard deviation gain / √connections (He et al. 2015).</summary>
            /// <param name="tensor">The weights, [O, I, ..].</param>
            /// <param name="a">The slope of the leaky nonlinearity below 0.</param>
            /// <param name="mode">Which connections are counted.</param>
            /// <param name="nonlinearity">What follows.</param>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            /// <summary>How many inputs and outputs a weight connects.</summary>
            /// <param name="tensor">The weights, [O, I, ..].</param>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                long[] shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException($"Inputs and outputs need two dimensions; the tensor is {tensor}.", nameof(tensor));
                long field = 1;
                for (int d = 2; d < shape.Length; d++)
                    field *= shape[d];
                return (shape[1] * field, shape[0] * field);
            }

            private static long Fan(Tensor tensor, FanInOut mode)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return Math.Max(1, mode == FanInOut.FanIn ? fanIn : fanOut);
            }
        }
    }
}
