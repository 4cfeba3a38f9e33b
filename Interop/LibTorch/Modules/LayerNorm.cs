namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that normalises over the last dimensions.</summary>
            /// <param name="normalized_shape">Their lengths.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="elementwise_affine">Whether the result is scaled and moved by learned parameters.</param>
            /// <param name="bias">Whether it is moved.</param>
            /// <param name="device">Where the parameters live; the CPU when not given.</param>
            /// <param name="dtype">Their type; Float32 when not given.</param>
            public static Modules.LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <summary>A module that normalises over the last dimension.</summary>
            /// <param name="normalized_shape">Its length.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="elementwise_affine">Whether the result is scaled and moved by learned parameters.</param>
            /// <param name="bias">Whether it is moved.</param>
            /// <param name="device">Where the parameters live; the CPU when not given.</param>
            /// <param name="dtype">Their type; Float32 when not given.</param>
            public static Modules.LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>(x − mean) / √(variance + eps) · weight + bias over the last dimensions (Ba, Kiros and Hinton 2016).</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            this.normalized_shape = normalized_shape;
            this.eps = eps;
            this.elementwise_affine = elementwise_affine;
            if (!elementwise_affine)
                return;
            weight = torch.nn.Parameter(torch.ones(normalized_shape, dtype, device));
            register_parameter(nameof(weight), weight);
            if (!bias)
                return;
            this.bias = torch.nn.Parameter(torch.zeros(normalized_shape, dtype, device));
            register_parameter(nameof(bias), this.bias);
        }

        /// <summary>What the result is multiplied by; null where it is not.</summary>
        public Parameter? weight { get; }

        /// <summary>What is added to the result; null where nothing is.</summary>
        public Parameter? bias { get; }

        /// <summary>The lengths of the dimensions that are normalised over.</summary>
        public long[] normalized_shape { get; }

        /// <summary>What is added to the variance.</summary>
        public double eps { get; }

        /// <summary>Whether the result is scaled by learned parameters.</summary>
        public bool elementwise_affine { get; }

        /// <summary>The input, normalised.</summary>
        /// <param name="input">The elements.</param>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.layer_norm(input, normalized_shape, weight, bias, eps);
    }
}
