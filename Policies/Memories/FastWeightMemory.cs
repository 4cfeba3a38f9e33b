using RLSeq.Agents;
using RLSeq.Environments;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer with fast weights: every head keeps a matrix S, to which each step adds what it has to remember under a key, and which a query
/// reads. With <c>[q k v g a_b a_a] = W LN(x) + b</c>, in the form <c>gated-delta-net</c> (Yang, Kautz and Hatamizadeh 2024):
/// <c>q, k, v ← SiLU(convolution)</c> over the last four steps, <c>q ← q/|q|</c>, <c>k ← k/|k|</c>, <c>β = σ(a_b)</c>, <c>α = σ(a_a)</c>,
/// <c>S ← α S</c>, <c>S ← S + β (v − S k) kᵀ</c>, <c>r = S q / rms(S q)·w</c>; the output is <c>LN'(x + W_o (r·SiLU(g)) + b_o)</c>.
/// <c>delta-net</c> has α = 1. <c>linear-attention</c> (Katharopoulos et al. 2020) has <c>q, k ← 1 + ELU(·)</c>, no convolution,
/// <c>S ← S + v kᵀ</c>, <c>z ← z + k</c> and <c>r = S q / (z·q)</c>. <see cref="FastWeightForm"/> says what a form has.
/// </summary>
/// <remarks>
/// <para>No gate, key or value depends on S, so all of them are one matrix product over the whole sequence, and what is left is one operator
/// (<see cref="FusedSequences"/>) or a few products per chunk of steps (<see cref="FastWeightComposition"/>).</para>
/// <para><b>The norm before</b> makes keys and gates answer to the features from the beginning of training, whatever their size.</para>
/// <para><b>The short convolution</b> is the only part that knows exactly how long ago something was: forgetting makes what is older smaller, but
/// no head could tell two steps apart by it, and to repeat what was seen three steps ago, or to see a velocity in two positions, would be as
/// hard as for a mean. What it carries is part of the state.</para>
/// <para><b>Keys of length 1</b> make a write of strength 1 replace exactly what its key recalled and leave everything across it alone, and
/// no factor 1 − β|k|² goes below 0: S stays bounded by the largest value, however long the episode.</para>
/// <para><b>The norm of what a head read</b> gives an answer one size from the first item on: S after one write of strength ½ is small, and
/// of a sum over many it is large. Linear attention needs none, since a mean is as large as the values. <b>The output gate</b> lets the
/// present choose what of the memory matters now; as a factor beside a norm it is also how a head says nothing.</para>
/// <para><b>The way around</b> (x +) lets the present observation pass unchanged: a policy that needs no memory does not have to learn to
/// store it and read it in the same step. <b>The last norm</b> gives the linear heads numbers of one size.</para>
/// <para>The heads of <c>gated-delta-net</c> begin with time constants of 8 to 512 steps, evenly spread on a logarithmic scale. What they
/// forget answers weakly to the input at first: a gate that swings would make a time constant of 512 steps one of ten.</para>
/// <para>State: <c>S [H, D/H, D/H]</c>, keys down and values across; then <c>recent [3, 3D]</c>, the last three inputs of the convolution,
/// oldest first, or <c>z [H, D/H]</c> for linear attention. All of it is zero before an episode.</para>
/// </remarks>
public sealed class FastWeightMemory : Memory
{
    /// <summary>The time constants of the first and the last head, in steps.</summary>
    private const double ShortestMemory = 8, LongestMemory = 512;

    /// <summary>How strongly strength and forgetting answer to the input at first, against 1 for everything else.</summary>
    private const double GateGain = 0.1;

    /// <summary>What is added under the roots, and to the divisor of a mean, so that zeros have quotients.</summary>
    private const double KeyEpsilon = 1e-6, ReadEpsilon = 1e-5, MeanEpsilon = 1e-6;

    private readonly FastWeightForm _form;
    private readonly int _width, _heads, _size;
    private readonly LayerNorm _inputNorm, _outputNorm;
    private readonly Linear _projection, _out;
    private readonly Parameter? _convolution, _readNorm;

    /// <summary>Makes the layer with freshly drawn weights.</summary>
    /// <param name="settings">Hidden D and heads H, which divide it.</param>
    /// <param name="form">What it has and does not have.</param>
    /// <exception cref="UserInputException">The heads do not divide the width.</exception>
    public FastWeightMemory(MemorySettings settings, FastWeightForm form) : base(form.Name)
    {
        (_form, _width, _heads) = (form, settings.Hidden, settings.Heads);
        if (_heads < 1 || _width % _heads != 0)
            throw new UserInputException($"The heads must divide the width: network.hidden is {_width} and memory.heads is {_heads}, which leaves {(_heads < 1 ? _width : _width % _heads)}.");
        _size = _width / _heads;
        _inputNorm = nn.LayerNorm(_width);
        _projection = Projection();
        _out = Initialization.Linear(_width, _width, 1);
        _outputNorm = nn.LayerNorm(_width);
        register_module("input_norm", _inputNorm);
        register_module("projection", _projection);
        register_module("out", _out);
        register_module("output_norm", _outputNorm);
        if (form.Convolves)
        {
            _convolution = nn.Parameter(ShortConvolution.Draw(3 * _width));
            register_parameter("convolution", _convolution);
        }
        if (form.NormalizesReads)
        {
            _readNorm = nn.Parameter(ones(_width));
            register_parameter("read_norm", _readNorm);
        }
        Layout = form.Layout(_width, _heads);
    }

    /// <inheritdoc/>
    public override MemoryLayout Layout { get; }

