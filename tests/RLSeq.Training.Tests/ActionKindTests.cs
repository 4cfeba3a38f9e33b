using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

/// <summary>Continuous, mixed and masked actions, with every memory.</summary>
public sealed class ActionKindTests
{
    private static readonly Space Continuous = Space.Box(0, 4, 3), Discrete = Space.MultiDiscrete(3, 4);
    private static readonly Space Mixed = Space.Tuple(Space.Discrete(3), Space.Box(-1, float.PositiveInfinity, 2), Space.MultiDiscrete(2, 4));

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string memory in MemoryRegistry.All.Select(entry => entry.Name))
                foreach (string kind in (string[])["continuous", "mixed", "masked", "mixed and masked"]) cases.Add(memory, kind);
            return cases;
        }
    }

    /// <summary>
    /// Law 9: acting chose, with the mask of each step; learning must find the same probabilities before any optimiser step, with
    /// deviations that are no longer 1 and sequences cut out of the rollout.
    /// </summary>
    [Theory, MemberData(nameof(Cases))]
    public void Law_9_the_first_ratio_is_one(string memory, string kind)
    {
        TrainingConfiguration small = Trained.Small(memory);
        using var trainer = new Trainer(small with { Ppo = small.Ppo with { LearningRate = 1e-2, Minibatches = 1, Epochs = 4 } }, () => Create(kind));
        for (int update = 0; update < 5; update++)
        {
            UpdateMetrics learning = trainer.Update().Learning;
            Assert.True(learning.FirstRatioError <= 1e-4, $"Update {update}: the first ratio is {learning.FirstRatioError} away from 1.");
            Assert.True(double.IsFinite(learning.Entropy) && double.IsFinite(learning.GradientNorm) && learning.GradientNorm > 0);
        }
        Assert.All(Trained.Weights(trainer), weight => Assert.True(float.IsFinite(weight)));
        Tensor? deviations = trainer.Network.named_parameters().SingleOrDefault(entry => entry.name == "log_std").parameter;
        Assert.Equal(kind == "masked", deviations is null);
        if (deviations is null) return;
        (float least, float most) = (deviations.abs().min().item<float>(), deviations.abs().max().item<float>());
        Assert.True(least > 1e-4 && most > 0.01, $"The logarithms of the deviations moved by {least} to {most} only.");
    }

    [Theory]
    [InlineData("continuous")]
    [InlineData("mixed and masked")]
    public void The_same_seed_gives_the_same_weights_with_any_number_of_threads(string kind)
    {
        Assert.Equal(Run(1), Run(3));

        float[] Run(int threads)
        {
            using var trainer = new Trainer(Trained.Small("lstm") with { CollectThreads = threads }, () => Create(kind));
            trainer.Run();
            return Trained.Weights(trainer);
        }
    }

    [Fact]
    public void The_rollout_keeps_what_was_drawn_and_the_mask_that_it_was_drawn_under()
    {
        const int Steps = 24, Rows = 8;
        using var trainer = new Trainer(Trained.Small("lstm"), () => Create("mixed and masked"));
        int m = Mixed.MaskSize, a = Mixed.Size;
        using var rollout = new Rollout(Steps, Rows, m + 1, a, new StateHistory(trainer.Network.Memory.Layout, Rows, Steps, 12, 0), m);
        trainer.Collector.Collect(rollout); // the environment refuses actions outside its space, and what the mask forbids
        bool[] masks = [.. Rollout.Bools(rollout.Masks)];
        float[] observations = [.. Rollout.Floats(rollout.Observations)], actions = [.. Rollout.Floats(rollout.Actions)];
        int outside = 0;
        for (int at = 0; at < Steps * Rows; at++)
        {
            Assert.Equal(observations.AsSpan(at * (m + 1), m).ToArray().Select(x => x > 0), masks.AsSpan(at * m, m).ToArray());
            float[] action = actions[(at * a)..((at + 1) * a)];
            if (!Mixed.Contains(action)) outside++;
            Mixed.Clip(action);
            Assert.True(Mixed.Contains(action));
        }
        Assert.InRange(outside, 20, Steps * Rows);
    }

    [Fact]
    public void Without_masks_nothing_is_stored_for_them()
    {
        using var trainer = new Trainer(Trained.Small("none"), () => Create("mixed"));
        using var rollout = new Rollout(24, 8, Mixed.MaskSize + 1, Mixed.Size, new StateHistory(trainer.Network.Memory.Layout, 8, 24, 12, 0));
        trainer.Collector.Collect(rollout);
        Assert.Null(rollout.Masks);
    }

    [Fact]
    public void A_resumed_run_of_mixed_and_masked_actions_equals_one_that_was_never_stopped()
    {
        TrainingConfiguration configuration = Trained.Small("lstm");
        string whole = Directory.CreateTempSubdirectory().FullName, stopped = Directory.CreateTempSubdirectory().FullName;
        float[] expected = Finish(TrainingRun.Begin(configuration, Path.Combine(whole, "run"), Environment));
        using (TrainingRun run = TrainingRun.Begin(configuration, Path.Combine(stopped, "run"), Environment))
        {
            using var stop = new CancellationTokenSource();
            run.Run(progress =>
            {
                if (progress.Update == 3) stop.Cancel();
            }, stop.Token);
        }
        Assert.Equal(expected, Finish(TrainingRun.Resume(Path.Combine(stopped, "run"), Environment)));

        static IEnvironment Environment() => Create("mixed and masked");

        static float[] Finish(TrainingRun run)
        {
            using (run)
            {
                run.Run();
                return Trained.Weights(run.Trainer);
            }
        }
    }

    [Theory]
    [InlineData("continuous")]
    [InlineData("mixed and masked")]
    public void The_exported_policy_reproduces_its_example(string kind)
    {
        using var trainer = new Trainer(Trained.Small("transformer"), () => Create(kind));
        trainer.Update();
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.rlseq");
        Agents.PolicyFile.Save(path, trainer.Export());
        Agents.PolicyDefinition loaded = Agents.PolicyFile.Load(path); // verifies the example
        Assert.NotNull(loaded.Example);
        Assert.Equal(kind == "continuous" ? Continuous : Mixed, loaded.ActionSpace);
    }

    private static IEnvironment Create(string kind) => kind switch
    {
        "continuous" => new Playground(Continuous),
        "mixed" => new Playground(Mixed),
        "masked" => new MaskedPlayground(Discrete),
        _ => new MaskedPlayground(Mixed),
    };
}
