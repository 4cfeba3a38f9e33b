using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

public sealed class UpdateTests
{
    [Fact]
    public void Sequences_are_the_chunks_of_the_rows_with_time_in_order()
    {
        // Step t of row n observes [100·t + 10·n, 100·t + 10·n + 1]. T = 4, N = 3, K = 2, so sequence 3·c + n is chunk c of row n.
        const int Steps = 4, Rows = 3;
        using DisposeScope scope = NewDisposeScope();
        using var rollout = new Rollout(Steps, Rows, 2, 1, new StateHistory(MemoryLayout.Empty, Rows, Steps, 2, 0));
        for (int t = 0; t < Steps; t++)
        {
            for (int n = 0; n < Rows; n++)
            {
                int at = (t * Rows) + n, number = (100 * t) + (10 * n);
                (Rollout.Floats(rollout.Observations)[2 * at], Rollout.Floats(rollout.Observations)[(2 * at) + 1]) = (number, number + 1);
                Rollout.Floats(rollout.Actions)[at] = number + 2;
                Rollout.Floats(rollout.LogProbabilities)[at] = number + 3;
                Rollout.Floats(rollout.Values)[at] = number + 4;
                Rollout.Floats(rollout.Advantages)[at] = number + 5;
                rollout.Starts.bytes[at] = (byte)(number is 10 or 120 or 200 ? 1 : 0);
            }
        }

        float[] numbers = [0, 10, 20, 200, 210, 220, 100, 110, 120, 300, 310, 320]; // [K, S]: step 0 of all sequences, then step 1
        SequenceBatch batch = SequenceBatch.Of(rollout, 2, device("cpu"));
        Assert.Equal([2, 6, 2], batch.Observations.shape);
        Assert.Equal([2, 6, 1], batch.Actions.shape);
        Assert.Equal([2, 6], batch.Values.shape);
        Assert.Equal(numbers.SelectMany(number => new[] { number, number + 1 }), Floats(batch.Observations));
        Assert.Equal(numbers.Select(number => number + 2), Floats(batch.Actions));
        Assert.Equal(numbers.Select(number => number + 3), Floats(batch.LogProbabilities));
        Assert.Equal(numbers.Select(number => number + 4), Floats(batch.Values));
        Assert.Equal(numbers.Select(number => number + 5), Floats(batch.Advantages));
        Assert.Equal(numbers.Select(number => number is 10 or 120 or 200), batch.Starts.contiguous().data<bool>().ToArray());

        SequenceBatch some = batch.Select(tensor(new long[] { 1, 4, 5 })); // row 1 of chunk 0, rows 1 and 2 of chunk 1
        float[] chosen = [10, 210, 220, 110, 310, 320];
        Assert.Equal(chosen.SelectMany(number => new[] { number, number + 1 }), Floats(some.Observations));
        Assert.Equal(chosen.Select(number => number + 2), Floats(some.Actions));
        Assert.Equal(chosen.Select(number => number + 3), Floats(some.LogProbabilities));
        Assert.Equal(chosen.Select(number => number + 4), Floats(some.Values));
        Assert.Equal(chosen.Select(number => number + 5), Floats(some.Advantages));
        Assert.Equal(chosen.Select(number => number is 10 or 120 or 200), some.Starts.contiguous().data<bool>().ToArray());
    }

