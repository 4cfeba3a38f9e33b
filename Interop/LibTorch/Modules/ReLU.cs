namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that computes, element by element: max(0, x).</summary>
            /// <param name="inplace">Whether the input is overwritten.</param>
            public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>max(0, x).</summary>
    public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        /// <summary>Whether the input is overwritten.</summary>
        public bool inplace { get; set; }

        /// <summary>max(0, x).</summary>
        /// <param name="input">The elements.</param>
        public override torch.Tensor forward(torch.Tensor input) => inplace ? input.relu_() : input.relu();
    }
}
