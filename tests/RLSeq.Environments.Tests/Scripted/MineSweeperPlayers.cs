namespace RLSeq.Environments.Tests;

/// <summary>
/// Uncovers no cell twice. With deduction it takes cells that one number alone shows to be clear, and leaves those that one shows to be
/// mines; otherwise it takes a cell that the numbers around it make least likely to be a mine.
/// </summary>
internal sealed class MineSweeperPlayer(int size, int mines, bool deduces) : ScriptedPlayer
{
    private const int Unknown = -1, Mine = -2, Clear = -3;
    private readonly int[] _cells = new int[size * size];
    private int _cell;

    public override void Begin(ReadOnlySpan<float> observation) => _cells.AsSpan().Fill(Unknown);

    public override void Act(ref RandomSource random, Span<float> action)
    {
        _cell = Choose(ref random, _cells.Length, cell => _cells[cell] == Clear);
        double least = deduces && _cell < 0 ? Enumerable.Range(0, _cells.Length).Where(cell => _cells[cell] == Unknown).Min(Risk) : 1;
        if (_cell < 0) _cell = Choose(ref random, _cells.Length, cell => _cells[cell] == Unknown && (!deduces || Risk(cell) <= least));
        (action[0], action[1]) = (_cell / size, _cell % size);
    }

    public override void See(ReadOnlySpan<float> observation)
    {
        _cells[_cell] = (int)observation[0];
        while (deduces && Deduce())
        {
        }
    }

    private bool Deduce()
    {
        bool any = false;
        for (int cell = 0; cell < _cells.Length; cell++)
        {
            if (_cells[cell] < 0) continue;
            (int unknown, int found) = Count(cell);
            bool clear = _cells[cell] == found, full = _cells[cell] == found + unknown;
            if (unknown == 0 || (!clear && !full)) continue;
            foreach (int other in Around(cell))
                if (_cells[other] == Unknown) _cells[other] = clear ? Clear : Mine;
            any = true;
        }
        return any;
    }

    /// <summary>The largest share of mines that a number beside the cell leaves for its unknown cells; without one, that of the board.</summary>
    private double Risk(int cell)
    {
        double risk = -1;
        foreach (int other in Around(cell))
        {
            if (_cells[other] < 0) continue;
            (int unknown, int found) = Count(other);
            risk = Math.Max(risk, (double)(_cells[other] - found) / unknown);
        }
        return risk >= 0 ? risk : (double)(mines - _cells.Count(value => value == Mine)) / _cells.Count(value => value == Unknown);
    }

    /// <summary>The cells around one that are unknown, and those that must be mines.</summary>
    private (int Unknown, int Found) Count(int cell)
    {
        int unknown = 0, found = 0;
        foreach (int other in Around(cell))
        {
            if (_cells[other] == Unknown) unknown++;
            if (_cells[other] == Mine) found++;
        }
        return (unknown, found);
    }

    private IEnumerable<int> Around(int cell)
    {
        int row = cell / size, column = cell % size;
        for (int r = Math.Max(0, row - 1); r <= Math.Min(size - 1, row + 1); r++)
            for (int c = Math.Max(0, column - 1); c <= Math.Min(size - 1, column + 1); c++) yield return (r * size) + c;
    }
}
