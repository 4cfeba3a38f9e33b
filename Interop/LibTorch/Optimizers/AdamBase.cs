using RLSeq.LibTorch;

namespace TorchSharp.Modules;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share.</summary>
public abstract class AdamBase : OptimizerHelper, torch.optim.IBetas
{
    private static readonly Operator Fused = new("rlseq::adam_");
    private readonly bool _decoupledDecay;

    private protected AdamBase(IEnumerable<Parameter> parameters, Options options, bool decoupledDecay)
    {
        _decoupledDecay = decoupledDecay;
        add_param_group(new ParamGroup(parameters, options));
    }

    /// <inheritdoc/>
    public (double, double) Betas
    {
        get => (((Options)Groups[0].Options).beta1, ((Options)Groups[0].Options).beta2);
        set
        {
            foreach (Modules.ParamGroup group in Groups)
                (((Options)group.Options).beta1, ((Options)group.Options).beta2) = value;
        }
    }

    private protected override OptimizerState NewState(Parameter parameter, Modules.ParamGroup group) =>
        new State(parameter, ((Options)group.Options).amsgrad);

    private protected override void Step(Modules.ParamGroup group)
    {
        var options = (Options)group.Options;

        // Parameters without a gradient are left out, so counts of steps can differ; each count has its own correction.
        var buckets = new SortedDictionary<long, Bucket>();
        foreach (Parameter parameter in group.Parameters)
        {
            torch.Tensor? gradient = parameter.grad;
            if (gradient is null)
                continue;
            var state = (State)StateOf(parameter);
            state.step++;
            if (!buckets.TryGetValue(state.step, out Bucket? bucket))
                buckets.Add(state.step, bucket = new Bucket());
            bucket.Add(parameter, gradient, state);
        }

        foreach ((long step, Bucket bucket) in buckets)
            Step(options, step, bucket);
    }

    private void Step(Options options, long step, Bucket bucket)
    {
        torch.Tensor[] parameters = [.. bucket.Parameters];
        torch.Tensor[] gradients = [.. bucket.Gradients];
        torch.Tensor[] means = [.. bucket.Means];
        torch.Tensor[] squares = [.. bucket.Squares];
        if (!options.maximize && !options.amsgrad && options.weight_decay == 0 && Fused.Exists && Array.TrueForAll(parameters, parameter => Fits(parameter) && parameter.dtype == parameters[0].dtype) && Array.TrueForAll(gradients, Fits))
        {
            Fused.Run(parameters, gradients, means, squares, options.LearningRate, options.beta1, options.beta2, options.eps, step);
            return;
        }

        if (options.maximize)
            gradients = Aten.ForeachNeg.CallList((Argument)gradients);
        if (options.weight_decay != 0)
        {
            if (_decoupledDecay)
                Aten.ForeachMulScalar_.Run(parameters, 1 - (options.LearningRate * options.weight_decay));
            else
                gradients = Aten.ForeachAddList.CallList(gradients, parameters, options.weight_decay);
        }

        Aten.ForeachMulScalar_.Run(means, options.beta1);
        Aten.ForeachAddList_.Run(means, gradients, 1 - options.beta1);
        Aten.ForeachMulScalar_.Run(squares, options.beta2);
        Aten.ForeachAddcmulScalar_.Run(squares, gradients, gradients, 1 - options.beta2);
        if (options.amsgrad)
        {
            for (int i = 0; i < squares.Length; i++)
            {
                torch.Tensor greatest = bucket.Greatest[i];
                using torch.Tensor greater = greatest.maximum(squares[i]);
                greatest.copy_(greater);
                squares[i] = greatest;
            }
        }

        torch.Tensor[] scale = Aten.ForeachSqrt.CallList((Argument)squares);
        Aten.ForeachDivScalar_.Run(scale, Math.Sqrt(1 - Math.Pow(options.beta2, step)));
        Aten.ForeachAddScalar_.Run(scale, options.eps);
        Aten.ForeachAddcdivScalar_.Run(parameters, means, scale, -options.LearningRate / (1 - Math.Pow(options.beta1, step)));
    }

