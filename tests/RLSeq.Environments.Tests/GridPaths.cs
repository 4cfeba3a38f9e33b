namespace RLSeq.Environments.Tests;

/// <summary>Shortest ways over small boards, for scripted players.</summary>
internal static class GridPaths
{
    public static readonly (int X, int Y)[] Directions = [(0, -1), (0, 1), (-1, 0), (1, 0)];

    /// <summary>
    /// The first of up (0), down (1), left (2) and right (3) on a shortest way to the nearest target, and how many steps it has;
    /// direction -1 where the start is a target, null where there is no way.
    /// </summary>
    public static (int Direction, int Steps)? Nearest(int width, int height, (int X, int Y) start, Func<int, int, bool> isOpen, Func<int, int, bool> isTarget)
    {
        if (isTarget(start.X, start.Y)) return (-1, 0);
        var seen = new HashSet<(int, int)> { start };
        var queue = new Queue<((int X, int Y) Place, int First, int Steps)>();
        queue.Enqueue((start, -1, 0));
        while (queue.TryDequeue(out var here))
        {
            for (int direction = 0; direction < 4; direction++)
            {
                (int x, int y) = (here.Place.X + Directions[direction].X, here.Place.Y + Directions[direction].Y);
                if (x < 0 || x >= width || y < 0 || y >= height || !isOpen(x, y) || !seen.Add((x, y))) continue;
                int first = here.First < 0 ? direction : here.First;
                if (isTarget(x, y)) return (first, here.Steps + 1);
                queue.Enqueue(((x, y), first, here.Steps + 1));
            }
        }
        return null;
    }
}
