namespace RLSeq.Environments.Tests;

public class FullStateLawTests
{
    public static TheoryData<string> Telling =>
    [
        .. EnvironmentRegistry.Entries
            .Where(entry => !entry.Name.StartsWith("Test", StringComparison.Ordinal) && entry.Create() is IFullState)
            .Select(entry => entry.Name),
    ];

    [Theory]
    [MemberData(nameof(Telling))]
    public void A_full_state_lies_in_its_space_writes_every_element_and_changes_nothing(string name)
    {
        using IEnvironment environment = EnvironmentRegistry.Get(name).Create(), untold = EnvironmentRegistry.Get(name).Create();
        var telling = (IFullState)environment;
        float[] state = new float[telling.FullStateSpace.Size], again = new float[state.Length];
        float[] observation = new float[environment.ObservationSpace.Size], other = new float[observation.Length], action = new float[environment.ActionSpace.Size];
        environment.Reset(3, observation);
        untold.Reset(3, other);
        var random = new RandomSource(2);
        for (int step = 0; step < 150; step++)
        {
            state.AsSpan().Fill(float.NaN);
            again.AsSpan().Fill(-1);
            telling.WriteFullState(state);
            telling.WriteFullState(again);
            Assert.True(telling.FullStateSpace.Contains(state), $"step {step}");
            Assert.True(state.AsSpan().SequenceEqual(again));
            environment.ActionSpace.Sample(ref random, action);
            StepResult result = environment.Step(action, observation);
            Assert.Equal(result, untold.Step(action, other));
            Assert.True(observation.AsSpan().SequenceEqual(other));
            if (!result.Done) continue;
            telling.WriteFullState(state);
            Assert.True(telling.FullStateSpace.Contains(state), "at the end");
            environment.Reset((ulong)step, observation);
            untold.Reset((ulong)step, other);
        }
        Assert.Equal(0, AllocatedBytes.Of(() => telling.WriteFullState(state), times: 50));
    }
}
