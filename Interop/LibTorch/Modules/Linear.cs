namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that computes x · Wᵀ + b. W and b begin uniformly distributed within ±1/√inputSize.</summary>
            /// <param name="inputSize">The inputs I.</param>
            /// <param name="outputSize">The outputs O.</param>
            /// <param name="hasBias">Whether b is added.</param>
            /// <param name="device">Where the parameters live; the CPU when not given.</param>
            /// <param name="dtype">Their type; Float32 when not given.</param>
            public static Modules.Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            /// <summary>A module that computes x · Wᵀ + b with given parameters.</summary>
            /// <param name="weight">W, [O, I].</param>
            /// <param name="bias">b, [O]; null for none.</param>
            public static Modules.Linear Linear(Modules.Parameter weight, Modules.Parameter? bias = null) => new(weight, bias);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>x · Wᵀ + b over the last dimension.</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : this(
                torch.nn.Parameter(torch.empty(outputSize, inputSize, dtype, device)),
                hasBias ? torch.nn.Parameter(torch.empty(outputSize, dtype, device)) : null)
        {
            torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (bias is null)
                return;
            double bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            torch.nn.init.uniform_(bias, -bound, bound);
        }

        internal Linear(Parameter weight, Parameter? bias)
            : base(nameof(Linear))
        {
            this.weight = weight;
            this.bias = bias;
            long[] shape = weight.shape;
            out_features = shape[0];
            in_features = shape[1];
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }

        /// <summary>W, [O, I].</summary>
        public Parameter weight { get; }

        /// <summary>b, [O]; null where there is none.</summary>
        public Parameter? bias { get; }

        /// <summary>The inputs I.</summary>
        public long in_features { get; }

        /// <summary>The outputs O.</summary>
        public long out_features { get; }

        /// <summary>x · Wᵀ + b.</summary>
        /// <param name="input">x, [.., I].</param>
        /// <returns>[.., O].</returns>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, weight, bias);
    }
}
