namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A tensor that a module learns.</summary>
            /// <param name="data">The values; the tensor becomes invalid, its memory lives on in the parameter.</param>
            /// <param name="requires_grad">Whether operators on the parameter are recorded.</param>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns. It takes the place of the tensor that it is made from, in its dispose scope too.</summary>
    public class Parameter : torch.Tensor
    {
        /// <summary>A parameter with the values of a tensor.</summary>
        /// <param name="data">The values; the tensor becomes invalid, its memory lives on in the parameter.</param>
        /// <param name="requires_grad">Whether operators on the parameter are recorded.</param>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(data.with_requires_grad(requires_grad).Release())
        {
        }
    }
}
