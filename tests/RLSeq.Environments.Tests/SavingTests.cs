using System.Buffers;
using MessagePack;
using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class SavingTests
{
    private const int Rows = 7;

    public static TheoryData<string> BuiltIns => [.. EnvironmentRegistry.Names.Where(name => !name.StartsWith("Test", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(BuiltIns))]
    public void An_episode_saved_at_any_step_continues_identically(string name)
    {
        const int Longest = 320; // AutoencodeHard takes 311 steps
        using IEnvironment played = EnvironmentRegistry.Get(name).Create(), restored = EnvironmentRegistry.Get(name).Create();
        int size = played.ObservationSpace.Size;
        var random = new RandomSource(5);
        float[] observation = new float[size], copy = new float[size], action = new float[played.ActionSpace.Size];
        played.Reset(3, observation);
        for (int step = 0; step < Longest; step++)
        {
            restored.Reset((ulong)step, copy);
            Load(restored.Ability<ISaveable>()!, Bytes(played.Ability<ISaveable>()!));
            played.ActionSpace.Sample(ref random, action);
            StepResult result = played.Step(action, observation);
            Assert.Equal(result, restored.Step(action, copy));
            Assert.Equal(observation, copy);
            if (!result.Done) continue;

            // The end is saved too: both refuse to go on.
            Load(restored.Ability<ISaveable>()!, Bytes(played.Ability<ISaveable>()!));
            Assert.Throws<InvalidOperationException>(() => restored.Step(action, copy));
            played.Reset((ulong)step, observation);
        }
    }

    [Fact]
    public void A_vectorised_environment_saved_at_any_step_continues_identically()
    {
        using var played = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        using var restored = new VectorEnvironment(() => new ProbeEnvironment(), Rows);
        Assert.True(played.CanSave);
        played.Reset(8);
        for (int step = 0; step < 40; step++)
        {
            byte[] saved = Bytes(played);
            restored.Reset((ulong)step);
            Load(restored, saved);
            VectorEnvironmentTests.AssertSame(played, restored);
            Assert.Equal(saved, Bytes(restored));
            for (int more = 0; more < 12; more++) restored.Step(VectorEnvironmentTests.Actions(step + more));
            Load(restored, saved);
            played.Step(VectorEnvironmentTests.Actions(step));
            restored.Step(VectorEnvironmentTests.Actions(step));
            VectorEnvironmentTests.AssertSame(played, restored);
        }
    }

    [Fact]
    public void Saving_needs_environments_that_can_and_a_state()
    {
        using var cannot = new VectorEnvironment(() => new Plain(), 2);
        cannot.Reset(1);
        Assert.False(cannot.CanSave);
        Assert.Contains("Plain cannot save its state", Assert.Throws<NotSupportedException>(() => Bytes(cannot)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => Load(cannot, [0]));
        using var tooEarly = new VectorEnvironment(() => new ProbeEnvironment(), 2);
        Assert.Throws<InvalidOperationException>(() => Bytes(tooEarly));
    }

    [Fact]
    public void A_state_of_something_else_is_refused()
    {
        using var easy = new RepeatFirst(Difficulty.Easy);
        using var hard = new RepeatFirst(Difficulty.Hard);
        easy.Reset(1, new float[1]);
        Assert.Contains("belongs to 'RepeatFirstEasy'", Assert.Throws<MessagePackSerializationException>(() => Load(hard, Bytes(easy))).Message, StringComparison.Ordinal);

        using var two = new VectorEnvironment(() => new ProbeEnvironment(), 2);
        using var three = new VectorEnvironment(() => new ProbeEnvironment(), 3);
        using var other = new VectorEnvironment(() => new CartPole(), 2);
        two.Reset(1);
        Assert.Contains("has 2 rows; expected: 3", Assert.Throws<MessagePackSerializationException>(() => Load(three, Bytes(two))).Message, StringComparison.Ordinal);
        Assert.Contains("'Probe'; expected: 'CartPole'", Assert.Throws<MessagePackSerializationException>(() => Load(other, Bytes(two))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => other.Step([0, 0]));
    }

    [Fact]
    public void A_card_that_does_not_exist_is_refused()
    {
        // The cards are the last bytes.
        using var environment = new RepeatFirst(Difficulty.Easy);
        environment.Reset(1, new float[1]);
        byte[] saved = Bytes(environment);
        saved[^1] = 52;
        Assert.Contains("a card 52", Assert.Throws<MessagePackSerializationException>(() => Load(environment, saved)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BuiltIns))]
    public void Damaged_states_are_refused_or_stay_usable(string name)
    {
        using var vector = new VectorEnvironment(EnvironmentRegistry.Get(name).Create, 2);
        vector.Reset(1);
        var random = new RandomSource(1);
        float[] actions = new float[2 * vector.ActionSize];
        Step();
        byte[] saved = Bytes(vector);
        for (int length = 0; length < saved.Length; length += 1 + (saved.Length / 100)) Refused(Assert.Throws<MessagePackSerializationException>(() => Load(vector, saved[..length])));
        int tries = Math.Clamp(4_000_000 / saved.Length, 20, 500); // images are long, and hardly a byte of them can be wrong
        for (int i = 0; i < tries; i++)
        {
            byte[] damaged = [.. saved];
            damaged[random.NextInt(saved.Length)] = (byte)random.NextInt(256);
            try
            {
                Load(vector, damaged);
            }
            catch (MessagePackSerializationException exception)
            {
                Refused(exception);
                continue;
            }

            // A changed number that is possible cannot be told from a true one, but must not break anything.
            try
            {
                for (int step = 0; step < 60; step++) Step();
            }
            catch (EnvironmentException failure)
            {
                // The phase said that the episode is over, or a number grew beyond float.
                Assert.True(failure.InnerException is InvalidOperationException);
            }
        }

        // By the environment itself: what else it may throw is only passed on as this.
        static void Refused(MessagePackSerializationException exception) =>
            Assert.True(exception.Message.Contains("failed with MessagePackSerializationException", StringComparison.Ordinal) || !exception.Message.Contains("failed with", StringComparison.Ordinal), exception.ToString());

        void Step()
        {
            for (int row = 0; row < 2; row++) vector.ActionSpace.Sample(ref random, actions.AsSpan(row * vector.ActionSize, vector.ActionSize));
            vector.Step(actions);
        }
    }

    /// <summary>Of an environment of the user's own, whose name and row would otherwise not be told.</summary>
    [Fact]
    public void A_row_that_cannot_be_saved_or_restored_is_named()
    {
        using var vector = new VectorEnvironment(() => new FaultyEnvironment(Fault.RestoreThrows), 2);
        vector.Reset(1);
        string restoring = Assert.Throws<MessagePackSerializationException>(() => Load(vector, Bytes(vector))).Message;
        Assert.Contains("FaultyEnvironment: restoring row 0 failed with InvalidCastException: No such place.", restoring, StringComparison.Ordinal);
        Assert.Contains("check-env", restoring, StringComparison.Ordinal);
        using var unsaved = new VectorEnvironment(() => new FaultyEnvironment(Fault.SaveThrows), 2);
        unsaved.Reset(1);
        Assert.Contains("FaultyEnvironment: saving row 0 failed with InvalidCastException: ", Assert.Throws<InvalidOperationException>(() => Bytes(unsaved)).Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(ISaveable environment)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        environment.Save(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Bytes(VectorEnvironment environment)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        environment.Save(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Load(ISaveable environment, byte[] saved)
    {
        var reader = new MessagePackReader(saved);
        environment.Restore(ref reader);
        Assert.True(reader.End);
    }

    private static void Load(VectorEnvironment environment, byte[] saved)
    {
        var reader = new MessagePackReader(saved);
        environment.Restore(ref reader);
    }

    private sealed class Plain() : EnvironmentBase(Space.Discrete(2), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => default;
    }
}
