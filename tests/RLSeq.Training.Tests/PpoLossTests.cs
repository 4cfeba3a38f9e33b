using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

public sealed class PpoLossTests
{
    // The expected numbers are what PyTorch prints here; minimum and maximum are taken number by number, in Python.
    //
    // import torch
    // torch.set_default_dtype(torch.float64)
    // logits0 = torch.tensor([[[0.2, -0.4, 0.1], [1.0, 0.3, -0.6], [0.0, 0.5, -0.2]], [[-0.5, 0.8, 0.0], [0.4, 0.4, -0.9], [-0.3, 0.1, 0.7]]])
    // values0 = torch.tensor([[1.0, -0.5, 0.2], [0.3, 3.0, -1.0]])
    // actions = torch.tensor([[0, 1, 1], [2, 0, 2]])
    // before = torch.tensor([[0.6, -0.4, 0.3], [0.9, 1.1, -0.2]])
    // advantages = torch.tensor([[1.5, -0.8, 0.4], [-2.0, 0.7, -0.3]])
    // # Above, above, within, below, below and within 1 - 0.2 .. 1 + 0.2, with both signs of the advantage each.
    // ratios = torch.tensor([[1.5, 1.4, 1.1], [0.6, 0.7, 0.95]])
    // wanted = torch.log_softmax(logits0, -1).gather(-1, actions[..., None])[..., 0]
    // old = ((wanted - ratios.log()) * 10000).round() / 10000
    // show = lambda x: "[" + ", ".join(f"{v:.7g}" for v in x.flatten().tolist()) + "]"
    // print(show(old))
    // for value_clip in (0, 0.3):
    //     for normalize in (False, True):
    //         logits, values = logits0.clone().requires_grad_(), values0.clone().requires_grad_()
    //         ratio = (torch.log_softmax(logits, -1).gather(-1, actions[..., None])[..., 0] - old).exp()
    //         a = (advantages - advantages.mean()) / (advantages.std() + 1e-8) if normalize else advantages
    //         policy = -torch.stack([min(r * x, r.clip(0.8, 1.2) * x) for r, x in zip(ratio.flatten(), a.flatten())]).mean()
    //         target = advantages + before
    //         error = (values - target) ** 2
    //         if value_clip:
    //             moved = before + (values - before).clip(-value_clip, value_clip)
    //             error = torch.stack([max(e, (m - t) ** 2) for e, m, t in zip(error.flatten(), moved.flatten(), target.flatten())])
    //         value = 0.5 * error.mean()
    //         entropy = torch.distributions.Categorical(logits=logits).entropy().mean()
    //         total = policy + 0.6 * value - 0.07 * entropy
    //         total.backward()
    //         kl, clipped = (ratio - 1 - ratio.log()).mean(), ((ratio - 1).abs() > 0.2).double().mean()
    //         print(value_clip, normalize, show(total), show(torch.stack([policy, value, entropy, kl, clipped])), show(logits.grad), show(values.grad))
    private static readonly float[] PolicyGradient =
    [
        0.000813456f, -0.001119267f, 0.0003058112f, -0.1071891f, 0.1310491f, -0.02386f, 0.02050739f, -0.03674648f, 0.01623909f,
        -0.001635092f, 0.002808663f, -0.001173571f, -0.04492898f, 0.03673608f, 0.008192899f, -0.01054158f, -0.01438997f, 0.02493155f,
    ];

    private static readonly float[] NormalizedPolicyGradient =
    [
        0.000813456f, -0.001119267f, 0.0003058112f, -0.07720532f, 0.09501169f, -0.01780637f, 0.02010221f, -0.03600956f, 0.01590735f,
        -0.001635092f, 0.002808663f, -0.001173571f, -0.04073857f, 0.03344311f, 0.007295459f, -0.00676949f, -0.008762673f, 0.01553216f,
    ];

    private static readonly float[] ValueGradient = [-0.11f, 0.07f, -0.05f, 0.14f, 0.12f, -0.05f];

    /// <summary>Nothing flows where the clipped value is the worse one; the fifth value is clipped too, but worse without it.</summary>
    private static readonly float[] ClippedValueGradient = [0, 0.07f, -0.05f, 0, 0.12f, -0.05f];

