namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that computes, element by element: x / (1 + e⁻ˣ).</summary>
            /// <param name="inplace">Whether the input is overwritten.</param>
            public static Modules.SiLU SiLU(bool inplace = false) => new(inplace);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>x / (1 + e⁻ˣ).</summary>
    public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal SiLU(bool inplace)
            : base(nameof(SiLU)) => this.inplace = inplace;

        /// <summary>Whether the input is overwritten.</summary>
        public bool inplace { get; set; }

        /// <summary>x / (1 + e⁻ˣ).</summary>
        /// <param name="input">The elements.</param>
        public override torch.Tensor forward(torch.Tensor input) => inplace ? input.silu_() : input.silu();
    }
}
