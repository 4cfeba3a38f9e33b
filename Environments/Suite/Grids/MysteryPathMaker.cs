namespace RLSeq.Environments.Suite;

/// <summary>
/// Makes the hidden paths of <see cref="MysteryPathGrid"/> as Memory Gym does: random obstacles, then a search like A* whose steps have
/// random costs, so that the path is mostly not the shortest. Tile (x, y) has the number 7 y + x.
/// </summary>
/// <remarks>
/// The original's search is kept with its peculiarities, because they shape the paths: it takes the first open tile that is better than
/// the oldest one, not the best; a cheaper way to an open tile changes where the path comes from, but not the tile's cost.
/// </remarks>
internal sealed class MysteryPathMaker
{
    public const int Side = 7, Tiles = Side * Side;
    private const int ObstaclePercent = 33, FewestOuterObstacles = 4, MostOuterObstacles = 8, LargestCost = 8;
    private readonly bool[] _isObstacle = new bool[Tiles], _isClosed = new bool[Tiles];
    private readonly double[] _estimate = new double[Tiles];
    private readonly int[] _cost = new int[Tiles], _previous = new int[Tiles], _open = new int[Tiles], _outer = new int[Tiles];
    private int _openCount;

    /// <summary>Draws start, end and path. The start lies on one side of the grid, the end on the opposite one.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="isPath">Receives which tiles belong to the path, start and end included.</param>
    public (int Start, int End) Make(ref RandomSource random, Span<bool> isPath)
    {
        while (true)
        {
            (int start, int end) = DrawEnds(ref random);
            PlaceObstacles(ref random, start, end);
            if (!Search(ref random, start, end)) continue; // the original gives up here; it hardly ever happens
            isPath.Clear();
            for (int tile = end; tile >= 0; tile = _previous[tile]) isPath[tile] = true;
            return (start, end);
        }
    }

    private static (int Start, int End) DrawEnds(ref RandomSource random)
    {
        const int Last = Side - 1;
        int origin = random.NextInt(4), from = random.NextInt(Side), to = random.NextInt(Side);
        return origin switch
        {
            0 => (Tile(0, from), Tile(Last, to)),
            1 => (Tile(Last, from), Tile(0, to)),
            2 => (Tile(from, 0), Tile(to, Last)),
            _ => (Tile(from, Last), Tile(to, 0)),
        };
    }

    private void PlaceObstacles(ref RandomSource random, int start, int end)
    {
        Array.Clear(_isObstacle, 0, Tiles);
        for (int x = 1; x < Side - 2; x++)
            for (int y = 1; y < Side - 2; y++) _isObstacle[Tile(x, y)] = random.NextInt(100) < ObstaclePercent;

        // Some of the border, where it touches neither the ends nor, even by a corner, an obstacle inside.
        int count = 0;
        for (int x = 0; x < Side; x++)
        {
            for (int y = 0; y < Side; y++)
            {
                int tile = Tile(x, y);
                bool isOuter = x is 0 or Side - 1 || y is 0 or Side - 1;
                if (isOuter && Distance(tile, start) > 1 && Distance(tile, end) > 1 && !TouchesObstacle(x, y)) _outer[count++] = tile;
            }
        }
        for (int left = random.NextInt(2) == 0 ? FewestOuterObstacles : MostOuterObstacles; left > 0 && count > 0; left--)
        {
            int chosen = random.NextInt(count);
            _isObstacle[_outer[chosen]] = true;
            Array.Copy(_outer, chosen + 1, _outer, chosen, --count - chosen);
        }
    }

    private bool Search(ref RandomSource random, int start, int end)
    {
        Array.Clear(_isClosed, 0, Tiles);
        (_open[0], _openCount, _cost[start], _estimate[start], _previous[start]) = (start, 1, 0, 0, -1);
        while (_openCount > 0)
        {
            int current = TakeFromOpen();
            if (current == end) return true;
            _isClosed[current] = true;
            (int x, int y) = (current % Side, current / Side);
            if (x < Side - 1) Visit(ref random, current + 1, current, end);
            if (x > 0) Visit(ref random, current - 1, current, end);
            if (y < Side - 1) Visit(ref random, current + Side, current, end);
            if (y > 0) Visit(ref random, current - Side, current, end);
        }
        return false;
    }

    private void Visit(ref RandomSource random, int tile, int from, int end)
    {
        if (_isClosed[tile] || _isObstacle[tile]) return;
        int cost = _cost[from] + 1 + random.NextInt(LargestCost);
        if (Array.IndexOf(_open, tile, 0, _openCount) < 0)
        {
            _cost[tile] = cost;
            _open[_openCount++] = tile;
        }
        else if (cost >= _cost[tile])
        {
            return;
        }
        // The original's "heuristic": the root of dx squared plus dy squared.
        int dx = (tile % Side) - (end % Side), dy = (tile / Side) - (end / Side);
        _estimate[tile] = _cost[tile] + Math.Sqrt((dx * dx) + (dy * dy));
        _previous[tile] = from;
    }

    private int TakeFromOpen()
    {
        int chosen = 0;
        for (int i = 1; i < _openCount && chosen == 0; i++)
            if (_estimate[_open[i]] < _estimate[_open[0]]) chosen = i;
        int tile = _open[chosen];
        Array.Copy(_open, chosen + 1, _open, chosen, --_openCount - chosen);
        return tile;
    }

    private bool TouchesObstacle(int x, int y)
    {
        for (int i = Math.Max(0, x - 1); i <= Math.Min(Side - 1, x + 1); i++)
            for (int j = Math.Max(0, y - 1); j <= Math.Min(Side - 1, y + 1); j++)
                if ((i != x || j != y) && _isObstacle[Tile(i, j)]) return true;
        return false;
    }

    /// <summary>The steps between two tiles.</summary>
    private static int Distance(int a, int b) => Math.Abs((a % Side) - (b % Side)) + Math.Abs((a / Side) - (b / Side));

    private static int Tile(int x, int y) => (y * Side) + x;
}
