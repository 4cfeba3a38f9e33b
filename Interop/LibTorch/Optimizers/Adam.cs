using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam (Kingma and Ba 2015).</summary>
            /// <param name="parameters">What is learned.</param>
            /// <param name="lr">The learning rate.</param>
            /// <param name="beta1">The share of the mean gradient that is kept.</param>
            /// <param name="beta2">The share of the mean squared gradient that is kept.</param>
            /// <param name="eps">What is added to the root of the mean square.</param>
            /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
            /// <param name="amsgrad">Whether the greatest mean square so far is used (Reddi, Kale and Kumar 2018).</param>
            /// <param name="maximize">Whether to follow the gradient upwards.</param>
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Adam (Kingma and Ba 2015).</summary>
            /// <param name="parameters">What is learned, with names.</param>
            /// <param name="lr">The learning rate.</param>
            /// <param name="beta1">The share of the mean gradient that is kept.</param>
            /// <param name="beta2">The share of the mean squared gradient that is kept.</param>
            /// <param name="eps">What is added to the root of the mean square.</param>
            /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
            /// <param name="amsgrad">Whether the greatest mean square so far is used.</param>
            /// <param name="maximize">Whether to follow the gradient upwards.</param>
            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// Adam: p ← p − lr / (1 − β₁ᵗ) · m / (√(v / (1 − β₂ᵗ)) + ε), with m and v the running means of the gradient and of its square
    /// (Kingma and Ba 2015).
    /// </summary>
    public class Adam : AdamBase
    {
        /// <summary>Adam over one group of parameters.</summary>
        /// <param name="parameters">What is learned.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The share of the mean gradient that is kept.</param>
        /// <param name="beta2">The share of the mean squared gradient that is kept.</param>
        /// <param name="eps">What is added to the root of the mean square.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="amsgrad">Whether the greatest mean square so far is used.</param>
        /// <param name="maximize">Whether to follow the gradient upwards.</param>
        public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), decoupledDecay: false)
        {
        }
    }
}
