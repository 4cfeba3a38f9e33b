using RLSeq.LibTorch;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Work on the parameters of a whole module.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients together so that their norm is at most a bound. Waits for the device.</summary>
            /// <param name="tensors">The parameters; those without gradients do not count.</param>
            /// <param name="max_norm">The bound.</param>
            /// <param name="norm_type">The exponent of the norm.</param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using IDisposable frozen = no_grad();
                using DisposeScope scope = NewDisposeScope();
                Tensor[] gradients = Gradients.Of(tensors);
                if (gradients.Length == 0)
                    return 0;
                double total = Gradients.Norm(gradients, norm_type).ToDouble();

                // As PyTorch: not finite, or below the bound, scales by at most 1.
                double coefficient = max_norm / (total + 1e-6);
                if (coefficient < 1 || double.IsNaN(coefficient))
                    Aten.ForeachMulScalar_.Run(gradients, coefficient);
                return total;
            }

            /// <summary>Cuts every element of the gradients to ±a bound.</summary>
            /// <param name="tensors">The parameters; those without gradients do not count.</param>
            /// <param name="clip_value">The bound.</param>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using IDisposable frozen = no_grad();
                using DisposeScope scope = NewDisposeScope();
                foreach (Tensor gradient in Gradients.Of(tensors))
                    gradient.clamp_(-clip_value, clip_value);
            }

            /// <summary>All parameters in one vector.</summary>
            /// <param name="tensors">The parameters.</param>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using DisposeScope scope = NewDisposeScope();
                var flat = new List<Tensor>();
                foreach (Parameter parameter in tensors)
                    flat.Add(parameter.reshape(-1));
                return cat(flat).MoveToOuterDisposeScope();
            }

            /// <summary>Sets all parameters from one vector.</summary>
            /// <param name="vec">The vector.</param>
            /// <param name="tensors">The parameters.</param>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using IDisposable frozen = no_grad();
                using DisposeScope scope = NewDisposeScope();
                long at = 0;
                foreach (Parameter parameter in tensors)
                {
                    parameter.copy_(vec.narrow(0, at, parameter.NumberOfElements).view_as(parameter));
                    at += parameter.NumberOfElements;
                }
            }
        }
    }
}
