namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that computes x · Φ(x), element by element.</summary>
            public static Modules.GELU GELU() => new(Modules.GELU.Approximate.none);

            /// <summary>A module that computes x · Φ(x), element by element.</summary>
            /// <param name="approximate">How Φ is computed.</param>
            public static Modules.GELU GELU(Modules.GELU.Approximate approximate) => new(approximate);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>x · Φ(x), with Φ the distribution function of the standard normal distribution (Hendrycks and Gimpel 2016).</summary>
    public sealed class GELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal GELU(Approximate approximate)
            : base(nameof(GELU)) => this.approximate = approximate;

        /// <summary>How Φ is computed.</summary>
        public enum Approximate
        {
            /// <summary>By the error function.</summary>
            none,

            /// <summary>By a hyperbolic tangent.</summary>
            tanh,
        }

        /// <summary>How Φ is computed.</summary>
        public Approximate approximate { get; set; }

        /// <summary>x · Φ(x) of each element x.</summary>
        /// <param name="input">The elements.</param>
        public override torch.Tensor forward(torch.Tensor input) => input.gelu(approximate);

        internal static string Name(Approximate approximate) => approximate == Approximate.tanh ? "tanh" : "none";
    }
}
