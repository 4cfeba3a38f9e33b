using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
            /// <param name="parameters">What is learned.</param>
            /// <param name="lr">The learning rate.</param>
            /// <param name="beta1">The share of the mean gradient that is kept.</param>
            /// <param name="beta2">The share of the mean squared gradient that is kept.</param>
            /// <param name="eps">What is added to the root of the mean square.</param>
            /// <param name="weight_decay">How much of the parameter is forgotten per step, times the learning rate.</param>
            /// <param name="amsgrad">Whether the greatest mean square so far is used.</param>
            /// <param name="maximize">Whether to follow the gradient upwards.</param>
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>As <see cref="Adam"/>, but weight decay shrinks the parameter itself: p ← (1 − lr · decay) · p (Loshchilov and Hutter 2019).</summary>
    public class AdamW : AdamBase
    {
        /// <summary>AdamW over one group of parameters.</summary>
        /// <param name="parameters">What is learned.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The share of the mean gradient that is kept.</param>
        /// <param name="beta2">The share of the mean squared gradient that is kept.</param>
        /// <param name="eps">What is added to the root of the mean square.</param>
        /// <param name="weight_decay">How much of the parameter is forgotten per step, times the learning rate.</param>
        /// <param name="amsgrad">Whether the greatest mean square so far is used.</param>
        /// <param name="maximize">Whether to follow the gradient upwards.</param>
        public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), decoupledDecay: true)
        {
        }
    }
}
