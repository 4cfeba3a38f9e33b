using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

/// <summary>Samples whose action was not applied: what of the loss they count in.</summary>
public sealed class AppliedLossTests
{
    private const int Steps = 5, Stored = 4;
    private static readonly int[] Counts = [3, 2];
    private static readonly PpoSettings Settings = new() { Clip = 0.2, ValueCoefficient = 0.6, EntropyCoefficient = 0.07 };
    private static readonly Tensor All = tensor(new long[] { 0, 1, 2, 3 }).DetachFromDisposeScope();

    public static TheoryData<string> Ways => ["operator", "plain", "gaussian"];

    [Theory, MemberData(nameof(Ways))]
    public void What_was_discarded_moves_the_value_and_not_the_policy(string way)
    {
        using DisposeScope scope = NewDisposeScope();
        bool[] applied = [.. Enumerable.Range(0, Steps * Stored).Select(i => i % 3 != 1)];
        Learned with = Learn(way, Batch(way, applied), MinibatchShare.Whole), without = Learn(way, Batch(way, null), MinibatchShare.Whole);
        int width = with.Logits.Length / applied.Length;
        double share = (double)applied.Count(one => one) / applied.Length;
        for (int i = 0; i < applied.Length; i++)
        {
            Assert.Equal(without.Values[i], with.Values[i], 1e-7);
            for (int a = i * width; a < (i + 1) * width; a++)
            {
                // The others' mean is over fewer, so that each weighs more.
                Assert.Equal(applied[i] ? without.Logits[a] / share : 0, with.Logits[a], 1e-6);
                if (!applied[i]) Assert.Equal(0, with.Logits[a]);
            }
        }
        Assert.True(without.Logits.Max(Math.Abs) > 1e-3 && without.Values.Min(Math.Abs) > 1e-4);
    }

    [Theory, MemberData(nameof(Ways))]
    public void Losses_and_statistics_are_the_means_of_what_counts(string way)
    {
        // The whole batch without the second and the last sequence is what remains of it when all of their samples are marked.
        using DisposeScope scope = NewDisposeScope();
        bool[] applied = [.. Enumerable.Range(0, Steps * Stored).Select(i => i % Stored is 0 or 2)];
        Learned marked = Learn(way, Batch(way, applied), MinibatchShare.Whole), left = Learn(way, Batch(way, null), MinibatchShare.Whole, [0, 2]);
        foreach (int statistic in (int[])[0, 2, 3, 4]) Assert.Equal(left.Statistics[statistic], marked.Statistics[statistic], 1e-5);
        Assert.NotEqual(left.Statistics[1], marked.Statistics[1], 1e-3);
        Assert.Equal(Learn(way, Batch(way, null), MinibatchShare.Whole).Statistics[1], marked.Statistics[1], 1e-5);
        for (int i = 0; i < Steps * Stored; i++) Assert.True(float.IsFinite(marked.Ratios[i]) && marked.Ratios[i] > 0);
    }

    [Theory, MemberData(nameof(Ways))]
    public void The_parts_of_a_minibatch_add_up_to_the_whole(string way)
    {
        // The last sequence has nothing that counts, and is a part of its own.
        using DisposeScope scope = NewDisposeScope();
        bool[] applied = [.. Enumerable.Range(0, Steps * Stored).Select(i => i % Stored != 3 && i % 5 != 2)];
        SequenceBatch batch = Batch(way, applied);
        long[] counts = batch.AppliedCounts()!;
        Assert.Equal([4, 4, 4, 0], counts);
        AdvantageScale? scale = AdvantageScale.Of(batch, All, counts.Sum(), Settings);
        Learned whole = Learn(way, batch, MinibatchShare.Of([0, 1, 2, 3], [0, 1, 2, 3], counts), scale: scale);
        var logits = new double[whole.Logits.Length];
        var values = new double[whole.Values.Length];
        var statistics = new double[5];
        double total = 0;
        foreach (long[] part in (long[][])[[0], [1, 2], [3]])
        {
            Learned one = Learn(way, batch, MinibatchShare.Of(part, [0, 1, 2, 3], counts), part, scale);
            total += one.Total;
            for (int i = 0; i < 5; i++) statistics[i] += one.Statistics[i];
            for (int i = 0; i < logits.Length; i++) logits[i] += one.Logits[i];
            for (int i = 0; i < values.Length; i++) values[i] += one.Values[i];
        }
        Assert.Equal(whole.Total, total, 1e-5);
        for (int i = 0; i < 5; i++) Assert.Equal(whole.Statistics[i], statistics[i], 1e-5);
        for (int i = 0; i < logits.Length; i++) Assert.Equal(whole.Logits[i], logits[i], 1e-6);
        for (int i = 0; i < values.Length; i++) Assert.Equal(whole.Values[i], values[i], 1e-6);
    }

