using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers: how parameters follow their gradients.</summary>
    public static partial class optim
    {
        /// <summary>A learning rate that a schedule can change.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate at the beginning.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>A momentum that a schedule can change.</summary>
        public interface IMomentum
        {
            /// <summary>The share of the last direction that is kept.</summary>
            double Momentum { get; set; }
        }

        /// <summary>Adam's rates of forgetting, which a schedule can change.</summary>
        public interface IBetas
        {
            /// <summary>The shares of the means of the gradient and of its square that are kept.</summary>
            (double, double) Betas { get; set; }
        }

        /// <summary>Changes parameters by their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            /// <summary>The groups of parameters; each has its own learning rate.</summary>
            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            /// <summary>Sets all gradients to 0. They stay in place; see <see cref="nn.Module.zero_grad"/> to remove them.</summary>
            public abstract void zero_grad();

            /// <summary>Changes all parameters that have a gradient.</summary>
            /// <param name="closure">Computes the loss and the gradients first, when given.</param>
            /// <returns>The loss that the closure returned, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>The parameters of all groups.</summary>
            public abstract IEnumerable<Parameter> parameters();

            /// <summary>Adds a group.</summary>
            /// <param name="param_group">The group.</param>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Frees the optimiser's own tensors, not the parameters.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the optimiser's own tensors, not the parameters.</summary>
            /// <param name="disposing">False from a finaliser, where nothing is to be done.</param>
            protected abstract void Dispose(bool disposing);
        }
    }
}