    /// <inheritdoc/>
    public override int Width => _width;

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        if (input.shape[0] == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        Tensor projected = _projection.call(_inputNorm.call(input)); // [T, B, 4D + H, …]
        Tensor mixed = projected.narrow(-1, 0, 3L * _width), gate = projected.narrow(-1, 3L * _width, _width);
        (Tensor read, Tensor[] after) = _form.Averages ? Average(mixed, state, starts) : Correct(mixed, projected, state, starts);
        Tensor output = _outputNorm.call(input + _out.call(read.flatten(2, 3) * nn.functional.silu(gate)));
        return (output.MoveToOuterDisposeScope(), new MemoryState(Layout, [.. after.Select(block => block.MoveToOuterDisposeScope())]));
    }

    /// <inheritdoc/>
    /// <remarks>What a key recalls, what is written and what is read: D²/H each; without a correction the last two, and the sum of the keys.</remarks>
    public override (long Attending, long Projecting) RecallOperations(MemoryState state, Tensor starts)
    {
        long matrix = (long)_width * _size, samples = starts.shape[0] * starts.shape[1];
        return (samples * (_form.Corrects ? 3 * matrix : 2 * (matrix + _width)), 0);
    }

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _width);
        writer.Set("heads", _heads);
        writer.Weights("input_norm", _inputNorm);
        writer.Weights("projection", _projection);
        if (_convolution is not null) writer.Weights("convolution.weight", _convolution);
        if (_readNorm is not null) writer.Weights("read_norm.weight", _readNorm);
        writer.Weights("out", _out);
        writer.Weights("output_norm", _outputNorm);
    }

    /// <summary>The delta rule: what the heads read, <c>[T, B, H, D/H]</c>, and the state after it.</summary>
    private (Tensor Read, Tensor[] State) Correct(Tensor mixed, Tensor projected, MemoryState state, Tensor starts)
    {
        Tensor recent = state[1].detach();
        Tensor[] parts = nn.functional.silu(ShortConvolution.Run(mixed, _convolution!, recent, starts)).unflatten(-1, [3, _heads, _size]).unbind(2);
        Tensor q = OfLengthOne(parts[0]), k = OfLengthOne(parts[1]);
        Tensor write = projected.narrow(-1, 4L * _width, _heads).sigmoid();
        Tensor keep = _form.Forgets ? projected.narrow(-1, (4L * _width) + _heads, _heads).sigmoid() : ones_like(write);
        (Tensor read, Tensor weights) = Run(q, k, parts[2], keep, write, state[0].detach(), starts);
        Tensor size = (read.square().mean([-1], keepdim: true) + ReadEpsilon).rsqrt();
        return (read * size * _readNorm!.view(_heads, _size), [weights, ShortConvolution.Recent(mixed, recent, starts)]);
    }

    /// <summary>Linear attention; the sum of the keys is one more value of S, of which every step adds 1.</summary>
    private (Tensor Read, Tensor[] State) Average(Tensor mixed, MemoryState state, Tensor starts)
    {
        Tensor[] parts = mixed.unflatten(-1, [3, _heads, _size]).unbind(2);
        Tensor q = Positive(parts[0]), k = Positive(parts[1]), one = ones_like(q.narrow(-1, 0, 1));
        Tensor always = one.squeeze(-1), weights = cat([state[0].detach(), state[1].detach().unsqueeze(-1)], -1); // [B, H, D/H, D/H + 1]
        (Tensor read, weights) = Run(q, k, cat([parts[2], one], -1), always, always, weights, starts);
        Tensor mean = read.narrow(-1, 0, _size) / (read.narrow(-1, _size, 1) + MeanEpsilon);
        return (mean, [weights.narrow(-1, 0, _size).contiguous(), weights.select(-1, _size).contiguous()]);
    }

    private (Tensor Read, Tensor State) Run(Tensor q, Tensor k, Tensor v, Tensor keep, Tensor write, Tensor state, Tensor starts)
    {
        (Tensor read, Tensor after) = FusedSequences.Serve(q)
            ? FusedSequences.FastWeights(q, k, v, keep, write, state, starts, _form.Corrects)
            : FastWeightComposition.Run(q, k, v, keep, write, state, starts, _form.Corrects);
        return (read, after.detach());
    }

    private static Tensor OfLengthOne(Tensor x) => x * (x.square().sum([-1], keepdim: true) + KeyEpsilon).rsqrt();

    /// <summary>1 + ELU: x + 1 above zero, e^x below.</summary>
    private static Tensor Positive(Tensor x) => x.relu() + x.clamp_max(0).exp();

    /// <summary>The projection: orthogonal weights per part; the gates' small, with biases that spread the time constants.</summary>
    private Linear Projection()
    {
        Linear layer = nn.Linear(_width, _form.Projected(_width, _heads));
        var bias = new float[layer.bias!.shape[0]];
        for (int head = 0; _form.Forgets && head < _heads; head++)
        {
            double steps = ShortestMemory * Math.Pow(LongestMemory / ShortestMemory, _heads == 1 ? 0.5 : head / (_heads - 1.0));
            bias[^(_heads - head)] = (float)-Math.Log(Math.Exp(1 / steps) - 1); // σ(b) = e^(−1 / steps)
        }
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = [.. Enumerable.Range(0, 4).Select(_ => Initialization.Orthogonal(_width, _width, 1)), .. Enumerable.Range(0, _form.Gates).Select(_ => Initialization.Orthogonal(_heads, _width, GateGain))];
        layer.weight!.copy_(cat(parts, 0));
        layer.bias!.copy_(tensor(bias));
        return layer;
    }
}