    [Theory, InlineData(1e-9, 1), InlineData(1e6, 3), InlineData(0, 3)]
    public void The_epochs_end_when_the_policy_has_moved_too_far(double targetKl, int epochs)
    {
        using Trainer trainer = Create(ppo => ppo with { Epochs = 3, TargetKl = targetKl });
        Assert.Equal(epochs, trainer.Update().Learning.Epochs);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_learning_rate_falls_linearly_to_zero_or_stays(bool decay)
    {
        using Trainer trainer = Create(ppo => ppo with { LearningRate = 1e-3, LearningRateDecay = decay });
        Assert.Equal(5, trainer.Configuration.Updates);
        foreach (double share in (double[])[1, 0.8, 0.6, 0.4, 0.2])
        {
            double expected = decay ? 1e-3 * share : 1e-3;
            Assert.Equal(expected, trainer.Update().LearningRate, 1e-12);
            Assert.All(trainer.Optimizer.ParamGroups, group => Assert.Equal(expected, group.LearningRate, 1e-12));
        }
    }

    [Fact]
    public void The_learning_rate_is_how_far_the_first_step_goes()
    {
        // Adam's first step moves every parameter by the learning rate, whatever the gradient, unless that is about zero.
        using Trainer trainer = Create(ppo => ppo with { LearningRate = 1e-3, Epochs = 1, Minibatches = 1 });
        float[] before = Trained.Weights(trainer);
        trainer.Update();
        float[] moved = [.. Trained.Weights(trainer).Zip(before, (after, old) => Math.Abs(after - old))];
        Assert.All(moved, distance => Assert.InRange(distance, 0, 1.001e-3f));
        Assert.InRange(moved.Max(), 0.98e-3f, 1.001e-3f);
    }

    [Theory, InlineData(0), InlineData(1e-3), InlineData(1e6)]
    public void The_gradient_is_scaled_down_to_its_largest_norm(double largest)
    {
        // With one optimiser step, the gradients that it used are still there, and the metric is their norm before clipping.
        using Trainer trainer = Create(ppo => ppo with { MaxGradientNorm = largest, Epochs = 1, Minibatches = 1 });
        float[] before = Gradient(trainer);
        Assert.Empty(before);
        double unclipped = trainer.Update().Learning.GradientNorm, used = Norm(Gradient(trainer));
        Assert.True(unclipped > 0.01, $"The test needs a gradient to clip, not one of {unclipped}.");
        double expected = largest == 1e-3 ? largest : unclipped;
        Assert.Equal(1, used / expected, 1e-3);
    }

    [Fact]
    public void Clipping_keeps_the_gradients_direction()
    {
        float[] Gradients(double largest)
        {
            using Trainer trainer = Create(ppo => ppo with { MaxGradientNorm = largest, Epochs = 1, Minibatches = 1 });
            trainer.Update();
            return Gradient(trainer);
        }

        float[] clipped = Gradients(1e-3), whole = Gradients(0);
        double scale = 1e-3 / Norm(whole);
        Assert.Equal(whole.Length, clipped.Length);
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i] * scale, clipped[i], 1e-7);
    }

    [Fact]
    public void Gradients_do_not_pile_up_from_one_step_to_the_next()
    {
        // Without learning, the second epoch's only step has the gradients of the first one.
        float[] Gradients(int epochs)
        {
            using Trainer trainer = Create(ppo => ppo with { LearningRate = 0, MaxGradientNorm = 0, Epochs = epochs, Minibatches = 1 });
            trainer.Update();
            return Gradient(trainer);
        }

        float[] one = Gradients(1), two = Gradients(2);
        Assert.True(Norm(one) > 0.01);
        Assert.Equal(one, two);
    }

    [Fact]
    public void Every_epoch_sees_all_of_the_rollout()
    {
        // Without learning, every pass has the same losses; with one sequence per minibatch, their mean is that of the whole rollout.
        using Trainer one = Create(ppo => ppo with { LearningRate = 0, Epochs = 1, Minibatches = 1, NormalizeAdvantages = false });
        using Trainer each = Create(ppo => ppo with { LearningRate = 0, Epochs = 3, Minibatches = 16, NormalizeAdvantages = false });
        UpdateMetrics whole = one.Update().Learning, parts = each.Update().Learning;
        Assert.Equal(1, parts.ValueLoss / whole.ValueLoss, 1e-4);
        Assert.Equal(1, parts.Entropy / whole.Entropy, 1e-4);
        Assert.Equal(whole.PolicyLoss, parts.PolicyLoss, 1e-4 * Math.Max(1, Math.Abs(whole.PolicyLoss)));
        Assert.True(parts.KlDivergence < 1e-6);
        Assert.Equal(3, parts.Epochs);
    }

    [Theory, InlineData("lstm", 2), InlineData("lstm", 3), InlineData("transformer", 3), InlineData("lstm", 40)]
    public void Threads_share_a_minibatch_and_learn_the_same(string memory, int threads)
    {
        // 40 threads are more than the 16 sequences; 3 do not divide them.
        (float[] Gradient, UpdateMetrics Metrics) Learned(int count)
        {
            TrainingConfiguration small = Trained.Small(memory);
            using Trainer trainer = Trained.Trainer(small with { Threads = count, Ppo = small.Ppo with { BurnIn = 3, MaxGradientNorm = 0, Epochs = 1, Minibatches = 1 } });
            UpdateMetrics metrics = trainer.Update().Learning;
            Assert.Equal(count, get_num_threads());
            return (Gradient(trainer), metrics);
        }

        int before = get_num_threads();
        try
        {
            (float[] alone, UpdateMetrics one) = Learned(1);
            (float[] shared, UpdateMetrics several) = Learned(threads);
            Assert.Equal(shared, Learned(threads).Gradient);
            Assert.True(Norm(alone) > 0.01);
            for (int i = 0; i < alone.Length; i++) Assert.Equal(alone[i], shared[i], 2e-6);
            Assert.Equal(one.PolicyLoss, several.PolicyLoss, 1e-6);
            Assert.Equal(one.ValueLoss, several.ValueLoss, 1e-5 * Math.Max(1, one.ValueLoss));
            Assert.Equal(one.Entropy, several.Entropy, 1e-6);
            Assert.Equal(one.GradientNorm, several.GradientNorm, 1e-5);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void A_part_that_fails_is_reported_when_all_have_ended()
    {
        using var threads = new WorkerThreads(3);
        var ended = new bool[3];
        var failure = Assert.Throws<InvalidOperationException>(() => threads.Run(3, part =>
        {
            if (part == 1) throw new InvalidOperationException("part 1");
            ended[part] = true;
        }));
        Assert.Equal("part 1", failure.Message);
        Assert.Equal([true, false, true], ended);
        threads.Run(3, part => ended[part] = part == 1);
        Assert.Equal([false, true, false], ended);
    }

    /// <summary>A training of 8 rows by 24 steps in chunks of 12, so 16 sequences, and 5 updates.</summary>
    private static Trainer Create(Func<PpoSettings, PpoSettings> change)
    {
        TrainingConfiguration small = Trained.Small("lstm");
        return Trained.Trainer(small with { Ppo = change(small.Ppo) });
    }

    private static float[] Gradient(Trainer trainer)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. trainer.Network.parameters().Select(parameter => parameter.grad).OfType<Tensor>().SelectMany(Floats)];
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private static float[] Floats(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