    [Theory, MemberData(nameof(Ways))]
    public void Where_nothing_was_applied_only_the_value_learns(string way)
    {
        using DisposeScope scope = NewDisposeScope();
        SequenceBatch batch = Batch(way, new bool[Steps * Stored]);
        Assert.Null(AdvantageScale.Of(batch, All, 0, Settings));
        Assert.Null(AdvantageScale.Of(batch, All, 1, Settings));
        Learned learned = Learn(way, batch, MinibatchShare.Of([0, 1, 2, 3], [0, 1, 2, 3], batch.AppliedCounts()));
        Assert.All(learned.Logits, gradient => Assert.Equal(0, gradient));
        Assert.Equal([0, 0, 0, 0], (double[])[learned.Statistics[0], learned.Statistics[2], learned.Statistics[3], learned.Statistics[4]]);
        Assert.Equal(0.6 * learned.Statistics[1], learned.Total, 1e-5);
        Assert.True(learned.Statistics[1] > 0.1);
    }

    [Fact]
    public void Advantages_are_normalised_over_what_counts()
    {
        using DisposeScope scope = NewDisposeScope();
        bool[] applied = [.. Enumerable.Range(0, Steps * Stored).Select(i => i % 3 != 1)];
        SequenceBatch batch = Batch("operator", applied);
        double[] counted = [.. batch.Advantages.contiguous().data<float>().ToArray().Where((_, i) => applied[i] && i % Stored != 0).Select(advantage => (double)advantage)];
        double mean = counted.Average(), deviation = Math.Sqrt(counted.Sum(value => (value - mean) * (value - mean)) / (counted.Length - 1));
        float[] scale = AdvantageScale.Of(batch, tensor(new long[] { 1, 2, 3 }), counted.Length, Settings)!.Values.data<float>().ToArray();
        Assert.Equal(mean, scale[0], 1e-6);
        Assert.Equal(deviation, scale[1], 1e-6);
    }

    /// <summary>An action that has become next to impossible, as that of a discarded sample may: nothing is multiplied by an infinite ratio.</summary>
    [Theory, MemberData(nameof(Ways))]
    public void An_infinite_ratio_of_what_was_discarded_harms_nothing(string way)
    {
        using DisposeScope scope = NewDisposeScope();
        bool[] applied = [.. Enumerable.Repeat(true, Steps * Stored)];
        applied[6] = false;
        SequenceBatch batch = Batch(way, applied);
        using (no_grad()) batch.LogProbabilities.view(-1).narrow(0, 6, 1).fill_(-200);
        Learned learned = Learn(way, batch, MinibatchShare.Whole);
        Assert.All((float[])[.. learned.Logits, .. learned.Values], gradient => Assert.True(float.IsFinite(gradient)));
        Assert.All(learned.Statistics, value => Assert.True(double.IsFinite(value)));
        Assert.True(double.IsFinite(learned.Total));
    }

    private static Space Actions(string way) => way == "gaussian" ? Space.Box(-1, 1, 2) : Space.MultiDiscrete(Counts);

    private static SequenceBatch Batch(string way, bool[]? applied)
    {
        manual_seed(3);
        Tensor actions = way == "gaussian" ? randn(Steps, Stored, 2) : stack([.. Counts.Select(count => randint(count, [Steps, Stored]).to(float32))], -1);
        return new SequenceBatch(
            zeros(Steps, Stored, 1), actions, zeros(Steps, Stored, dtype: @bool), (randn(Steps, Stored) * 0.4) - 2, randn(Steps, Stored), (randn(Steps, Stored) * 2) + 1,
            Applied: applied is null ? null : tensor(applied, [Steps, Stored]));
    }

    /// <summary>The loss of some sequences, with gradients in the places of all of them.</summary>
    private static Learned Learn(string way, SequenceBatch batch, MinibatchShare share, long[]? sequences = null, AdvantageScale? scale = null)
    {
        ActionDistribution distribution = ActionDistribution.For(Actions(way));
        manual_seed(4);
        Tensor logits = (randn(Steps, Stored, way == "gaussian" ? 4 : 5) * 0.5).detach().requires_grad_(), values = randn(Steps, Stored).requires_grad_();
        Tensor index = sequences is null ? All : tensor(sequences);
        (Tensor l, Tensor v) = (logits.index_select(1, index), values.index_select(1, index));
        PpoLoss loss = way == "plain" ? PpoLoss.Of(l, v, batch.Select(index), scale, distribution, Settings, share) : PpoLoss.OfSequences(l, v, batch, index, scale, distribution, Settings, share);
        loss.Total.backward();
        return new Learned(
            loss.Total.item<float>(), [.. Floats(share.Scale(loss.Statistics)).Select(value => (double)value)], Floats(loss.Ratio), Floats(logits.grad!), Floats(values.grad!));
    }

    private static float[] Floats(Tensor tensor) => tensor.contiguous().data<float>().ToArray();

    private sealed record Learned(double Total, double[] Statistics, float[] Ratios, float[] Logits, float[] Values);
}
