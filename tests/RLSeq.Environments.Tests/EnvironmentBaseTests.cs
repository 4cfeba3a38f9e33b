namespace RLSeq.Environments.Tests;

public class EnvironmentBaseTests
{
    [Fact]
    public void Misuse_is_refused_with_the_environment_named()
    {
        using var environment = new Corridor();
        float[] observation = new float[1];
        Assert.Equal("Corridor: Step was called before the first Reset; call Reset first.", Message<InvalidOperationException>(() => environment.Step([0], observation)));
        Assert.StartsWith("Corridor: the observation needs 1 floats, as Box(0, 10, 1) says; given: 2.", Message<ArgumentException>(() => environment.Reset(1, new float[2])), StringComparison.Ordinal);
        environment.Reset(1, observation);
        Assert.StartsWith("Corridor: the action needs 1 floats, as Discrete(2) says; given: 0.", Message<ArgumentException>(() => environment.Step([], observation)), StringComparison.Ordinal);
        Assert.StartsWith("Corridor: the observation needs 1 floats", Message<ArgumentException>(() => environment.Step([0], [])), StringComparison.Ordinal);
        Assert.StartsWith("Corridor: the action (0.5) lies outside Discrete(2).", Message<ArgumentOutOfRangeException>(() => environment.Step([0.5f], observation)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step([2], observation));

        // None of this was a step.
        int steps = 1;
        while (!environment.Step([0], observation).Done) steps++;
        Assert.Equal(100, steps);
        Assert.Equal("Corridor: Step was called after the episode had ended; call Reset first.", Message<InvalidOperationException>(() => environment.Step([0], observation)));
        environment.Reset(1, observation);
        Assert.False(environment.Step([0], observation).Done);

        static string Message<T>(Action action) where T : Exception => Assert.Throws<T>(action).Message;
    }

    [Fact]
    public void The_example_of_the_documentation_is_sound() => Assert.Empty(EnvironmentChecker.Check(() => new Corridor()));

    /// <summary>The example in the documentation of <see cref="EnvironmentBase"/>.</summary>
    private sealed class Corridor() : EnvironmentBase(Space.Box(0, 10, 1), Space.Discrete(2))
    {
        private int _place;

        protected override void OnReset(Span<float> observation) => observation[0] = _place = Random.NextInt(5);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            _place = Math.Max(0, _place + (Discrete(action) == 0 ? -1 : 1));
            observation[0] = _place;
            return new(Reward: -0.01f, Terminated: _place == 10, Truncated: Steps == 100);
        }
    }
}
