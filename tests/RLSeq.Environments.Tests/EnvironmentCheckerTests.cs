using System.Globalization;

namespace RLSeq.Environments.Tests;

public class EnvironmentCheckerTests
{
    [Theory]
    [InlineData(Fault.ObservationOutside, "observation-space", FindingSeverity.Error)]
    [InlineData(Fault.ObservationNaN, "observation-finite", FindingSeverity.Error)]
    [InlineData(Fault.ObservationUnwritten, "unwritten", FindingSeverity.Error)]
    [InlineData(Fault.ObservationTooShort, "exception", FindingSeverity.Error)]
    [InlineData(Fault.RewardNaN, "reward-finite", FindingSeverity.Error)]
    [InlineData(Fault.BothEnds, "both-ends", FindingSeverity.Warning)]
    [InlineData(Fault.Unseeded, "deterministic", FindingSeverity.Error)]
    [InlineData(Fault.SharedGenerator, "interleaved", FindingSeverity.Error)]
    [InlineData(Fault.ForgottenReset, "reset", FindingSeverity.Error)]
    [InlineData(Fault.SeedIgnored, "seed", FindingSeverity.Warning)]
    [InlineData(Fault.Allocates, "allocation", FindingSeverity.Warning)]
    [InlineData(Fault.Endless, "endless", FindingSeverity.Warning)]
    [InlineData(Fault.Throws, "exception", FindingSeverity.Error)]
    [InlineData(Fault.SavesTooLittle, "saving", FindingSeverity.Error)]
    [InlineData(Fault.SavesTwoValues, "saving", FindingSeverity.Error)]
    [InlineData(Fault.SavingDraws, "saving", FindingSeverity.Error)]
    [InlineData(Fault.RestoreThrows, "saving", FindingSeverity.Error)]
    [InlineData(Fault.SaveThrows, "saving", FindingSeverity.Error)]
    [InlineData(Fault.SpacesChange, "spaces", FindingSeverity.Error)]
    [InlineData(Fault.SpacesDrift, "spaces", FindingSeverity.Error)]
    [InlineData(Fault.WallClock, "deterministic", FindingSeverity.Error)]
    [InlineData(Fault.ProcessCounter, "deterministic", FindingSeverity.Error)]
    [InlineData(Fault.ActionsIgnored, "action-ignored", FindingSeverity.Warning)]
    [InlineData(Fault.ActionChanged, "action-changed", FindingSeverity.Error)]
    [InlineData(Fault.ActionOutsideAccepted, "action-outside", FindingSeverity.Warning)]
    [InlineData(Fault.StepsAfterTheEnd, "phase", FindingSeverity.Warning)]
    [InlineData(Fault.StepsBeforeReset, "phase", FindingSeverity.Warning)]
    [InlineData(Fault.DisposeThrows, "dispose", FindingSeverity.Error)]
    [InlineData(Fault.DisposeTwice, "dispose", FindingSeverity.Error)]
    [InlineData(Fault.TextDraws, "text", FindingSeverity.Error)]
    [InlineData(Fault.TextMoves, "text", FindingSeverity.Error)]
    [InlineData(Fault.TextThrows, "text", FindingSeverity.Error)]
    [InlineData(Fault.ImageUnwritten, "image", FindingSeverity.Error)]
    [InlineData(Fault.ImageWithoutSize, "image", FindingSeverity.Error)]
    [InlineData(Fault.FullStateOutside, "full-state", FindingSeverity.Error)]
    [InlineData(Fault.FullStateUnwritten, "full-state", FindingSeverity.Error)]
    [InlineData(Fault.FullStateCounts, "full-state", FindingSeverity.Error)]
    public void A_planted_fault_is_found_alone(Fault fault, string check, FindingSeverity severity)
    {
        Finding finding = Assert.Single(EnvironmentChecker.Check(() => new FaultyEnvironment(fault)));
        Assert.Equal(check, finding.Check);
        Assert.Equal(severity, finding.Severity);
        Assert.NotEmpty(finding.Remedy);
        Assert.EndsWith(".", finding.Problem, StringComparison.Ordinal);
    }

    /// <summary>A million steps of m milliseconds take m/3.6 hours; both numbers are rounded.</summary>
    [Fact]
    public void A_slow_step_is_found_with_the_hours_that_it_costs()
    {
        Finding finding = Assert.Single(EnvironmentChecker.Check(() => new FaultyEnvironment(Fault.Slow)));
        Assert.Equal(("slow", FindingSeverity.Warning), (finding.Check, finding.Severity));
        string[] words = finding.Problem.Split(' '); // A step takes 25 ms, so a million steps take 6.9 hours per thread.
        double milliseconds = double.Parse(words[3], CultureInfo.InvariantCulture), hours = double.Parse(words[10], CultureInfo.InvariantCulture);
        Assert.InRange(hours, ((milliseconds - 0.5) / 3.6) - 0.051, ((milliseconds + 0.5) / 3.6) + 0.051);
    }

