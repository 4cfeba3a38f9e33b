using RLSeq.Environments;

namespace RLSeq.Training.Tests;

public sealed class ActingChoiceTests
{
    private const long Enough = ActingChoice.LeastWorkForCuda;

    [Theory]
    [InlineData(DeviceType.CPU, 1024, Enough, 1, ActingChoice.Managed)]
    [InlineData(DeviceType.CUDA, 1, Enough, 1, ActingChoice.Torch)]
    [InlineData(DeviceType.CUDA, 1, Enough - 1, 1, ActingChoice.Managed)]
    [InlineData(DeviceType.CUDA, 256, Enough / 256, 1, ActingChoice.Torch)]
    [InlineData(DeviceType.CUDA, 256, Enough / 256, 2, ActingChoice.Managed)] // two threads do it in half the time
    [InlineData(DeviceType.CUDA, 2, Enough, 8, ActingChoice.Torch)] // only two of the threads have an environment
    public void Auto_is_torch_for_much_work_on_CUDA(DeviceType device, int environments, long parameters, int threads, string expected)
    {
        Assert.Equal(expected, ActingChoice.Resolve(ActingChoice.Auto, device, environments, parameters, threads));
        foreach (string named in (string[])[ActingChoice.Managed, ActingChoice.Torch])
            Assert.Equal(named, ActingChoice.Resolve(named, device, environments, parameters, threads));
    }

    [Theory, InlineData(ActingChoice.Auto, ActingChoice.Managed), InlineData(ActingChoice.Torch, ActingChoice.Torch)]
    public void What_was_chosen_stands_in_the_runs_configuration_and_is_resumed(string acting, string chosen)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("rlseq").FullName, "run");
        TrainingConfiguration configuration = Trained.Small("gru") with { Acting = acting };
        using (TrainingRun run = TrainingRun.Begin(configuration, folder, Trained.Environment))
        {
            Assert.Equal(chosen, run.Trainer.Configuration.Acting);
            run.Run();
        }
        Assert.Equal(chosen, ConfigurationFile.Read(File.ReadAllText(Path.Combine(folder, TrainingRun.ConfigurationName)), "file", new TrainingConfiguration()).Acting);
        using TrainingRun resumed = TrainingRun.Resume(folder, Trained.Environment);
        Assert.Equal(chosen, resumed.Trainer.Configuration.Acting);
    }

    /// <summary>The engines sample by the same keys, so both give the same first rollout but for rounding.</summary>
    [Theory, InlineData("gru"), InlineData("transformer")]
    public void Both_engines_collect_the_same(string memory)
    {
        TrainingConfiguration configuration = Trained.Small(memory);
        using Trainer managed = Trained.Trainer(configuration with { Acting = ActingChoice.Managed }), torch = Trained.Trainer(configuration with { Acting = ActingChoice.Torch });
        using Rollout a = Collect(managed), b = Collect(torch);
        Assert.Equal(Rollout.Floats(a.Actions), Rollout.Floats(b.Actions));
        Assert.Equal(a.Rewards, b.Rewards);
        for (int i = 0; i < a.Rewards.Length; i++)
        {
            Assert.Equal(Rollout.Floats(a.Values)[i], Rollout.Floats(b.Values)[i], 1e-5);
            Assert.Equal(a.NextValues[i], b.NextValues[i], 1e-5);
            Assert.Equal(Rollout.Floats(a.LogProbabilities)[i], Rollout.Floats(b.LogProbabilities)[i], 1e-5);
        }

        static Rollout Collect(Trainer trainer)
        {
            PpoSettings ppo = trainer.Configuration.Ppo;
            Space observed = trainer.Network.ObservationSpace;
            var rollout = new Rollout(ppo.Rollout, ppo.Environments, observed.Size, trainer.Network.ActionSpace.Size,
                new StateHistory(trainer.Network.Memory.Layout, ppo.Environments, ppo.Rollout, trainer.Configuration.SequenceLength, 0));
            trainer.Collector.Collect(rollout);
            return rollout;
        }
    }
}
