using System.Diagnostics;
using System.Globalization;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation.Tests.Evaluating;

public sealed class EvaluatorTests
{
    [Fact]
    public void The_same_seed_plays_the_same_episodes()
    {
        EvaluationResult first = Play(new EvaluationSettings { Episodes = 8 }), second = Play(new EvaluationSettings { Episodes = 8 });
        Assert.Equal(first.Returns, second.Returns);
        Assert.NotEqual(first.Returns, Play(new EvaluationSettings { Episodes = 8, Seed = 2 }).Returns);
        Assert.All(first.Lengths, length => Assert.Equal(51, length));
        Assert.Equal(8 * 51, first.Steps);
        Assert.Equal(0, first.AllocatedBytes);
    }

    [Fact]
    public void Warming_up_comes_first_and_changes_no_return()
    {
        EvaluationResult cold = Play(new EvaluationSettings { Episodes = 4, Selection = ActionSelection.Sample });
        Assert.Equal(cold.Returns, Play(new EvaluationSettings { Episodes = 4, Selection = ActionSelection.Sample, WarmUp = true }).Returns);

        // Without episodes nothing else acts that could be stopped.
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        using var environment = EnvironmentRegistry.Create("RepeatFirstEasy");
        Assert.Empty(Evaluator.Run(Network(), environment, new EvaluationSettings { Episodes = 0 }, stopped.Token).Returns);
        Assert.ThrowsAny<OperationCanceledException>(() => Evaluator.Run(Network(), environment, new EvaluationSettings { Episodes = 0, WarmUp = true }, stopped.Token));
    }

    [Fact]
    public void The_mode_repeats_itself_and_a_sample_explores()
    {
        // A freshly drawn policy is nearly uniform: its mode names few suits over and over, a sample names a quarter right.
        EvaluationResult sampled = Play(new EvaluationSettings { Episodes = 40, Selection = ActionSelection.Sample });
        Assert.InRange(sampled.MeanReturn, -0.6, -0.4); // 3 standard errors around -0.5
        Assert.NotEqual(Play(new EvaluationSettings { Episodes = 40 }).Returns, sampled.Returns);
    }

    [Fact]
    public void A_policy_for_other_spaces_is_refused()
    {
        using var cartPole = EnvironmentRegistry.Create("CartPole");
        var exception = Assert.Throws<UserInputException>(() => Evaluator.Run(Network(), cartPole, new EvaluationSettings()));
        Assert.Contains("Discrete(4)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Python_reads_the_record()
    {
        var settings = new EvaluationSettings { Episodes = 5 };
        EvaluationResult result = Play(settings);
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, EvaluationFile.Name);
        EvaluationFile.Write(path, new Dictionary<string, string> { ["environment"] = "RepeatFirstEasy" }, settings, result);
        string script = $"import msgpack; d = msgpack.unpackb(open('{path}', 'rb').read()); print(d['policy']['environment'], d['selection'], sum(d['returns']), sum(d['lengths']), sum(c for _, c in d['latency']) + d['latency_warmup_actions'])";
        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string[] words = python.StandardOutput.ReadToEnd().Split();
        Assert.Equal(["RepeatFirstEasy", "mode"], words[..2]);
        Assert.Equal(result.Returns.Sum(), double.Parse(words[2], CultureInfo.InvariantCulture), 1e-9);
        Assert.Equal(["255", "255"], words[3..5]);
    }

    /// <summary>The environment waits for the test, so nothing depends on how fast the machine is.</summary>
    [Fact]
    public void A_hanging_environment_ends_the_evaluation_and_is_named()
    {
        using var release = new ManualResetEventSlim();
        using var environment = new Stuck(release);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() => Evaluator.Run(Network(), environment, new EvaluationSettings { StepTimeout = TimeSpan.FromSeconds(0.25) }));
        release.Set();
        Assert.Contains("Stuck: row 0 failed in step 3 of the episode", failure.Message, StringComparison.Ordinal);
        Assert.Contains("did not return within 0.25 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, failure.Actions!.Count);
    }

    [Theory, InlineData(0), InlineData(60)]
    public void A_failing_environment_is_named_with_what_plays_it_again(double timeout)
    {
        using var environment = new Stuck(release: null);
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() => Evaluator.Run(Network(), environment, new EvaluationSettings { StepTimeout = TimeSpan.FromSeconds(timeout) }));
        Assert.Contains("Stuck: row 0 failed in step 3 of the episode", failure.Message, StringComparison.Ordinal);
        Assert.Contains(": no door. To reproduce it: Reset(", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, failure.Actions!.Count);
        using var again = new Stuck(release: null);
        Assert.Equal("no door", Assert.Throws<InvalidOperationException>(() => failure.Replay(again)).Message);
    }

    private static EvaluationResult Play(EvaluationSettings settings)
    {
        using var environment = EnvironmentRegistry.Create("RepeatFirstEasy");
        return Evaluator.Run(Network(), environment, settings);
    }

    private static PolicyNetwork Network()
    {
        manual_seed(3);
        using var network = new ActorCritic(Space.Discrete(4), Space.Discrete(4), new MemorySettings("lstm", Hidden: 8, Layers: 1, Heads: 1, Context: 4, FeedForward: 8), 1);
        return PolicyNetwork.From(network.Export());
    }

    /// <summary>Takes the spaces of RepeatFirst, and hangs in its third step, or fails in it where nothing can release it.</summary>
    private sealed class Stuck(ManualResetEventSlim? release) : EnvironmentBase(Space.Discrete(4), Space.Discrete(4))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 1;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = 2;
            if (Steps == 3 && release is null) throw new InvalidOperationException("no door");
            if (Steps == 3) release!.Wait();
            return new(0, Terminated: false, Truncated: false);
        }
    }
}
