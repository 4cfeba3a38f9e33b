using System.Buffers;
using MessagePack;
using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

/// <summary>What all wrappers share: they keep the contract, pass abilities on, and own what they wrap.</summary>
public class WrapperContractTests
{
    public static TheoryData<string, string> Wrapped => new()
    {
        { "PositionOnlyCartPoleEasy", "previous-action" },
        { "CartPole", "mask-observation=1:3" },
        { "CartPole", "hide-observation=1:3" },
        { "CartPole", "noise-observation=0.1" },
        { "CartPole", "smooth=0.3" },
        { "CartPole", "frame-stack=3" },
        { "RepeatPreviousEasy", "frame-stack=3" },
        { "CartPole", "time-limit=20" },
        { "CartPole", "action-repeat=3" },
        { "CartPole", "observation-delay=2" },
        { "CartPole", "action-delay=2:1" },
        { "RepeatPreviousEasy", "flatten" },
        { "TestPush", "discretize-actions=5" },
        { "TestPush", "previous-action,action-delay=2,observation-delay=3,discretize-actions=3,noise-observation=0.2,smooth=0.5,frame-stack=2,time-limit=15,flatten" },
        { "TestMaskedWalk", "previous-action,frame-stack=2,time-limit=9" },
    };

    static WrapperContractTests()
    {
        EnvironmentRegistry.Register("TestPush", "A body that is pushed.", () => new Push());
        EnvironmentRegistry.Register("TestMaskedWalk", "A walk with masks.", () => new MaskedWalk());
    }

    /// <summary>The checker plays both: spaces, determinism, resets, saving at several steps, masks, and no allocation per step.</summary>
    [Theory]
    [MemberData(nameof(Wrapped))]
    public void A_wrapped_environment_passes_the_checker(string name, string wrappers) =>
        Assert.Empty(EnvironmentChecker.Check(() => EnvironmentRegistry.Create(name, wrappers)));

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void It_runs_vectorised_and_continues_from_a_saved_state(string name, string wrappers)
    {
        using var played = new VectorEnvironment(() => EnvironmentRegistry.Create(name, wrappers), 3);
        using var restored = new VectorEnvironment(() => EnvironmentRegistry.Create(name, wrappers), 3);
        Assert.True(played.CanSave);
        played.Reset(1);
        restored.Reset(2);
        var random = new RandomSource(1);
        var masked = new MaskedSpace(played.ActionSpace);
        float[] actions = new float[3 * played.ActionSize];
        for (int step = 0; step < 60; step++)
        {
            if (step == 25)
            {
                var buffer = new ArrayBufferWriter<byte>();
                var writer = new MessagePackWriter(buffer);
                played.Save(ref writer);
                writer.Flush();
                var reader = new MessagePackReader(buffer.WrittenMemory);
                restored.Restore(ref reader);
            }
            for (int row = 0; row < 3; row++)
                masked.Sample(played.Masks.Slice(row * played.MaskSize, played.MaskSize), ref random, actions.AsSpan(row * played.ActionSize, played.ActionSize));
            played.Step(actions);
            if (step >= 25) restored.Step(actions);
        }
        VectorEnvironmentTests.AssertSame(played, restored);
    }

    [Fact]
    public void Abilities_pass_through_and_only_those_that_are_there()
    {
        using var cart = new TimeLimit(new FrameStack(new CartPole(), 2), 5);
        Assert.Equal("CartPole", EnvironmentAbilities.NameOf(cart));
        Assert.Equal("CartPole", cart.Ability<INamedEnvironment>()!.Name);
        Assert.IsType<CartPole>(cart.Ability<ITextRenderable>());
        Assert.IsType<CartPole>(cart.Unwrapped());
        Assert.NotNull(cart.Ability<ISaveable>());
        Assert.Null(cart.Ability<IActionMasking>());
        Assert.Null(cart.Ability<IFullState>());
        Assert.Same(cart.Unwrapped(), cart.Ability<IImageRenderable>());
        using var walk = new PreviousAction(new MaskedWalk());
        Assert.Same(walk.Inner, walk.Ability<IActionMasking>());
        Assert.Equal(MaskedWalk.Masks, walk.MaskSize());
    }

