namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that sets elements to 0 at random while it is learning.</summary>
            /// <param name="p">The probability of 0.</param>
            /// <param name="inplace">Whether the input is overwritten.</param>
            public static Modules.Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// While learning, sets elements to 0 with probability p and multiplies the others by 1 / (1 − p); otherwise returns the
    /// input (Srivastava et al. 2014).
    /// </summary>
    public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout))
        {
            this.p = p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0, 1].");
            this.inplace = inplace;
        }

        /// <summary>The probability of 0.</summary>
        public double p { get; set; }

        /// <summary>Whether the input is overwritten.</summary>
        public bool inplace { get; set; }

        /// <summary>The input, thinned out while learning.</summary>
        /// <param name="input">The elements.</param>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.dropout(input, p, training, inplace);
    }
}