    /// <summary>Whether the native library's operator, one pass over everything instead of one per operation, takes a tensor.</summary>
    private static bool Fits(torch.Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype is torch.ScalarType.Float32 or torch.ScalarType.Float64 && tensor.is_contiguous();

    /// <summary>The options of a group.</summary>
    public sealed class Options : OptimizerOptions
    {
        internal Options(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        {
            Require(lr >= 0, nameof(lr), lr, "at least 0");
            Require(beta1 is >= 0 and < 1, nameof(beta1), beta1, "in [0, 1)");
            Require(beta2 is >= 0 and < 1, nameof(beta2), beta2, "in [0, 1)");
            Require(eps >= 0, nameof(eps), eps, "at least 0");
            Require(weight_decay >= 0, nameof(weight_decay), weight_decay, "at least 0");
            LearningRate = lr;
            InitialLearningRate = lr;
            this.beta1 = beta1;
            this.beta2 = beta2;
            this.eps = eps;
            this.weight_decay = weight_decay;
            this.amsgrad = amsgrad;
            this.maximize = maximize;
        }

        /// <summary>The share of the mean gradient that is kept.</summary>
        public double beta1 { get; set; }

        /// <summary>The share of the mean squared gradient that is kept.</summary>
        public double beta2 { get; set; }

        /// <summary>What is added to the root of the mean square.</summary>
        public double eps { get; set; }

        /// <summary>The weight decay.</summary>
        public double weight_decay { get; set; }

        /// <summary>Whether the greatest mean square so far is used.</summary>
        public bool amsgrad { get; private set; }

        /// <summary>Whether to follow the gradient upwards.</summary>
        public bool maximize { get; set; }

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(beta1);
            writer.Write(beta2);
            writer.Write(eps);
            writer.Write(weight_decay);
            writer.Write(amsgrad);
            writer.Write(maximize);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = reader.ReadDouble();
            beta2 = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            bool greatest = reader.ReadBoolean();
            if (greatest != amsgrad)
                throw new InvalidOperationException($"The state was made with amsgrad {greatest}, expected {amsgrad}.");
            maximize = reader.ReadBoolean();
        }

        private static void Require(bool valid, string name, double value, string expected)
        {
            if (!valid)
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
        }
    }

    /// <summary>What Adam remembers of a parameter.</summary>
    public sealed class State : OptimizerState
    {
        internal State(Parameter parameter, bool amsgrad)
            : base(parameter)
        {
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
            max_exp_avg_sq = amsgrad ? Zeros() : null;
        }

        /// <summary>How many steps were taken.</summary>
        public long step { get; set; }

        /// <summary>The running mean of the gradient.</summary>
        public torch.Tensor exp_avg { get; private set; }

        /// <summary>The running mean of the squared gradient.</summary>
        public torch.Tensor exp_avg_sq { get; private set; }

        /// <summary>The greatest mean square so far; null without amsgrad.</summary>
        public torch.Tensor? max_exp_avg_sq { get; private set; }

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            TensorFormat.Write(writer, exp_avg);
            TensorFormat.Write(writer, exp_avg_sq);
            writer.Write(max_exp_avg_sq is not null);
            if (max_exp_avg_sq is not null)
                TensorFormat.Write(writer, max_exp_avg_sq);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, exp_avg, nameof(exp_avg));
            Load(reader, exp_avg_sq, nameof(exp_avg_sq));
            if (reader.ReadBoolean() != max_exp_avg_sq is not null)
                throw new InvalidDataException("The optimiser's state is damaged: it is at odds with itself about amsgrad.");
            if (max_exp_avg_sq is not null)
                Load(reader, max_exp_avg_sq, nameof(max_exp_avg_sq));
        }

        /// <inheritdoc/>
        public override void to(torch.Device device)
        {
            exp_avg = Moved(exp_avg, device);
            exp_avg_sq = Moved(exp_avg_sq, device);
            if (max_exp_avg_sq is not null)
                max_exp_avg_sq = Moved(max_exp_avg_sq, device);
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }

    private sealed class Bucket
    {
        internal List<torch.Tensor> Parameters { get; } = [];

        internal List<torch.Tensor> Gradients { get; } = [];

        internal List<torch.Tensor> Means { get; } = [];

        internal List<torch.Tensor> Squares { get; } = [];

        internal List<torch.Tensor> Greatest { get; } = [];

        internal void Add(Parameter parameter, torch.Tensor gradient, State state)
        {
            Parameters.Add(parameter);
            Gradients.Add(gradient);
            Means.Add(state.exp_avg);
            Squares.Add(state.exp_avg_sq);
            if (state.max_exp_avg_sq is not null)
                Greatest.Add(state.max_exp_avg_sq);
        }
    }
}
