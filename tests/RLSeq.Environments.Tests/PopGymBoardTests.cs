using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

/// <summary>The rules of the tasks with a board. What is hidden is read from what they draw.</summary>
public class PopGymBoardTests
{
    [Theory]
    [InlineData(Difficulty.Easy, 8)]
    [InlineData(Difficulty.Medium, 10)]
    [InlineData(Difficulty.Hard, 12)]
    public void Battleship_ends_with_the_last_hit_or_after_every_cells_number_of_guesses(Difficulty difficulty, int size)
    {
        using var environment = new Battleship(difficulty);
        float[] observation = new float[1];
        environment.Reset(1, observation);
        var ships = Cells(environment, 's');
        double sum = 0;
        StepResult result = default;
        foreach ((int row, int column) in ships)
        {
            Assert.False(result.Done);
            result = environment.Step([row, column], observation);
            Assert.Equal(1, observation[0]);
            sum += result.Reward;
        }
        Assert.Equal((12, 1.0), (ships.Count, Math.Round(sum, 5)));
        Assert.Equal((true, false), (result.Terminated, result.Truncated));

        // The same cell again and again: a hit at most once.
        environment.Reset(2, observation);
        (int r, int c) = Cells(environment, 's')[0];
        for (int guess = 1; guess <= size * size; guess++)
        {
            result = environment.Step([r, c], observation);
            Assert.Equal(guess == 1 ? 1f / 12 : -1f / ((size * size) - 12), result.Reward);
            Assert.Equal(guess == 1 ? 1 : 0, observation[0]);
            Assert.Equal((false, guess == size * size), (result.Terminated, result.Truncated));
        }
    }

    [Fact]
    public void Ships_of_two_three_three_and_four_cells_lie_straight_and_anywhere()
    {
        using var environment = new Battleship(Difficulty.Easy);
        int[] visits = new int[64];
        int touching = 0;
        const int Boards = 4000;
        for (ulong seed = 0; seed < Boards; seed++)
        {
            environment.Reset(seed, new float[1]);
            var ships = Cells(environment, 's');
            foreach ((int row, int column) in ships) visits[(row * 8) + column]++;

            // Ships that touch merge; apart, the groups are 2, 3, 3 and 4 cells.
            List<int> groups = [.. Groups(ships).Order()];
            if (groups.Count < 4) touching++;
            else Assert.Equal([2, 3, 3, 4], groups);
        }
        Assert.InRange(touching, Boards / 5, Boards * 4 / 5);

        // The board is symmetric: the four corners are equally likely, within four standard deviations, and less so than the middle.
        double corner = (visits[0] + visits[7] + visits[56] + visits[63]) / 4.0;
        foreach (int cell in (ReadOnlySpan<int>)[0, 7, 56, 63]) Assert.InRange(visits[cell], corner - (4 * Math.Sqrt(corner)), corner + (4 * Math.Sqrt(corner)));
        Assert.True(visits[27] > 1.5 * corner);
    }

    [Theory]
    [InlineData(Difficulty.Easy, 4, 2)]
    [InlineData(Difficulty.Medium, 6, 6)]
    [InlineData(Difficulty.Hard, 8, 10)]
    public void MineSweeper_ends_with_a_mine_the_last_clear_cell_or_their_number_of_steps(Difficulty difficulty, int size, int mines)
    {
        int clear = (size * size) - mines;
        using var environment = new MineSweeper(difficulty);
        float[] observation = new float[1];
        environment.Reset(1, observation);
        Assert.Equal(0, observation[0]);
        List<(int Row, int Column)> bombs = Cells(environment, '*'), free = Cells(environment, '.');
        Assert.Equal((mines, clear), (bombs.Count, free.Count));
        double sum = 0;
        for (int i = 0; i < clear; i++)
        {
            (int row, int column) = free[i];
            StepResult result = environment.Step([row, column], observation);
            sum += result.Reward;
            Assert.Equal(bombs.Count(bomb => Math.Abs(bomb.Row - row) <= 1 && Math.Abs(bomb.Column - column) <= 1), observation[0]);
            Assert.Equal((i == clear - 1, false), (result.Terminated, result.Truncated));
        }
        Assert.Equal(1, sum, 1e-5);

        environment.Reset(1, observation);
        for (int i = 1; i <= clear; i++)
        {
            StepResult result = environment.Step([free[0].Row, free[0].Column], observation);
            Assert.Equal(i == 1 ? 1f / clear : -0.5f / (clear - 2), result.Reward);
            Assert.Equal((false, i == clear), (result.Terminated, result.Truncated));
        }

        environment.Reset(1, observation);
        Assert.Equal(new(-0.5f - (1f / clear), Terminated: true, Truncated: false), environment.Step([bombs[0].Row, bombs[0].Column], observation));
        Assert.True(observation[0] >= 1);
    }

