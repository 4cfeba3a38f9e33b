using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

public sealed class TrainerTests
{
    public static TheoryData<string> Memories => Trained.Memories;

    public static TheoryData<string, string> Engines => Trained.Engines;

    /// <summary>
    /// Law 9. The acting engine collected, torch learns: before any optimiser step both must give the same probabilities, with episodes
    /// truncated and terminated inside the rollout, and from the second update on with weights changed in mid-episode.
    /// </summary>
    [Theory, MemberData(nameof(Engines))]
    public void Law_9_the_first_ratio_is_one(string memory, string acting)
    {
        using Trainer trainer = Trained.Trainer(Trained.Small(memory) with { Acting = acting });
        for (int update = 0; update < 5; update++)
        {
            TrainingProgress progress = trainer.Update();
            Assert.True(progress.Learning.FirstRatioError <= 1e-4, $"Update {update}: the first ratio is {progress.Learning.FirstRatioError} away from 1.");
        }
        Assert.True(trainer.Episodes.Count > 50);
    }

    [Theory, MemberData(nameof(Engines))]
    public void The_same_seed_gives_the_same_weights(string memory, string acting)
    {
        float[] Run(TrainingConfiguration configuration)
        {
            using Trainer trainer = Trained.Trainer(configuration);
            trainer.Run();
            return Trained.Weights(trainer);
        }

        TrainingConfiguration configuration = Trained.Small(memory) with { Acting = acting };
        float[] first = Run(configuration);
        Assert.Equal(first, Run(configuration));
        Assert.Equal(first, Run(configuration with { CollectThreads = 3 }));
        Assert.NotEqual(first, Run(configuration with { Seed = 2 }));
    }

