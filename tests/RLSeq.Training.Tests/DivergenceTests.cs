using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>Training that diverges ends as a failure, whatever notices it first, and leaves the last good checkpoint and no policy.</summary>
public sealed class DivergenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-diverging-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Run => Path.Combine(_folder, "run");

    [Fact]
    public void A_loss_that_overflows_ends_the_run()
    {
        // The squared error of a value near 0 to a return of 1e30 is beyond the largest float, 3.4e38.
        TrainingConfiguration configuration = Trained.Small("lstm") with { Ppo = Trained.Small("lstm").Ppo with { NormalizeRewards = false } };
        using var run = TrainingRun.Begin(configuration, Run, () => new Generous());
        string message = Assert.Throws<DivergenceException>(() => run.Run()).Message;
        Assert.Contains("Training diverged: after 192 steps the value loss is ", message, StringComparison.Ordinal);
        Assert.Contains("ppo.max_gradient_norm", message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Run, TrainingRun.PolicyName)));
        Assert.False(File.Exists(Path.Combine(Run, TrainingRun.CheckpointName)));
        run.Dispose();
        Assert.Single(MetricsFile.Read(Path.Combine(Run, TrainingRun.MetricsName)).Entries); // what went wrong is there to be looked at
    }

    /// <summary>The managed engine refuses such weights when it takes them over; with torch they are noticed as soon as agents act with them.</summary>
    [Theory, InlineData(ActingChoice.Managed, typeof(PolicyFormatException)), InlineData(ActingChoice.Torch, typeof(ArithmeticException))]
    public void Weights_that_are_not_numbers_end_the_run_and_the_last_good_checkpoint_stays(string acting, Type cause)
    {
        using var run = TrainingRun.Begin(Trained.Small("gru") with { Acting = acting }, Run, Trained.Environment);
        DivergenceException exception = Assert.Throws<DivergenceException>(() => run.Run(progress =>
        {
            if (progress.Update == 3) Break(run.Trainer);
        }));
        Assert.Contains("weights are NaN or infinite", exception.Message, StringComparison.Ordinal);
        Assert.IsType(cause, exception.InnerException);
        Assert.False(File.Exists(Path.Combine(Run, TrainingRun.PolicyName)));
        run.Dispose();
        using var again = TrainingRun.Resume(Run, Trained.Environment);
        Assert.Equal(2, again.Trainer.Updates);
        Assert.All(Trained.Weights(again.Trainer), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void What_breaks_in_the_last_update_is_noticed_too()
    {
        using var run = TrainingRun.Begin(Trained.Small("none"), Run, Trained.Environment);
        string message = Assert.Throws<DivergenceException>(() => run.Run(progress =>
        {
            if (progress.Update == progress.Updates) Break(run.Trainer);
        })).Message;
        Assert.Contains("after 960 steps the encoder's ", message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Run, TrainingRun.PolicyName)));
    }

    [Fact]
    public void Outputs_that_overflow_though_the_weights_do_not_are_noticed()
    {
        using var trainer = Trained.Trainer(Trained.Small("none"));
        PolicyDefinition policy = trainer.Export();
        Divergence.Check(policy, 5);
        policy.Example!.Values[1] = float.PositiveInfinity;
        Assert.Contains("the policy's outputs", Assert.Throws<DivergenceException>(() => Divergence.Check(policy, 5)).Message, StringComparison.Ordinal);
    }

    /// <summary>Finite weights whose products are not: the agents notice it before a loss can.</summary>
    [Theory, InlineData(ActingChoice.Managed), InlineData(ActingChoice.Torch)]
    public void Values_that_overflow_while_acting_end_the_run(string acting)
    {
        using var run = TrainingRun.Begin(Trained.Small("gru") with { Acting = acting }, Run, Trained.Environment);
        using (no_grad())
            foreach ((_, Tensor parameter) in run.Trainer.Network.named_parameters().Where(each => each.name.StartsWith("value.", StringComparison.Ordinal))) parameter.fill_(3e38);
        run.Trainer.Collector.TakeWeights();
        DivergenceException exception = Assert.Throws<DivergenceException>(() => run.Run());
        Assert.Contains("after 0 steps the policy's outputs are NaN or infinite", exception.Message, StringComparison.Ordinal);
        Assert.Contains("value", Assert.IsType<ArithmeticException>(exception.InnerException).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Run, TrainingRun.PolicyName)));
    }

    private static void Break(Trainer trainer)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        trainer.Network.parameters().First().fill_(float.NaN);
    }

    /// <summary>Pays far too much.</summary>
    private sealed class Generous() : EnvironmentBase(Space.Box(-1, 1, 1), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => new(1e30f, Terminated: Steps == 5, Truncated: false);
    }
}
