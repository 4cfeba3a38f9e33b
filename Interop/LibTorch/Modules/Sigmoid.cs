namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that computes, element by element: 1 / (1 + e⁻ˣ).</summary>
            /// <param name="inplace">Whether the input is overwritten.</param>
            public static Modules.Sigmoid Sigmoid(bool inplace = false) => new(inplace);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public sealed class Sigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid(bool inplace)
            : base(nameof(Sigmoid)) => this.inplace = inplace;

        /// <summary>Whether the input is overwritten.</summary>
        public bool inplace { get; set; }

        /// <summary>1 / (1 + e⁻ˣ).</summary>
        /// <param name="input">The elements.</param>
        public override torch.Tensor forward(torch.Tensor input) => inplace ? input.sigmoid_() : input.sigmoid();
    }
}