    [Theory]
    [InlineData(0, false, 0.2558915f, 0.0458355f, 0.4666667f, false)]
    [InlineData(0, true, 0.1779274f, -0.03212852f, 0.4666667f, false)]
    [InlineData(0.3, false, 0.3138915f, 0.0458355f, 0.5633333f, false)]
    [InlineData(0.3, true, 0.2359274f, -0.03212852f, 0.5633333f, false)]
    [InlineData(0, false, 0.2558915f, 0.0458355f, 0.4666667f, true)]
    [InlineData(0, true, 0.1779274f, -0.03212852f, 0.4666667f, true)]
    [InlineData(0.3, false, 0.3138915f, 0.0458355f, 0.5633333f, true)]
    [InlineData(0.3, true, 0.2359274f, -0.03212852f, 0.5633333f, true)]
    public void It_and_its_gradients_are_those_of_PyTorch(double valueClip, bool normalize, float total, float policyLoss, float valueLoss, bool fused)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(
        [
            0.2f, -0.4f, 0.1f, 1.0f, 0.3f, -0.6f, 0.0f, 0.5f, -0.2f,
            -0.5f, 0.8f, 0.0f, 0.4f, 0.4f, -0.9f, -0.3f, 0.1f, 0.7f,
        ], [2, 3, 3]).requires_grad_();
        Tensor values = tensor([1.0f, -0.5f, 0.2f, 0.3f, 3.0f, -1.0f], [2, 3]).requires_grad_();
        var batch = new SequenceBatch(
            Observations: zeros(2, 3, 1),
            Actions: tensor([0f, 1, 1, 2, 0, 2], [2, 3, 1]),
            Starts: zeros(2, 3, dtype: @bool),
            LogProbabilities: tensor([-1.303f, -1.5662f, -0.8387f, -0.8326f, -0.4642f, -0.5993f], [2, 3]),
            Values: tensor([0.6f, -0.4f, 0.3f, 0.9f, 1.1f, -0.2f], [2, 3]),
            Advantages: tensor([1.5f, -0.8f, 0.4f, -2.0f, 0.7f, -0.3f], [2, 3]));
        var settings = new PpoSettings { Clip = 0.2, ValueClip = valueClip, ValueCoefficient = 0.6, EntropyCoefficient = 0.07, NormalizeAdvantages = normalize };

        Tensor all = tensor([0L, 1L, 2L]);
        ActionDistribution distribution = ActionDistribution.For(Space.Discrete(3));
        AdvantageScale? scale = AdvantageScale.Of(batch, all, 6, settings);
        PpoLoss loss = fused ? PpoLoss.OfSequences(logits, values, batch, all, scale, distribution, settings, MinibatchShare.Whole) : PpoLoss.Of(logits, values, batch, scale, distribution, settings, MinibatchShare.Whole);
        loss.Total.backward();

