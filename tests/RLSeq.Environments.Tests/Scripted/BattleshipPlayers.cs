namespace RLSeq.Environments.Tests;

/// <summary>Guesses every cell once, row by row or in a random order.</summary>
internal sealed class BattleshipScan(int size, bool isShuffled) : ScriptedPlayer
{
    private readonly int[] _order = [.. Enumerable.Range(0, size * size)];
    private int _next;

    public override void Begin(ReadOnlySpan<float> observation) => _next = 0;

    public override void Act(ref RandomSource random, Span<float> action)
    {
        if (_next == 0 && isShuffled) random.Shuffle<int>(_order);
        int cell = _order[_next++];
        (action[0], action[1]) = (cell / size, cell % size);
    }
}

/// <summary>
/// Guesses cells beside hits where there are any, else at random those of one colour of a chessboard, of which every ship covers one.
/// </summary>
internal sealed class BattleshipHunt(int size) : ScriptedPlayer
{
    private readonly bool[] _guessed = new bool[size * size], _hit = new bool[size * size];
    private int _guess;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        Array.Clear(_guessed);
        Array.Clear(_hit);
    }

    public override void Act(ref RandomSource random, Span<float> action)
    {
        _guess = Choose(ref random, size * size, cell => !_guessed[cell] && IsBesideHit(cell));
        if (_guess < 0) _guess = Choose(ref random, size * size, cell => !_guessed[cell] && ((cell / size) + (cell % size)) % 2 == 0);
        if (_guess < 0) _guess = Choose(ref random, size * size, cell => !_guessed[cell]);
        (action[0], action[1]) = (_guess / size, _guess % size);
    }

    public override void See(ReadOnlySpan<float> observation) => (_guessed[_guess], _hit[_guess]) = (true, observation[0] == 1);

    private bool IsBesideHit(int cell)
    {
        int row = cell / size, column = cell % size;
        return IsHit(row, column + 1) || IsHit(row + 1, column) || IsHit(row, column - 1) || IsHit(row - 1, column);
    }

    private bool IsHit(int row, int column) => row >= 0 && row < size && column >= 0 && column < size && _hit[(row * size) + column];
}
