using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class DiagnosticTaskTests
{
    private const int Right = 0, Up = 1, Left = 2, Down = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(1000)]
    public void In_the_passive_maze_who_remembers_the_cue_earns_1_and_who_takes_the_other_side_0(int length)
    {
        using var environment = new TMaze(length);
        for (ulong seed = 0; seed < 10; seed++)
        {
            Players.Episode right = Players.Play(environment, seed, seen => seen.Count <= length ? Right : seen[0][1] > 0 ? Up : Down);
            Assert.Equal(new(1, length + 1, Terminated: true, Truncated: false), right);
            Assert.Equal(0, Players.Play(environment, seed, seen => seen.Count <= length ? Right : seen[0][1] > 0 ? Down : Up).Return);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(250)]
    public void In_the_active_maze_fetching_the_cue_costs_nothing(int length)
    {
        using var environment = new TMaze(length, active: true);
        for (ulong seed = 0; seed < 10; seed++)
        {
            Players.Episode episode = Players.Play(
                environment, seed, seen => seen.Count == 1 ? Left : seen.Count <= length + 2 ? Right : seen[1][1] > 0 ? Up : Down);
            Assert.Equal(new(1, length + 3, Terminated: true, Truncated: false), episode);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_memory_a_T_maze_earns_a_half(bool active)
    {
        // Nothing at the junction tells the sides apart, so that always turning up is as good as it gets.
        using var environment = new TMaze(20, active);
        (double mean, double error) = Players.Mean([.. Enumerable.Range(0, 2000).Select(i => Players.Play(environment, (ulong)i, seen => seen[^1][0] == 1 ? Up : Right).Return)]);
        Assert.InRange(mean, 0.5 - (3 * error), 0.5 + (3 * error));
    }

    [Fact]
    public void A_T_maze_shows_the_cue_once_and_charges_for_lagging_behind()
    {
        using var environment = new TMaze(4);
        float[] observation = new float[2], state = new float[3];
        environment.Reset(1, observation);
        float goal = observation[1];
        Assert.Equal(1, Math.Abs(goal));
        Assert.Equal(new(-0.25f, false, false), environment.Step([Left], observation)); // a wall
        Assert.Equal([0f, 0f], observation);
        Assert.Equal(new(-0.25f, false, false), environment.Step([Right], observation)); // cell 1 after 2 steps
        Assert.Equal(new(-0.25f, false, false), environment.Step([Up], observation)); // a wall
        environment.WriteFullState(state);
        Assert.Equal([0.25f, 0f, goal], state);
        Assert.Equal(new(-0.25f, false, false), environment.Step([Right], observation));
        Assert.Equal(new(0, true, false), environment.Step([Right], observation)); // the last step is free, and 1 only in the goal
        Assert.Equal([0f, 0f], observation);
    }

    [Fact]
    public void The_ends_of_a_T_maze_are_seen_and_left_again()
    {
        using var environment = new TMaze(1, active: true);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        Assert.Equal([0f, 0f], observation);
        environment.Step([Right], observation);
        Assert.Equal([1f, 0f], observation);
        environment.Step([Up], observation);
        Assert.Equal([1f, 1f], observation);
        environment.Step([Right], observation);
        Assert.Equal([1f, 1f], observation);
        environment.Step([Down], observation);
        Assert.Equal([1f, 0f], observation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Who_remembers_the_bit_earns_1_and_who_does_not_0(int length)
    {
        using var environment = new MemoryChain(length);
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.Equal(new(1, length + 1, Terminated: true, Truncated: false), Players.Play(environment, seed, seen => seen[0][2] > 0 ? 1 : 0));
            Assert.Equal(-1, Players.Play(environment, seed, seen => seen[0][2] > 0 ? 0 : 1).Return);
        }
        (double mean, double error) = Players.Mean([.. Enumerable.Range(0, 2000).Select(i => Players.Play(environment, (ulong)i, _ => 1).Return)]);
        Assert.InRange(mean, -3 * error, 3 * error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void Who_remembers_all_bits_names_the_one_that_is_asked_for(int bits)
    {
        using var environment = new MemoryChain(2, bits);
        HashSet<int> asked = [];
        for (ulong seed = 0; seed < 400; seed++)
        {
            Players.Episode episode = Players.Play(environment, seed, seen =>
            {
                if (seen.Count == 3) asked.Add((int)seen[2][1]);
                return seen[0][2 + (int)seen[^1][1]] > 0 ? 1 : 0;
            });
            Assert.Equal(new(1, 3, Terminated: true, Truncated: false), episode);
        }
        Assert.Equal(bits, asked.Count);
    }

    [Fact]
    public void A_memory_chain_shows_time_query_and_bits_when_the_original_does()
    {
        // The first observation twice, the query in the one to be answered, nothing in the last.
        using var environment = new MemoryChain(4, 3);
        float[] observation = new float[5], first = new float[5];
        environment.Reset(3, first);
        Assert.All(first[2..], bit => Assert.Equal(1, Math.Abs(bit)));
        Assert.Equal([1f, 0f], first[..2]);
        environment.Step([0], observation);
        Assert.Equal(first, observation);
        environment.Step([0], observation);
        Assert.Equal([0.75f, 0f, 0f, 0f, 0f], observation);
        environment.Step([0], observation);
        Assert.Equal([0.5f, 0f, 0f, 0f, 0f], observation);
        environment.Step([0], observation);
        Assert.Equal([0.25f, 0f, 0f, 0f], (float[])[observation[0], .. observation[2..]]);
        float[] state = new float[2];
        environment.WriteFullState(state);
        Assert.Equal([0.25f, first[2 + (int)observation[1]]], state);
        Assert.True(environment.Step([0], observation).Terminated);
        Assert.Equal([0f, 0f, 0f, 0f, 0f], observation);
    }

    [Fact]
    public void Proof_of_memory_earns_what_its_distances_say()
    {
        // To an end k steps away: 1.6 - 0.1 (k - 1), with k = 3 to 7; the mean is 1.2. To the nearer end, blindly: -0.1 (k - 1), mean -0.28.
        using var environment = new ProofOfMemory();
        List<double> remembering = [], blind = [];
        for (ulong seed = 0; seed < 4000; seed++)
        {
            float[] first = [];
            Players.Episode episode = Players.Play(environment, seed, seen =>
            {
                first = seen[0];
                return first[2] > 0 ? 1 : 0;
            });
            int steps = (int)Math.Round((1 - (first[1] * first[2])) / 0.2);
            Assert.Equal(2 + steps, episode.Length);
            Assert.True(episode.Terminated);
            Assert.Equal(1.6 - (0.1 * (steps - 1)), episode.Return, 5);
            remembering.Add(episode.Return);
            blind.Add(Players.Play(environment, seed, seen => seen[^1][1] > 0 ? 1 : 0).Return);
        }
        (double mean, double error) = Players.Mean(remembering);
        Assert.InRange(mean, 1.2 - (3 * error), 1.2 + (3 * error));
        (mean, error) = Players.Mean(blind);
        Assert.InRange(mean, -0.28 - (3 * error), -0.28 + (3 * error));
    }

    [Fact]
    public void Proof_of_memory_hides_the_goals_once_the_agent_moves_and_cuts_long_episodes()
    {
        using var environment = new ProofOfMemory();
        float[] observation = new float[3], state = new float[3];
        environment.Reset(4, observation);
        float[] first = [.. observation];
        for (int step = 1; step <= 2; step++)
        {
            Assert.Equal(new(0, false, false), environment.Step([1], observation));
            Assert.Equal(first, observation);
        }
        Assert.Equal(new(-0.1f, false, false), environment.Step([1], observation));
        Assert.Equal([0f, 0f], (float[])[observation[0], observation[2]]);
        Assert.Equal(first[1] + 0.2f, observation[1], 1e-6f);
        environment.WriteFullState(state);
        Assert.Equal([first[0], observation[1], first[2]], state);
        Players.Episode cut = Players.Play(environment, 5, seen => seen.Count % 2);
        Assert.Equal(32, cut.Length);
        Assert.True(cut.Truncated);
        Assert.Equal(-3, cut.Return, 4);
    }
}
