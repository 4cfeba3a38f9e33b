using System.Buffers;
using MessagePack;
using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class FullStateTests
{
    public static TheoryData<string> Twins => [.. BuiltIns.Where(entry => entry.FullStateOf is not null).Select(entry => entry.Name)];

    private static IEnumerable<EnvironmentEntry> BuiltIns => EnvironmentRegistry.Entries.Where(entry => !entry.Name.StartsWith("Test", StringComparison.Ordinal));

    [Fact]
    public void Every_task_that_tells_its_full_state_has_a_twin_and_each_names_the_other()
    {
        List<EnvironmentEntry> hidden = [.. BuiltIns.Where(entry => entry.HasFullState)];
        Assert.Empty(PopGymNames.All.Except(hidden.Select(entry => entry.Name), StringComparer.Ordinal));
        Assert.Equal(hidden.Count, Twins.Count);
        foreach (EnvironmentEntry entry in hidden)
        {
            EnvironmentEntry twin = EnvironmentRegistry.Get(entry.FullStateTwin!);
            Assert.Equal(entry.Name, twin.FullStateOf);
            Assert.Equal((entry.RandomReturn, entry.ReferenceReturn), (twin.RandomReturn, twin.ReferenceReturn));
            Assert.False(twin.NeedsMemory || twin.NeedsPreviousAction || twin.HasFullState);
            Assert.Null(entry.FullStateOf);
        }
    }

    [Theory]
    [MemberData(nameof(Twins))]
    public void A_twin_plays_the_same_episode_and_observes_the_full_state(string name)
    {
        using IEnvironment twin = EnvironmentRegistry.Get(name).Create(), hidden = EnvironmentRegistry.Get(EnvironmentRegistry.Get(name).FullStateOf!).Create();
        var full = (IFullState)hidden;
        float[] observed = new float[twin.ObservationSpace.Size], state = new float[observed.Length];
        float[] observation = new float[hidden.ObservationSpace.Size], action = new float[twin.ActionSpace.Size];
        var random = new RandomSource(1);
        Assert.Equal(full.FullStateSpace, twin.ObservationSpace);
        StepResult result = new(0, Terminated: true, Truncated: false);
        for (int step = 0; step < 300; step++)
        {
            if (result.Done)
            {
                twin.Reset((ulong)step, observed);
                hidden.Reset((ulong)step, observation);
                result = default;
            }
            else
            {
                twin.ActionSpace.Sample(ref random, action);
                result = twin.Step(action, observed);
                Assert.Equal(result, hidden.Step(action, observation));
            }
            full.WriteFullState(state);
            Assert.Equal(state, observed);
            Assert.True(twin.ObservationSpace.Contains(observed));
            Assert.Equal(Drawing.Of((ITextRenderable)hidden), Drawing.Of(twin.Ability<ITextRenderable>()!));
        }
    }

    [Theory]
    [InlineData("AutoencodeHard", 2)]
    [InlineData("CountRecallHard", 2)]
    [InlineData("RepeatFirstHard", 1)]
    [InlineData("RepeatPreviousHard", 1)]
    public void Who_reads_the_answer_off_the_full_state_earns_1(string name, int element)
    {
        using IEnvironment twin = EnvironmentRegistry.Get(name + FullStateEnvironment.Suffix).Create();
        int actions = ((DiscreteSpace)twin.ActionSpace).Count;
        Assert.Equal(1, Players.Play(twin, 3, seen => Math.Min(seen[^1][element], actions - 1)).Return, 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whoever_counts_cards_and_whoever_reads_the_counts_play_HigherLower_alike(ulong seed)
    {
        using IEnvironment hidden = EnvironmentRegistry.Get("HigherLowerEasy").Create(), twin = EnvironmentRegistry.Get("HigherLowerEasyFullState").Create();
        float[] rank = new float[1], state = new float[3];
        hidden.Reset(seed, rank);
        twin.Reset(seed, state);
        int[] left = [.. Enumerable.Repeat(4, 13)];
        for (int step = 1; step <= 51; step++)
        {
            left[(int)rank[0]]--;
            Assert.Equal(left[((int)rank[0] + 1)..].Sum() / (52f - step), state[1]);
            Assert.Equal(left[..(int)rank[0]].Sum() / (52f - step), state[2]);
            hidden.Step([0], rank);
            twin.Step([0], state);
        }
        Assert.Equal([rank[0], 0, 0], state);
    }

    [Theory]
    [InlineData("BattleshipMedium")]
    [InlineData("MineSweeperHard")]
    public void The_map_is_what_a_player_who_remembers_has_seen_and_no_more(string name)
    {
        using IEnvironment environment = EnvironmentRegistry.Get(name).Create();
        int size = ((MultiDiscreteSpace)environment.ActionSpace).Counts[0];
        float[] observation = new float[1], action = new float[2], map = new float[size * size], expected = new float[size * size];
        var random = new RandomSource(1);
        for (ulong seed = 0; seed < 20; seed++)
        {
            environment.Reset(seed, observation);
            Array.Clear(expected);
            StepResult result = default;
            while (!result.Done)
            {
                environment.ActionSpace.Sample(ref random, action);
                result = environment.Step(action, observation);

                // A repeated guess of Battleship is no hit, but does not make the first one a miss; MineSweeper's number stays the same.
                int cell = ((int)action[0] * size) + (int)action[1];
                expected[cell] = Math.Max(expected[cell], observation[0] + 1);
                ((IFullState)environment).WriteFullState(map);
                Assert.Equal(expected, map);
            }
        }
    }

    [Fact]
    public void The_table_is_what_a_player_who_remembers_has_seen_and_no_more()
    {
        const int Down = 13;
        using var environment = new Concentration(Difficulty.Hard);
        float[] seen = new float[52], table = new float[104];
        int[] known = [.. Enumerable.Repeat(Down, 52)];
        var random = new RandomSource(1);
        environment.Reset(1, seen);
        bool isSecond = false;
        HashSet<int> up = [];
        for (int step = 0; step < 104; step++)
        {
            int card = random.NextInt(8), first = isSecond ? (int)table.Index().First(item => item.Index % 2 == 1 && item.Item == 1).Index / 2 : -1;
            bool wasUp = up.Contains(card);
            environment.Step([card], seen);
            known[card] = (int)seen[card];
            if (isSecond && !wasUp && card != first && known[card] == known[first]) up.UnionWith([card, first]);
            isSecond = !isSecond && !wasUp;
            environment.WriteFullState(table);
            for (int i = 0; i < 52; i++)
                Assert.Equal((known[i], up.Contains(i) ? 2 : isSecond && i == card ? 1 : 0), ((int)table[2 * i], (int)table[(2 * i) + 1]));
        }
        Assert.NotEmpty(up);
    }

    [Fact]
    public void The_arms_are_known_by_their_pulls_and_wins()
    {
        using var environment = new MultiarmedBandit(Difficulty.Easy);
        float[] won = new float[1], state = new float[21];
        environment.Reset(1, won);
        float wins = 0;
        for (int pull = 1; pull <= 50; pull++)
        {
            environment.Step([3], won);
            wins += won[0];
            environment.WriteFullState(state);
            Assert.Equal((wins + 1) / (pull + 2), state[6]);
            Assert.Equal(pull / (pull + 2f), state[7]);
            Assert.Equal((0.5f, 0f, pull / 200f), (state[8], state[9], state[20]));
        }
    }

    [Fact]
    public void A_twin_has_masks_and_images_where_its_inner_environment_has_and_not_elsewhere()
    {
        using FullStateEnvironment plain = FullStateEnvironment.Of(new Probe()), masked = FullStateEnvironment.Of(new MaskedProbe());
        using FullStateEnvironment drawn = FullStateEnvironment.Of(new DrawnProbe()), both = FullStateEnvironment.Of(new MaskedDrawnProbe());
        Assert.Equal((false, false), (plain.Ability<IActionMasking>() is not null, plain.Ability<IImageRenderable>() is not null));
        Assert.Equal((true, false), (masked.Ability<IActionMasking>() is not null, masked.Ability<IImageRenderable>() is not null));
        Assert.Equal((false, true), (drawn.Ability<IActionMasking>() is not null, drawn.Ability<IImageRenderable>() is not null));
        Assert.Equal((true, true), (both.Ability<IActionMasking>() is not null, both.Ability<IImageRenderable>() is not null));
        bool[] mask = new bool[2];
        foreach (FullStateEnvironment twin in new[] { masked, both })
        {
            twin.Ability<IActionMasking>()!.WriteActionMask(mask);
            Assert.Equal([false, true], mask);
            Array.Clear(mask);
        }
        byte[] pixels = new byte[6];
        foreach (FullStateEnvironment twin in new[] { drawn, both })
        {
            IImageRenderable image = twin.Ability<IImageRenderable>()!;
            Assert.Equal((1, 2), (image.ImageHeight, image.ImageWidth));
            image.RenderImage(pixels);
            Assert.Equal([1, 2, 3, 4, 5, 6], pixels);
            Array.Clear(pixels);
        }
        Assert.Equal("ProbeFullState", plain.Name);
        Assert.Null(plain.Ability<ITextRenderable>());
    }

    [Fact]
    public void Registering_an_environment_with_a_full_state_registers_its_twin()
    {
        EnvironmentRegistry.Register(new EnvironmentEntry("TestProbe2", "An environment of the tests.", () => new Probe()) { HasFullState = true });
        Assert.Equal("TestProbe2FullState", EnvironmentRegistry.Get("TestProbe2").FullStateTwin);
        using IEnvironment twin = EnvironmentRegistry.Get("TestProbe2FullState").Create();
        Assert.Equal(Space.Box(0, 1, 1), twin.ObservationSpace);

        // Where the twin's name is taken, nothing is registered.
        EnvironmentRegistry.Register("TestProbe3FullState", "An environment of the tests.", () => new Probe());
        ArgumentException taken = Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Register(new EnvironmentEntry("TestProbe3", "Its twin's name is taken.", () => new Probe()) { HasFullState = true }));
        Assert.Contains("'TestProbe3FullState' is registered already", taken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("TestProbe3", EnvironmentRegistry.Names);
    }

    [Fact]
    public void Wrong_use_says_what_is_missing()
    {
        Assert.Contains("CartPole has no full-state twin", Assert.Throws<ArgumentException>(() => FullStateEnvironment.Of(new CartPole())).Message, StringComparison.Ordinal);
        using FullStateEnvironment twin = FullStateEnvironment.Of(new Probe());
        Assert.Contains("needs 1 floats", Assert.Throws<ArgumentException>(() => twin.Reset(1, new float[2])).Message, StringComparison.Ordinal);
        Assert.Null(twin.Ability<ISaveable>());
    }

    private class Probe() : EnvironmentBase(Space.Discrete(3), Space.Discrete(2), "Probe"), IFullState
    {
        public Space FullStateSpace { get; } = Space.Box(0, 1, 1);

        public void WriteFullState(Span<float> state) => state[0] = 0.5f;

        protected override void OnReset(Span<float> observation) => observation[0] = 2;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = 1;
            return default;
        }
    }

    private sealed class MaskedProbe : Probe, IActionMasking
    {
        public void WriteActionMask(Span<bool> mask) => (mask[0], mask[1]) = (false, true);
    }

    private class DrawnProbe : Probe, IImageRenderable
    {
        public int ImageWidth => 2;

        public int ImageHeight => 1;

        public void RenderImage(Span<byte> pixels) => new byte[] { 1, 2, 3, 4, 5, 6 }.CopyTo(pixels);
    }

    private sealed class MaskedDrawnProbe : DrawnProbe, IActionMasking
    {
        public void WriteActionMask(Span<bool> mask) => (mask[0], mask[1]) = (false, true);
    }
}