        Near([total], loss.Total.detach());
        Near([policyLoss, valueLoss, 0.9992005f, 0.055253f, 4 / 6f], loss.Statistics);
        Near([1.5f, 1.4f, 1.1f, 0.6f, 0.7f, 0.95f], loss.Ratio, 1e-4);
        Near(normalize ? NormalizedPolicyGradient : PolicyGradient, logits.grad!);
        Near(valueClip > 0 ? ClippedValueGradient : ValueGradient, values.grad!);
    }

    [Theory]
    [InlineData(new[] { 4 }, 0, false, false)]
    [InlineData(new[] { 2, 5, 3 }, 0.2, true, false)]
    [InlineData(new[] { 7 }, 0.1, true, false)]
    [InlineData(new[] { 3, 3 }, 0, false, false)]
    [InlineData(new[] { 4 }, 0, false, true)]
    [InlineData(new[] { 2, 5, 3 }, 0.2, true, true)]
    public void As_one_operator_over_some_sequences_it_is_what_plain_operators_give(int[] counts, double valueClip, bool masked, bool missed)
    {
        const int steps = 9, stored = 6;
        using DisposeScope scope = NewDisposeScope();
        manual_seed(5);
        int choices = counts.Sum();
        Tensor index = tensor([4L, 0L, 3L]);
        Tensor logits = randn(steps, 3, choices), values = randn(steps, 3);
        Tensor actions = stack([.. counts.Select(count => randint(count, [steps, stored]).to(float32))], -1);
        Tensor? masks = masked ? Allowed(actions, counts) : null;
        var batch = new SequenceBatch(
            zeros(steps, stored, 1), actions, zeros(steps, stored, dtype: @bool), randn(steps, stored) * 0.4 - 1.3 * counts.Length, randn(steps, stored), randn(steps, stored) * 2, masks,
            missed ? rand(steps, stored) < 0.6 : null);
        var settings = new PpoSettings { ValueClip = valueClip, ValueCoefficient = 0.7, EntropyCoefficient = 0.03 };
        ActionDistribution distribution = ActionDistribution.For(Space.MultiDiscrete(counts));
        long applied = batch.AppliedCounts() is { } found ? found[4] + found[0] + found[3] : 3 * steps;
        AdvantageScale scale = AdvantageScale.Of(batch, index, applied, settings)!;
        Tensor counted = batch.Advantages.index_select(1, index).masked_select(batch.Applied?.index_select(1, index) ?? ones(steps, 3, dtype: @bool));
        Near([counted.mean().item<float>(), counted.std().item<float>()], scale.Values);

        var share = new MinibatchShare(0.25, missed ? 0.4 : 0.25);
        (PpoLoss plain, float[] plainLogits, float[] plainValues) = Learn((l, v) => PpoLoss.Of(l, v, batch.Select(index), scale, distribution, settings, share));
        (PpoLoss fused, float[] fusedLogits, float[] fusedValues) = Learn((l, v) => PpoLoss.OfSequences(l, v, batch, index, scale, distribution, settings, share));

        Assert.Equal(plain.Total.item<float>(), fused.Total.item<float>(), 2e-6);
        Near(Floats(plain.Statistics), fused.Statistics);
        Near(Floats(plain.Ratio), fused.Ratio, 2e-5);
        Assert.True(plainLogits.Max(Math.Abs) > 1e-3);
        Equal(plainLogits, fusedLogits);
        Equal(plainValues, fusedValues);

        (PpoLoss, float[], float[]) Learn(Func<Tensor, Tensor, PpoLoss> of)
        {
            (Tensor l, Tensor v) = (logits.clone().requires_grad_(), values.clone().requires_grad_());
            PpoLoss loss = of(l, v);
            loss.Total.backward();
            return (loss, Floats(l.grad!), Floats(v.grad!));
        }

        static void Equal(float[] expected, float[] actual)
        {
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }

    [Fact]
    public void An_action_or_a_sequence_that_does_not_exist_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        var batch = new SequenceBatch(zeros(1, 2, 1), tensor([0f, 3f], [1, 2, 1]), zeros(1, 2, dtype: @bool), zeros(1, 2), zeros(1, 2), zeros(1, 2));
        ActionDistribution distribution = ActionDistribution.For(Space.Discrete(3));
        Assert.Contains("an action lies outside", Refused(1));
        Assert.Contains("an index lies outside", Refused(2));

        string Refused(long sequence) => Assert.ThrowsAny<Exception>(() =>
            PpoLoss.OfSequences(zeros(1, 1, 3), zeros(1, 1), batch, tensor([sequence]), null, distribution, new PpoSettings(), MinibatchShare.Whole)).Message;
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.5, 3)]
    [InlineData(1e6, 2)]
    public void Gradients_are_added_up_and_clipped_by_their_norm(double maxNorm, int parts)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(6);
        long[][] shapes = [[3, 50], [7], [1], [129, 33]];
        Tensor?[][] found = [.. Enumerable.Range(0, parts).Select(_ => (Tensor?[])[.. shapes.Select(shape => randn(shape)), null])];
        found[^1][0] = randn(50, 3).t(); // as autograd may hand it out
        float[] sums = [.. Enumerable.Range(0, shapes.Length).SelectMany(i => Floats(found.Select(part => part[i]!.clone()).Aggregate((a, b) => a + b)))];
        double norm = Math.Sqrt(sums.Sum(value => (double)value * value)), scale = maxNorm > 0 ? Math.Min(1, maxNorm / norm) : 1;

        (Tensor[] gradients, Tensor before) = Gradients.Merge(found, maxNorm);

        Assert.Equal(norm, before.item<float>(), 1e-4);
        float[] merged = [.. gradients.SelectMany(Floats)];
        for (int i = 0; i < sums.Length; i++) Assert.Equal(sums[i] * scale, merged[i], 1e-6 * Math.Max(1, Math.Abs(sums[i])));
    }

    /// <summary>What was done was allowed, and of the rest about half.</summary>
    private static Tensor Allowed(Tensor actions, int[] counts)
    {
        var masks = new List<Tensor>();
        for (int c = 0; c < counts.Length; c++)
        {
            Tensor done = actions.narrow(-1, c, 1) == arange(counts[c], dtype: float32);
            masks.Add((rand([.. done.shape]) < 0.5).logical_or(done));
        }
        return cat(masks, -1);
    }

    private static float[] Floats(Tensor tensor) => tensor.contiguous().data<float>().ToArray();

    private static void Near(float[] expected, Tensor actual, double tolerance = 2e-6)
    {
        float[] values = actual.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], tolerance);
    }
}
