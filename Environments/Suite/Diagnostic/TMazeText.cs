namespace RLSeq.Environments.Suite;

/// <summary>Draws a T-Maze: <c>@</c> is the agent, <c>G</c> the goal; a long corridor is cut to the part around the agent.</summary>
internal static class TMazeText
{
    private const int Shown = 60;

    public static void Render(TextWriter output, string title, int junction, int x, int y, int goal)
    {
        int first = Math.Clamp(x - (Shown / 2), 0, Math.Max(0, junction - Shown + 1)), last = Math.Min(junction, first + Shown - 1);
        output.WriteLine($"{title}, cell {x} of {junction}, the goal is {(goal > 0 ? "up" : "down")}");
        for (int row = 1; row >= -1; row--)
        {
            for (int column = first; column <= last; column++)
            {
                bool open = row == 0 || column == junction;
                output.Write(column == x && row == y ? '@' : !open ? ' ' : row == goal ? 'G' : '.');
            }
            output.WriteLine();
        }
    }
}
