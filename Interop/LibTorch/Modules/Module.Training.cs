using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Tells this module and all below whether they are learning.</summary>
            /// <param name="train">Whether they are.</param>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach ((_, Module module) in _submodules)
                    module.train(train);
            }

            /// <summary>Tells this module and all below that they are not learning.</summary>
            public virtual void eval() => train(false);

            /// <summary>Removes the gradients of all parameters, or sets them to 0.</summary>
            /// <param name="set_to_none">Whether to remove them.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using Tensor? gradient = parameter.grad;
                    gradient?.detach_().zero_();
                }
            }

            /// <summary>
            /// Moves parameters and buffers to a device, and those that are floating-point numbers to a type. The wrappers stay the
            /// same, so optimisers keep working.
            /// </summary>
            internal Module MoveTo(Device? device, ScalarType? dtype, bool nonBlocking)
            {
                if (dtype is { } wanted && !torch.is_floating_point(wanted))
                    throw new ArgumentException($"A module moves to floating-point types only, not to {wanted}.", nameof(dtype));
                using IDisposable frozen = no_grad();
                foreach (Parameter parameter in parameters())
                    Move(parameter, device, dtype, nonBlocking);
                foreach (Tensor buffer in buffers())
                    Move(buffer, device, dtype, nonBlocking);
                return this;
            }

            private static void Move(Tensor tensor, Device? device, ScalarType? dtype, bool nonBlocking)
            {
                ScalarType type = tensor.is_floating_point() ? dtype ?? tensor.dtype : tensor.dtype;
                Device target = device ?? tensor.device;
                bool there = target.type == tensor.device_type && (target.index < 0 || target.index == tensor.device_index || target.type == DeviceType.CPU);
                if (there && type == tensor.dtype)
                    return;
                bool recorded = tensor.requires_grad;
                using Tensor? gradient = tensor.grad;
                using Tensor detached = tensor.detach();
                using Tensor moved = detached.to(type, target, non_blocking: nonBlocking);
                moved.requires_grad = recorded;
                if (gradient is not null)
                {
                    using Tensor movedGradient = gradient.to(type, target, non_blocking: nonBlocking);
                    moved.grad = movedGradient;
                }

                tensor.Replace(moved);
            }
        }
    }
}