    [Fact]
    public void What_cannot_be_saved_cannot_be_saved_wrapped_either()
    {
        using var plain = new TimeLimit(new Plain(), 5);
        Assert.Null(plain.Ability<ISaveable>());
        Assert.Equal("Plain", EnvironmentAbilities.NameOf(plain));
        using var vector = new VectorEnvironment(() => new TimeLimit(new Plain(), 5), 2);
        Assert.False(vector.CanSave);
        Assert.Equal("Plain", vector.Name);
    }

    [Fact]
    public void What_is_under_way_in_a_delay_hides_the_full_state()
    {
        using var known = new TimeLimit(new Push(), 5);
        using var delayed = new ActionDelay(new Push(), 1);
        Assert.NotNull(known.Ability<IFullState>());
        Assert.Null(delayed.Ability<IFullState>());
    }

    [Fact]
    public void The_inner_environment_is_disposed_of_and_wrong_use_refused()
    {
        var inner = new ProbeEnvironment();
        var wrapped = new TimeLimit(new FrameStack(inner, 2), 3);
        Assert.Contains("Probe: Step was called before the first Reset", Assert.Throws<InvalidOperationException>(() => wrapped.Step([0], new float[4])).Message, StringComparison.Ordinal);
        Assert.Contains("needs 4 floats", Assert.Throws<ArgumentException>(() => wrapped.Reset(1, new float[5])).Message, StringComparison.Ordinal);
        wrapped.Reset(1, new float[4]);
        Assert.Throws<ArgumentException>(() => wrapped.Step([0, 0], new float[4]));
        Assert.Throws<ArgumentException>(() => wrapped.Step([0], new float[3]));
        wrapped.Dispose();
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public void A_state_of_another_wrapper_or_of_other_sizes_is_refused()
    {
        byte[] three = Saved(new FrameStack(new CartPole(), 3));
        Assert.Contains("'FrameStack', not to TimeLimit", Assert.Throws<MessagePackSerializationException>(() => Load(new TimeLimit(new CartPole(), 3), three)).Message, StringComparison.Ordinal);
        Assert.Throws<MessagePackSerializationException>(() => Load(new FrameStack(new CartPole(), 2), three));
        Assert.Throws<MessagePackSerializationException>(() => Load(new CartPole(), three));
        byte[] delay = Saved(new ObservationDelay(new CartPole(), 4));
        Assert.Throws<MessagePackSerializationException>(() => Load(new ObservationDelay(new CartPole(), 2), delay));

        static byte[] Saved(IEnvironment environment)
        {
            environment.Reset(1, new float[environment.ObservationSpace.Size]);
            for (int i = 0; i < 4; i++) environment.Step([0], new float[environment.ObservationSpace.Size]);
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(buffer);
            environment.Ability<ISaveable>()!.Save(ref writer);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }

        static void Load(IEnvironment environment, byte[] data)
        {
            var reader = new MessagePackReader(data);
            environment.Ability<ISaveable>()!.Restore(ref reader);
        }
    }

    private sealed class Plain() : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(1))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = 1;
            return default;
        }
    }

    /// <summary>A body on a line that a force pushes; the wind blows as it likes.</summary>
    private sealed class Push() : SaveableEnvironment(Space.Box(-10, 10, 1), Space.Box(-1, 1, 1), "TestPush"), IFullState
    {
        private float _place, _speed;

        public Space FullStateSpace => Space.Box(-10, 10, 2);

        public void WriteFullState(Span<float> state) => (state[0], state[1]) = (_place, _speed);

        protected override void OnReset(Span<float> observation) => (observation[0], _speed) = (_place = Random.NextFloat(-1, 1), 0);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            _speed = Math.Clamp(_speed + (0.3f * action[0]) + Random.NextFloat(-0.1f, 0.1f), -2, 2);
            observation[0] = _place = Math.Clamp(_place + _speed, -10, 10);
            bool far = Math.Abs(_place) > 5;
            return new StepResult(-Math.Abs(_place), Terminated: far, Truncated: !far && Steps == 40);
        }

        protected override void OnSave(ref MessagePackWriter writer) => MessagePackFloats.WriteFloats(ref writer, [_place, _speed]);

        protected override void OnRestore(ref MessagePackReader reader)
        {
            float[] saved = MessagePackFloats.ReadFloats(ref reader);
            (_place, _speed) = (saved[0], saved[1]);
        }
    }
}
