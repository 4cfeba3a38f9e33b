namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that computes, element by element: the hyperbolic tangent.</summary>
            /// <param name="inplace">Whether the input is overwritten.</param>
            public static Modules.Tanh Tanh(bool inplace = false) => new(inplace);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>The hyperbolic tangent.</summary>
    public sealed class Tanh : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Tanh(bool inplace)
            : base(nameof(Tanh)) => this.inplace = inplace;

        /// <summary>Whether the input is overwritten.</summary>
        public bool inplace { get; set; }

        /// <summary>The hyperbolic tangent.</summary>
        /// <param name="input">The elements.</param>
        public override torch.Tensor forward(torch.Tensor input) => inplace ? input.tanh_() : input.tanh();
    }
}
