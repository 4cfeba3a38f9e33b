using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class MiniGridMemoryTests
{
    private const int Left = 0, Right = 1, Forward = 2;
    private const float Unseen = 0, Empty = 1, Wall = 2, Key = 3, Ball = 4;

    [Theory]
    [InlineData(7, false)]
    [InlineData(9, false)]
    [InlineData(13, false)]
    [InlineData(13, true)]
    [InlineData(17, true)]
    public void Who_looks_at_the_cue_earns_what_the_way_costs(int size, bool randomLength)
    {
        // From column x to the right end: (H + 1 - x) forward, one turn, one forward, where H is the end of the hallway. The cue is
        // seen from column 1 at once, from column 2 after a turn to the left, else from column 3 looking left.
        using var environment = new MiniGridMemory(size, randomLength);
        var ends = new HashSet<int>();
        var columns = new HashSet<int>();
        List<double> returns = [];
        for (ulong seed = 0; seed < 400; seed++)
        {
            (double reward, int steps, int start, int end, bool terminated) = Play(environment, seed, chooses: cue => cue);
            int detour = start switch { 1 => 0, 2 => 2, _ => 4 + (2 * (start - 3)) };
            Assert.Equal(end + 3 - start + detour, steps);
            Assert.True(terminated);
            Assert.Equal(1 - (0.9 * steps / (5 * size * size)), reward, 5);
            ends.Add(end);
            columns.Add(start);
            returns.Add(reward);
            Assert.Equal(0, Play(environment, seed, chooses: cue => Key + Ball - cue).Return);
        }
        Assert.Equal(randomLength ? Enumerable.Range(4, size - 6) : [size - 3], ends.Order());
        Assert.Equal(Enumerable.Range(1, size - 3), columns.Order());
        (double mean, double error) = Players.Mean(returns);
        double reference = EnvironmentRegistry.Get($"MiniGridMemoryS{size}{(randomLength ? "Random" : "")}").ReferenceReturn!.Value;
        Assert.InRange(mean, reference - (3 * error) - 0.001, reference + (3 * error) + 0.001);
    }

    [Fact]
    public void Without_the_cue_half_of_the_choices_are_wrong()
    {
        using var environment = new MiniGridMemory(9);
        (double mean, double error) = Players.Mean([.. Enumerable.Range(0, 1000).Select(i => Play(environment, (ulong)i, chooses: _ => Key).Return > 0 ? 1.0 : 0)]);
        Assert.InRange(mean, 0.5 - (3 * error), 0.5 + (3 * error));
    }

    [Fact]
    public void The_view_is_turned_with_the_agent_and_ends_at_walls()
    {
        // S7, from column 1: the room is columns 1 to 3 and rows 2 to 4, the cue at (1, 2), the hallway row 3.
        using var environment = new MiniGridMemory(7);
        float[] view = new float[9];
        environment.Reset(FirstSeed(environment, column: 1), view);
        float cue = view[6];
        Assert.True(cue is Key or Ball);
        Assert.Equal([Empty, Empty, Empty, Empty, Empty, Empty, cue, Empty, Empty], view);
        environment.Step([Left], view); // up: the cue before the agent, the wall of the room behind it
        Assert.Equal([Wall, Wall, Wall, Wall, cue, Empty, Wall, Empty, Empty], view);
        environment.Step([Left], view); // left: a wall right before the agent
        Assert.Equal([Unseen, Unseen, Unseen, Wall, Wall, Wall, Empty, Empty, cue], view);
        environment.Step([Forward], view); // into the wall
        Assert.Equal([Unseen, Unseen, Unseen, Wall, Wall, Wall, Empty, Empty, cue], view);
        environment.Step([Right], view);
        environment.Step([Forward], view); // objects are in the way too
        Assert.Equal(cue, view[4]);
        environment.Step([Right], view);
        for (int i = 0; i < 2; i++) environment.Step([Forward], view);
        Assert.Equal([Empty, Empty, Empty, Wall, Empty, Wall, Empty, Empty, Empty], view); // before the hallway, which is one cell long
        for (int i = 0; i < 2; i++) environment.Step([Forward], view);
        Assert.Equal([Unseen, Unseen, Unseen, Wall, Wall, Wall, Empty, Empty, Empty], view); // in the crossing, before the outer wall
    }

    [Fact]
    public void Cue_and_ends_are_never_seen_together()
    {
        using var environment = new MiniGridMemory(7);
        float[] view = new float[9], state = new float[5];
        var random = new RandomSource(1);
        int seen = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            environment.Reset(seed, view);
            while (true)
            {
                int objects = view.Count(cell => cell is Key or Ball);
                Assert.InRange(objects, 0, 1);
                seen += objects;
                if (environment.Step([random.NextInt(3)], view).Done) break;
            }
        }
        Assert.InRange(seen, 100, 100_000);
    }

    [Fact]
    public void An_agent_that_turns_on_the_spot_is_cut_after_five_times_the_area()
    {
        using var environment = new MiniGridMemory(7);
        Assert.Equal(new(0, 245, Terminated: false, Truncated: true), Players.Play(environment, 1, _ => Left));
    }

    [Fact]
    public void Sizes_that_do_not_exist_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniGridMemory(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniGridMemory(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniGridMemory(7, randomLength: true));
    }

    private static ulong FirstSeed(MiniGridMemory environment, int column)
    {
        float[] view = new float[9], state = new float[5];
        for (ulong seed = 0; ; seed++)
        {
            environment.Reset(seed, view);
            environment.WriteFullState(state);
            if ((int)Math.Round(state[0] * 7) == column) return seed;
        }
    }

    /// <summary>Looks for the cue, which alone is taken from the view, and walks to the end that <paramref name="chooses"/> names for it.</summary>
    private static (double Return, int Steps, int Start, int End, bool Terminated) Play(MiniGridMemory environment, ulong seed, Func<float, float> chooses)
    {
        int size = environment.ImageWidth / 12; // pixels of a cell
        float[] view = new float[9], state = new float[5];
        environment.Reset(seed, view);
        environment.WriteFullState(state);
        int start = (int)Math.Round(state[0] * size), end = (int)Math.Round(state[2] * size), steps = 0;
        double sum = 0;
        bool terminated = false;
        if (start == 2) Do(Left);
        if (start > 2) Do(Left, Left);
        for (int x = start; x > 3; x--) Do(Forward);
        float cue = view.Single(cell => cell is Key or Ball);
        if (start == 2) Do(Right);
        if (start > 2) Do(Left, Left);
        for (int x = Math.Min(start, 3); x < end + 1; x++) Do(Forward);

        // Which end has the object that is wanted follows from the state, as the way there does.
        bool up = (state[4] == 1) == (chooses(cue) == cue);
        Do(up ? Left : Right, Forward);
        return (sum, steps, start, end, terminated);

        void Do(params int[] actions)
        {
            foreach (int action in actions)
            {
                StepResult result = environment.Step([action], view);
                steps++;
                sum += result.Reward;
                terminated = result.Terminated;
            }
        }
    }
}