    /// <summary>In whatever check it happens: of these, only one is in the calls that <c>Values</c> makes.</summary>
    [Fact]
    public void An_exception_of_a_reset_or_a_step_is_found_with_the_episode_that_threw_it()
    {
        Finding reset = Assert.Single(EnvironmentChecker.Check(() => new Throwing(step: 0, chance: 1)));
        Assert.Equal("exception", reset.Check);
        Assert.StartsWith("InvalidOperationException in Reset of the episode with seed 1: Thrown", reset.Problem, StringComparison.Ordinal);
        Finding late = Assert.Single(EnvironmentChecker.Check(() => new Throwing(step: 5, chance: 500)));
        Assert.Matches("^InvalidOperationException in step 5 of the episode with seed [0-9]+: Thrown$", late.Problem);
    }

    [Fact]
    public void What_is_thrown_elsewhere_is_not_blamed_on_resets_and_steps()
    {
        Assert.Contains("ITextRenderable.Render", Assert.Single(EnvironmentChecker.Check(() => new FaultyEnvironment(Fault.TextThrows))).Problem, StringComparison.Ordinal);
        Finding missing = Assert.Single(EnvironmentChecker.Check(() => new Spaceless()));
        Assert.Contains("ObservationSpace is null", missing.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Resets and steps", missing.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observation_that_is_read_back_is_found()
    {
        IReadOnlyList<Finding> findings = EnvironmentChecker.Check(() => new FaultyEnvironment(Fault.ObservationRead));
        Assert.Contains(findings, finding => finding.Check == "unwritten");
    }

    [Fact]
    public void A_factory_that_returns_one_instance_is_found()
    {
        var only = new FaultyEnvironment(Fault.None);
        Assert.Equal("instances", Assert.Single(EnvironmentChecker.Check(() => only)).Check);
    }

    [Fact]
    public void A_factory_that_fails_is_a_finding_and_no_crash() =>
        Assert.Contains("No display.", Assert.Single(EnvironmentChecker.Check(() => throw new InvalidOperationException("No display."))).Problem, StringComparison.Ordinal);

    [Fact]
    public void Findings_say_where()
    {
        Assert.Contains("Element 1 of the observation is NaN in step 2 of episode 0", Only(Fault.ObservationNaN), StringComparison.Ordinal);
        Assert.Contains("step 4", Only(Fault.RewardNaN), StringComparison.Ordinal);
        Assert.Contains("Discrete(10)", Only(Fault.ObservationOutside), StringComparison.Ordinal);
        Assert.Contains("allocates 40 bytes", Only(Fault.Allocates), StringComparison.Ordinal);

        static string Only(Fault fault) => Assert.Single(EnvironmentChecker.Check(() => new FaultyEnvironment(fault))).Problem;
    }

    /// <summary>The environment waits for the test, so nothing depends on how fast the machine is.</summary>
    [Theory]
    [InlineData(0, "in Reset of")]
    [InlineData(2, "in step 2 of")]
    public void A_call_that_does_not_return_is_found(int step, string place)
    {
        using var release = new ManualResetEventSlim();
        Finding finding = EnvironmentChecker.Check(() => new Stuck(step, release), stepTimeout: TimeSpan.FromSeconds(0.25))[^1];
        release.Set();
        Assert.Equal(("hanging", FindingSeverity.Error), (finding.Check, finding.Severity));
        Assert.Contains($"Stuck: row 0 failed {place} the episode", finding.Problem, StringComparison.Ordinal);
        Assert.Contains("did not return within 0.25 seconds", finding.Problem, StringComparison.Ordinal);
        Assert.Contains("endless loops", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_environment_passes() => Assert.Empty(EnvironmentChecker.Check(() => new FaultyEnvironment(Fault.None)));

    [Theory]
    [MemberData(nameof(SavingTests.BuiltIns), MemberType = typeof(SavingTests))]
    public void Every_built_in_environment_passes(string name) => Assert.Empty(EnvironmentChecker.Check(EnvironmentRegistry.Get(name).Create));

    /// <summary>Throws in one call of some episodes.</summary>
    private sealed class Throwing(int step, int chance) : EnvironmentBase(Space.Discrete(2), Space.Discrete(2))
    {
        private bool _throws;

        protected override void OnReset(Span<float> observation)
        {
            observation[0] = Random.NextInt(2);
            _throws = Random.NextInt(chance) == 0;
            if (step == 0 && _throws) throw new InvalidOperationException("Thrown");
        }

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            if (Steps == step && _throws) throw new InvalidOperationException("Thrown");
            observation[0] = Random.NextInt(2);
            return new(action[0], Terminated: Steps == 8, Truncated: false);
        }
    }

    /// <summary>Has forgotten to make a space.</summary>
    private sealed class Spaceless : IEnvironment
    {
        public Space ObservationSpace => null!;

        public Space ActionSpace { get; } = Space.Discrete(2);

        public void Reset(ulong seed, Span<float> observation)
        {
        }

        public StepResult Step(ReadOnlySpan<float> action, Span<float> observation) => default;

        public void Dispose()
        {
        }
    }

    /// <summary>Waits in one of its calls.</summary>
    private sealed class Stuck(int step, ManualResetEventSlim release) : EnvironmentBase(Space.Discrete(2), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation)
        {
            observation[0] = 0;
            if (step == 0) release.Wait();
        }

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = 1;
            if (Steps == step) release.Wait();
            return new(0, Terminated: Steps == 5, Truncated: false);
        }
    }
}
