using RLSeq.LibTorch;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Gradient descent, with momentum if asked for.</summary>
            /// <param name="parameters">What is learned.</param>
            /// <param name="learningRate">The learning rate.</param>
            /// <param name="momentum">The share of the last direction that is kept.</param>
            /// <param name="dampening">The share of the gradient that is left out of the direction.</param>
            /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
            /// <param name="nesterov">Whether the direction is looked up one step ahead.</param>
            /// <param name="maximize">Whether to follow the gradient upwards.</param>
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Gradient descent: v ← μ·v + (1 − dampening)·g, p ← p − lr·v (Sutskever et al. 2013).</summary>
    public class SGD : OptimizerHelper, torch.optim.IMomentum
    {
        /// <summary>Gradient descent over one group of parameters.</summary>
        /// <param name="parameters">What is learned.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="momentum">The share of the last direction that is kept.</param>
        /// <param name="dampening">The share of the gradient that is left out of the direction.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="nesterov">Whether the direction is looked up one step ahead.</param>
        /// <param name="maximize">Whether to follow the gradient upwards.</param>
        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        {
            if (nesterov && (momentum <= 0 || dampening != 0))
                throw new ArgumentException("Nesterov's momentum needs a momentum above 0 and no dampening.", nameof(nesterov));
            var options = new Options { LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
            add_param_group(new ParamGroup(parameters, options));
        }

        /// <inheritdoc/>
        public double Momentum
        {
            get => ((Options)Groups[0].Options).momentum;
            set
            {
                foreach (ParamGroup group in Groups)
                    ((Options)group.Options).momentum = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter, ParamGroup group) => new State(parameter);

        private protected override void Step(ParamGroup group)
        {
            var options = (Options)group.Options;
            foreach (Parameter parameter in group.Parameters)
            {
                torch.Tensor? direction = parameter.grad;
                if (direction is null)
                    continue;
                if (options.maximize)
                    direction = direction.neg();
                if (options.weight_decay != 0)
                    direction = direction.add(parameter, options.weight_decay);
                if (options.momentum != 0)
                {
                    torch.Tensor velocity = ((State)StateOf(parameter)).Follow(direction, options.momentum, 1 - options.dampening);
                    direction = options.nesterov ? direction.add(velocity, options.momentum) : velocity;
                }

                parameter.add_(direction, -options.LearningRate);
            }
        }

        /// <summary>The options of a group.</summary>
        public sealed class Options : OptimizerOptions
        {
            /// <summary>The share of the last direction that is kept.</summary>
            public double momentum { get; set; }

            /// <summary>The share of the gradient that is left out of the direction.</summary>
            public double dampening { get; set; }

            /// <summary>The share of the parameter that is added to its gradient.</summary>
            public double weight_decay { get; set; }

            /// <summary>Whether the direction is looked up one step ahead.</summary>
            public bool nesterov { get; set; }

            /// <summary>Whether to follow the gradient upwards.</summary>
            public bool maximize { get; set; }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(momentum);
                writer.Write(dampening);
                writer.Write(weight_decay);
                writer.Write(nesterov);
                writer.Write(maximize);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                momentum = reader.ReadDouble();
                dampening = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                nesterov = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }
        }

        /// <summary>What gradient descent remembers of a parameter.</summary>
        public sealed class State : OptimizerState
        {
            internal State(Parameter parameter)
                : base(parameter)
            {
            }

            /// <summary>The last direction; null before the first step with momentum.</summary>
            public torch.Tensor? momentum_buffer { get; private set; }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(momentum_buffer is not null);
                if (momentum_buffer is not null)
                    TensorFormat.Write(writer, momentum_buffer);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                if (!reader.ReadBoolean())
                {
                    momentum_buffer?.Dispose();
                    momentum_buffer = null;
                    return;
                }

                momentum_buffer ??= Zeros();
                Load(reader, momentum_buffer, nameof(momentum_buffer));
            }

            /// <inheritdoc/>
            public override void to(torch.Device device)
            {
                if (momentum_buffer is not null)
                    momentum_buffer = Moved(momentum_buffer, device);
            }

            internal torch.Tensor Follow(torch.Tensor gradient, double momentum, double share)
            {
                // The first direction is the gradient itself, without dampening, as in PyTorch.
                if (momentum_buffer is null)
                    momentum_buffer = gradient.clone().DetachFromDisposeScope();
                else
                    momentum_buffer.mul_(momentum).add_(gradient, share);
                return momentum_buffer;
            }

            /// <inheritdoc/>
            protected override void Dispose(bool disposing) => momentum_buffer?.Dispose();
        }
    }
}