    [Theory]
    [InlineData(Difficulty.Easy, 52, 104)]
    [InlineData(Difficulty.Medium, 104, 208)]
    [InlineData(Difficulty.Hard, 52, 104)]
    public void Concentration_ends_when_all_is_face_up_or_at_its_limit(Difficulty difficulty, int cards, int limit)
    {
        using var environment = new Concentration(difficulty);
        float[] observation = new float[cards];
        environment.Reset(1, observation);
        float faceDown = observation[0];
        Assert.All(observation, card => Assert.Equal(faceDown, card));
        string classes = Classes(environment, cards);
        double sum = 0;
        StepResult result = default;
        int steps = 0;
        foreach (IGrouping<char, int> group in Enumerable.Range(0, cards).GroupBy(card => classes[card]))
        {
            foreach (int card in group)
            {
                Assert.False(result.Done);
                result = environment.Step([card], observation);
                Assert.Equal(++steps % 2 == 1 ? 0 : 2f / cards, result.Reward);
                sum += result.Reward;
            }
        }
        Assert.Equal((cards, true, false), (steps, result.Terminated, result.Truncated));
        Assert.Equal(1, sum, 1e-5);
        Assert.DoesNotContain(faceDown, observation);

        // The same card twice is no pair.
        environment.Reset(1, observation);
        for (int step = 1; step <= limit; step++)
        {
            result = environment.Step([0], observation);
            Assert.Equal(step % 2 == 1 ? 0 : -2f / limit, result.Reward);
            Assert.Equal((false, step == limit), (result.Terminated, result.Truncated));
        }
    }

    [Fact]
    public void Concentration_shows_both_cards_of_a_turn_and_makes_face_up_ones_cost()
    {
        const int Down = 13;
        using var environment = new Concentration(Difficulty.Hard);
        float[] seen = new float[52];
        environment.Reset(4, seen);
        string classes = Classes(environment, 52);
        int pair = classes.IndexOf(classes[0], 1), other = Enumerable.Range(1, 51).First(card => classes[card] != classes[0]);

        // A mismatch stays visible in its own observation, and is hidden in the next.
        Assert.Equal(0, environment.Step([0], seen).Reward);
        Assert.Equal([0], Visible());
        Assert.Equal(-2f / 104, environment.Step([other], seen).Reward);
        Assert.Equal([0, other], Visible());
        Assert.Equal(0, environment.Step([pair], seen).Reward);
        Assert.Equal([pair], Visible());
        Assert.Equal(1f / 26, environment.Step([0], seen).Reward);
        Assert.Equal([0, pair], Visible());

        // Face up for good: as the first card it ends the turn at once, as the second with both.
        Assert.Equal(-1f / 104, environment.Step([0], seen).Reward);
        Assert.Equal([0, pair], Visible());
        Assert.Equal(0, environment.Step([other], seen).Reward);
        Assert.Equal([0, other, pair], Visible());
        Assert.Equal(-2f / 104, environment.Step([pair], seen).Reward);
        Assert.Equal([0, other, pair], Visible());
        int third = Enumerable.Range(1, 51).First(card => card != other && card != pair);
        Assert.Equal(0, environment.Step([third], seen).Reward);
        Assert.Equal(new[] { 0, third, pair }.Order(), Visible());

        // In ascending order, as sets of cards.
        IEnumerable<int> Visible() => Enumerable.Range(0, 52).Where(card => seen[card] != Down);
    }

    /// <summary>The class letters of all cards.</summary>
    private static string Classes(Concentration environment, int cards)
    {
        string drawn = Drawing.Of(environment);
        string classes = new([.. drawn[drawn.IndexOf('\n', StringComparison.Ordinal)..].Where(char.IsLetterOrDigit)]);
        Assert.Equal(cards, classes.Length);
        return classes;
    }

    private static List<(int Row, int Column)> Cells(ITextRenderable environment, char letter)
    {
        char[][] board = Drawing.Board(environment);
        return [.. Enumerable.Range(0, board.Length).SelectMany(row => Enumerable.Range(0, board.Length).Select(column => (row, column))).Where(cell => board[cell.row][cell.column] == letter)];
    }

    /// <summary>The sizes of the groups of cells that touch by an edge.</summary>
    private static IEnumerable<int> Groups(List<(int Row, int Column)> cells)
    {
        HashSet<(int Row, int Column)> left = [.. cells];
        while (left.Count > 0)
        {
            Stack<(int Row, int Column)> open = new([left.First()]);
            left.Remove(open.Peek());
            int size = 0;
            while (open.TryPop(out (int Row, int Column) cell))
            {
                size++;
                foreach ((int r, int c) in (ReadOnlySpan<(int, int)>)[(0, 1), (1, 0), (0, -1), (-1, 0)])
                    if (left.Remove((cell.Row + r, cell.Column + c))) open.Push((cell.Row + r, cell.Column + c));
            }
            yield return size;
        }
    }
}
