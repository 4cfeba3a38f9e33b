using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class OptimizerTests : TensorTest
{
    [Theory]
    [InlineData(0, false, false, false)]
    [InlineData(0.1, false, false, false)]
    [InlineData(0.1, true, false, false)]
    [InlineData(0.05, false, true, false)]
    [InlineData(0, true, true, true)]
    public void Adam_follows_the_paper(double decay, bool decoupled, bool amsgrad, bool maximize)
    {
        double[] p = [1, -2, 0.5];
        var m = new double[3];
        var v = new double[3];
        var greatest = new double[3];
        using Parameter first = nn.Parameter(tensor(new[] { 1.0, -2 }));
        using Parameter second = nn.Parameter(tensor(new[] { 0.5 }));
        using optim.Optimizer adam = decoupled
            ? optim.AdamW([first, second], 0.1, 0.8, 0.95, 1e-3, decay, amsgrad, maximize)
            : optim.Adam([first, second], 0.1, 0.8, 0.95, 1e-3, decay, amsgrad, maximize);
        for (int t = 1; t <= 7; t++)
        {
            adam.zero_grad();
            ((first.pow(4).sum() * Math.Sin(t)) + (second.pow(4).sum() * Math.Sin(t))).backward();
            adam.step();
            for (int i = 0; i < 3; i++)
            {
                double g = 4 * p[i] * p[i] * p[i] * Math.Sin(t) * (maximize ? -1 : 1);
                if (decoupled)
                    p[i] *= 1 - (0.1 * decay);
                else
                    g += decay * p[i];
                m[i] = (0.8 * m[i]) + (0.2 * g);
                v[i] = (0.95 * v[i]) + (0.05 * g * g);
                greatest[i] = Math.Max(greatest[i], v[i]);
                double mean = m[i] / (1 - Math.Pow(0.8, t));
                double square = (amsgrad ? greatest[i] : v[i]) / (1 - Math.Pow(0.95, t));
                p[i] -= 0.1 * mean / (Math.Sqrt(square) + 1e-3);
            }

            Close([p[0], p[1]], first, 1e-10);
            Close([p[2]], second, 1e-10);
        }
    }

    /// <summary>Climbing the negated loss is the same arithmetic, but goes through libtorch's operators one by one.</summary>
    [Fact]
    public void Adam_in_one_pass_equals_adam_by_operators()
    {
        foreach (ScalarType type in (ScalarType[])[float32, float64])
        {
            long[][] shapes = [[1], [7, 3], [300, 301], [70_001], [0]];
            Parameter[] fused = [.. shapes.Select(shape => nn.Parameter(randn(shape, float64).to(type)))];
            Parameter[] plain = [.. fused.Select(parameter => nn.Parameter(parameter.detach().clone()))];
            using Adam descending = optim.Adam(fused, 0.1), climbing = optim.Adam(plain, 0.1, maximize: true);
            for (int step = 0; step < 5; step++)
            {
                for (int i = 0; i < fused.Length; i++)
                {
                    Tensor gradient = randn(shapes[i], float64).to(type);
                    (fused[i].grad, plain[i].grad) = (gradient, -gradient);
                }
                descending.step();
                climbing.step();
                for (int i = 0; i < fused.Length; i++) Close(plain[i], fused[i], type == float32 ? 1e-6 : 1e-13);
            }
        }
    }

    [Fact]
    public void Parameters_without_gradients_stay_and_keep_their_own_count()
    {
        using Parameter always = nn.Parameter(tensor([1.0]));
        using Parameter late = nn.Parameter(tensor([1.0]));
        using Adam adam = optim.Adam([always, late], 0.1);
        always.sum().backward();
        adam.step();
        adam.step();
        Assert.Equal(1, late.ToDouble());

        // The first step of Adam is the learning rate, whatever the gradient; so it is here for the late one.
        (late.sum() * 5).backward();
        adam.step();
        Assert.Equal(0.9, late.ToDouble(), 6);
        Assert.Equal([3L, 1L], adam.state_dict().State.Select(s => ((AdamBase.State)s).step));
    }

    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(0.9, 0, 0, false)]
    [InlineData(0.9, 0.5, 0.1, false)]
    [InlineData(0.9, 0, 0.1, true)]
    public void Gradient_descent_follows_its_formula(double momentum, double dampening, double decay, bool nesterov)
    {
        double p = 2;
        double velocity = 0;
        using Parameter parameter = nn.Parameter(tensor([2.0]));
        using SGD sgd = optim.SGD([parameter], 0.05, momentum, dampening, decay, nesterov);
        for (int t = 1; t <= 6; t++)
        {
            sgd.zero_grad();
            parameter.square().sum().backward();
            sgd.step();
            double g = (2 * p) + (decay * p);
            velocity = t == 1 ? g : (momentum * velocity) + ((1 - dampening) * g);
            p -= 0.05 * (momentum == 0 ? g : nesterov ? g + (momentum * velocity) : velocity);
            Close([p], parameter, 1e-12);
        }

        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 0.1, nesterov: true));
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    public void Training_resumes_bit_for_bit(string kind)
    {
        using nn.Module<Tensor, Tensor> whole = Net();
        using optim.Optimizer wholeOptimizer = Make(kind, whole);
        using var weights = new MemoryStream();
        using var state = new MemoryStream();
        for (int t = 0; t < 6; t++)
        {
            if (t == 3)
            {
                whole.save(weights);
                ((OptimizerHelper)wholeOptimizer).save_state_dict(new BinaryWriter(state));
            }

            Train(whole, wholeOptimizer, t);
        }

        using nn.Module<Tensor, Tensor> resumed = Net();
        using optim.Optimizer resumedOptimizer = Make(kind, resumed);
        Train(resumed, resumedOptimizer, 100);
        weights.Position = 0;
        state.Position = 0;
        resumed.load(weights);
        ((OptimizerHelper)resumedOptimizer).load_state_dict(new BinaryReader(state));
        for (int t = 3; t < 6; t++)
            Train(resumed, resumedOptimizer, t);
        foreach ((string name, Parameter parameter) in whole.named_parameters())
            Assert.True(parameter.Equals(resumed.get_parameter(name)!), name);

        static nn.Module<Tensor, Tensor> Net() => nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1));

        static optim.Optimizer Make(string kind, nn.Module net) => kind switch
        {
            "adam" => optim.Adam(net.parameters(), 0.01, amsgrad: true),
            "adamw" => optim.AdamW(net.parameters(), 0.01, weight_decay: 0.1),
            _ => optim.SGD(net.parameters(), 0.01, momentum: 0.9),
        };

        static void Train(nn.Module<Tensor, Tensor> net, optim.Optimizer optimizer, int t)
        {
            using var generator = new Generator((ulong)t);
            optimizer.zero_grad();
            net.call(randn(5, 3, generator: generator)).square().mean().backward();
            optimizer.step();
        }
    }

    [Fact]
    public void Wrong_or_damaged_states_are_refused()
    {
        using Parameter parameter = nn.Parameter(zeros(3));
        using Adam adam = optim.Adam([parameter]);
        using var stream = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(stream));
        byte[] whole = stream.ToArray();
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => adam.load_state_dict(new BinaryReader(new MemoryStream(whole[..length]))));
        using AdamW other = optim.AdamW([parameter]);
        Assert.Contains("'Adam', expected 'AdamW'", Assert.Throws<InvalidDataException>(() => other.load_state_dict(Reader())).Message, StringComparison.Ordinal);
        using Parameter longer = nn.Parameter(zeros(4));
        using Adam another = optim.Adam([longer]);
        Assert.Contains("Float32[3] in the file, expected Float32[4]", Assert.Throws<InvalidOperationException>(() => another.load_state_dict(Reader())).Message, StringComparison.Ordinal);
        using Adam two = optim.Adam([parameter, longer]);
        Assert.Throws<InvalidOperationException>(() => two.load_state_dict(Reader()));
        using Adam ams = optim.Adam([parameter], amsgrad: true);
        Assert.Throws<InvalidOperationException>(() => ams.load_state_dict(Reader()));

        BinaryReader Reader() => new(new MemoryStream(whole));
    }

    [Fact]
    public void Groups_and_learning_rates()
    {
        using Parameter a = nn.Parameter(tensor([1.0]));
        using Parameter b = nn.Parameter(tensor([1.0]));
        using SGD sgd = optim.SGD([a], 0.1);
        sgd.add_param_group(new ParamGroup([b], new SGD.Options { LearningRate = 0.5 }));
        Assert.Equal([0.1, 0.5], sgd.ParamGroups.Select(g => g.LearningRate));
        Assert.Equal([0.1, 0.5], sgd.ParamGroups.Select(g => g.InitialLearningRate));
        foreach (optim.ILearningRateController group in sgd.ParamGroups)
            group.LearningRate *= 2;
        (a.sum() + b.sum()).backward();
        sgd.step();
        Assert.Equal(0.8, a.ToDouble(), 12);
        Assert.Equal(0, b.ToDouble(), 12);
        Assert.Equal([a, b], sgd.parameters(), ReferenceEqualityComparer.Instance);
        Assert.Throws<ArgumentException>(() => sgd.add_param_group(new ParamGroup([a], new SGD.Options())));
        using Adam adam = optim.Adam([a], beta1: 0.5);
        Assert.Equal((0.5, 0.999), adam.Betas);
        adam.Betas = (0.1, 0.2);
        Assert.Equal((0.1, 0.2), adam.Betas);
        Assert.Throws<ArgumentOutOfRangeException>(() => optim.Adam([a], lr: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => optim.Adam([a], beta2: 1));
    }

    [Fact]
    public void A_closure_computes_the_loss()
    {
        using Parameter a = nn.Parameter(tensor([2.0]));
        using SGD sgd = optim.SGD([a], 0.25);
        using IDisposable frozen = no_grad();
        Tensor? loss = sgd.step(() =>
        {
            Tensor value = a.square().sum();
            value.backward();
            return value;
        });
        Assert.Equal(4, loss!.ToDouble());
        Assert.Equal(1, a.ToDouble());
        Assert.Null(sgd.step());
    }

    [Fact]
    public void Files_are_written_beside_and_renamed()
    {
        using Parameter a = nn.Parameter(zeros(2));
        using Adam adam = optim.Adam([a], 0.25);
        string path = Path.Combine(Path.GetTempPath(), $"rlseq-optimizer-{Guid.NewGuid():n}.dat");
        try
        {
            adam.save_state_dict(path);
            using Adam read = optim.Adam([a], 0.5);
            read.load_state_dict(path);
            Assert.Equal(0.25, read.ParamGroups.Single().LearningRate);
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(1.0, 0.2)]
    [InlineData(100.0, 1.0)]
    public void Clipping_scales_all_gradients_together(double bound, double scale)
    {
        using Parameter a = nn.Parameter(tensor([3.0, 0.0]));
        using Parameter b = nn.Parameter(tensor([4.0]));
        using Parameter none = nn.Parameter(tensor([4.0]));
        SetGradients();
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b, none], bound), 12);
        Close([3 * scale, 0], a.grad!, 1e-6);
        Close([4 * scale], b.grad!, 1e-6);
        SetGradients();
        Assert.Equal(5, Gradients.ClipNorm([a, b, none], bound).ToDouble(), 12);
        Close([3 * scale, 0], a.grad!, 1e-6);
        Close([4 * scale], b.grad!, 1e-6);
        Assert.Equal(0, nn.utils.clip_grad_norm_([none], 1));
        Assert.Equal(0, Gradients.ClipNorm([none], 1).ToDouble());
        SetGradients();
        Assert.Equal(7, nn.utils.clip_grad_norm_([a, b], 1000, norm_type: 1), 12);
        nn.utils.clip_grad_value_([a, b], 3.5);
        Close([3, 0], a.grad!);
        Close([3.5], b.grad!);

        void SetGradients()
        {
            a.grad = tensor([3.0, 0.0]);
            b.grad = tensor([4.0]);
        }
    }

    [Fact]
    public void Parameters_become_a_vector_and_back()
    {
        using nn.Module<Tensor, Tensor> net = nn.Linear(2, 2);
        Tensor vector = nn.utils.parameters_to_vector(net.parameters());
        Assert.Equal([6], vector.shape);
        nn.utils.vector_to_parameters(arange(6).@float(), net.parameters());
        Close([0, 1, 2, 3], net.get_parameter("weight")!.view(-1));
        Close([4, 5], net.get_parameter("bias")!);
    }
}