    /// <summary>Libtorch's number of threads belongs to the process, so whoever comes between making a trainer and running it may leave another one.</summary>
    [Theory, InlineData(1, 3), InlineData(3, 1)]
    public void What_a_trainer_learns_does_not_depend_on_how_many_threads_others_leave_to_libtorch(int own, int left)
    {
        TrainingConfiguration small = Trained.Small("transformer"), configuration = small with
        {
            Threads = own,
            Steps = 2 * 6 * 64,
            Network = new NetworkSettings { Hidden = 64 },
            Ppo = small.Ppo with { Environments = 6, Rollout = 64, Bptt = 0, Minibatches = own > 1 ? 6 : 1 }, // a single sequence is learned from by libtorch's threads
        };
        int before = get_num_threads();
        try
        {
            using Trainer alone = Trained.Trainer(configuration), among = Trained.Trainer(configuration);
            alone.Run();
            PolicyExample expected = alone.Export().Example!;
            set_num_threads(left);
            among.Run();
            set_num_threads(left);
            Assert.Equal(expected.Logits, among.Export().Example!.Logits);
            Assert.Equal(Trained.Weights(alone), Trained.Weights(among));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Trainers_that_are_made_side_by_side_begin_with_the_weights_of_their_own_seeds()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingConfiguration[] seeds = [.. Enumerable.Range(0, 24).Select(i => Trained.Small("transformer") with { Seed = (ulong)(i % 3) })];
        float[][] alone = [.. seeds[..3].Select(Begun)], together = new float[seeds.Length][];
        Parallel.For(0, seeds.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Begun(seeds[i]));
        for (int i = 0; i < seeds.Length; i++) Assert.Equal(alone[i % 3], together[i]);

        static float[] Begun(TrainingConfiguration configuration)
        {
            using Trainer trainer = Trained.Trainer(configuration);
            return Trained.Weights(trainer);
        }
    }

    [Fact]
    public void Values_after_a_truncation_come_from_the_final_observation()
    {
        // Random actions cannot leave the corridor within 3 steps, so every episode ends by truncation.
        TrainingConfiguration configuration = Trained.Small("lstm");
        using var trainer = new Trainer(configuration, () => new Corridors(limit: 3));
        using var rollout = new Rollout(24, 8, 2, 1, new StateHistory(trainer.Network.Memory.Layout, 8, 24, 12, 0));
        IReadOnlyList<CollectedEpisode> episodes = trainer.Collector.Collect(rollout);
        Assert.True(episodes.Count >= 40);
        foreach (CollectedEpisode episode in episodes.Where(episode => episode.Length == 3))
        {
            int at = (episode.Step * 8) + episode.Row;
            Assert.True(rollout.Done[at]);
            Assert.NotEqual(0, rollout.NextValues[at]);
            if (episode.Step + 1 < 24) Assert.NotEqual(Rollout.Floats(rollout.Values)[at + 8], rollout.NextValues[at]);
        }
    }

    [Theory, MemberData(nameof(Memories))]
    public void Burning_in_starts_from_the_same_policy(string memory)
    {
        // With unchanged weights, the state after the burn-in is the state that acting had: the first ratio stays one.
        TrainingConfiguration configuration = Trained.Small(memory);
        using Trainer trainer = Trained.Trainer(configuration with { Ppo = configuration.Ppo with { Bptt = 6, BurnIn = 4, Minibatches = 2 } });
        for (int update = 0; update < 3; update++) Assert.True(trainer.Update().Learning.FirstRatioError <= 1e-4);
    }

    [Theory, MemberData(nameof(Memories))]
    public void The_exported_policy_reproduces_its_example(string memory)
    {
        using Trainer trainer = Trained.Trainer(Trained.Small(memory));
        trainer.Update();
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.rlseq");
        PolicyFile.Save(path, trainer.Export());
        PolicyDefinition loaded = PolicyFile.Load(path); // verifies the example
        Assert.Equal("Corridors", loaded.Provenance["environment"]);
        Assert.NotNull(loaded.Example);
        Assert.NotNull(loaded.Normalization);
    }

    [Fact]
    public void A_context_beyond_this_machines_memory_is_refused()
    {
        TrainingConfiguration configuration = Trained.Small("transformer");
        var exception = Assert.ThrowsAny<UserInputException>(() => Trained.Trainer(configuration with { Memory = configuration.Memory with { Context = 2_000_000_000 } }));
        Assert.Contains("context 2000000000", exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int> Accumulations
    {
        get
        {
            var all = new TheoryData<string, string, int> { { ActingChoice.Torch, "transformer", 1 }, { ActingChoice.Managed, "lstm", 2 } };
            foreach (MemoryEntry memory in MemoryRegistry.All) all.Add(ActingChoice.Managed, memory.Name, 1);
            return all;
        }
    }

    [Theory, MemberData(nameof(Accumulations))]
    public void Tensors_do_not_accumulate(string acting, string memory, int threads)
    {
        int usual = get_num_threads();
        long before = LibTorch.LibTorchInfo.LiveHandles;
        using (Trainer trainer = Trained.Trainer(Trained.Small(memory) with { Acting = acting, Threads = threads }))
        {
            trainer.Update();
            long after = LibTorch.LibTorchInfo.LiveHandles;
            for (int i = 0; i < 4; i++) trainer.Update();
            Assert.Equal(after, LibTorch.LibTorchInfo.LiveHandles);
        }
        Assert.Equal(before, LibTorch.LibTorchInfo.LiveHandles);
        set_num_threads(usual);
    }

    [Fact]
    public void A_finished_run_cannot_be_updated_further()
    {
        using Trainer trainer = Trained.Trainer(Trained.Small("none"));
        trainer.Run();
        Assert.Throws<InvalidOperationException>(trainer.Update);
    }

    [Fact]
    public void What_the_factory_made_is_what_the_files_name()
    {
        using var trainer = new Trainer(Trained.Small("none") with { Environment = "RepeatPreviousEasy" }, () => new Corridors());
        Assert.Equal("Corridors", trainer.Configuration.Environment);
        Assert.Equal("Corridors", trainer.Export().Provenance["environment"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failing_environment_is_named_whatever_the_number_of_threads(int threads)
    {
        int made = 0;
        using var trainer = new Trainer(Trained.Small("lstm") with { CollectThreads = threads }, () => new Failing(fails: made++ == 4));
        var exception = Assert.Throws<EnvironmentException>(trainer.Update);
        Assert.Contains("boom", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, exception.Row); // the first environment made was the trainer's probe
        Assert.Equal(5, exception.Step);
    }

    [Fact]
    public void An_index_outside_its_space_is_named()
    {
        using var trainer = new Trainer(Trained.Small("lstm"), () => new Failing(fails: true, outside: true));
        var exception = Assert.Throws<EnvironmentException>(trainer.Update);
        Assert.Contains("element 0 of the observation is 3", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Goes wrong at step 5: throws, or observes 3 of 3.</summary>
    private sealed class Failing(bool fails, bool outside = false) : EnvironmentBase(Space.Discrete(3), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            if (fails && !outside && Steps == 5) throw new InvalidOperationException("boom");
            observation[0] = fails && Steps == 5 ? 3 : 1;
            return new StepResult(0, Terminated: false, Truncated: Steps == 9);
        }
    }
}
