namespace RLSeq.Environments;

/// <summary>
/// The actions of every row's present episode, so that a failure can be played again. Made once; of longer episodes than it has room for,
/// nothing can be told.
/// </summary>
internal sealed class ActionRecord
{
    /// <summary>Room in all (16 MB), and steps of a row at most.</summary>
    private const int MostValues = 1 << 22, MostSteps = 1 << 12;

    private readonly int _size, _steps;
    private readonly float[] _actions; // [N, steps, A]

    public ActionRecord(int rows, int size)
    {
        (_size, _steps) = (size, (int)Math.Min(MostSteps, MostValues / Math.Max(1, (long)rows * size)));
        _actions = new float[rows * _steps * size];
    }

    /// <summary>Keeps an action.</summary>
    /// <param name="row">The row.</param>
    /// <param name="step">The steps of the episode before it.</param>
    /// <param name="action">The action.</param>
    public void Keep(int row, int step, ReadOnlySpan<float> action)
    {
        if (step >= _steps) return;
        int at = ((row * _steps) + step) * _size;
        if (_size == 1) _actions[at] = action[0]; // most environments: cheaper than a copy
        else action.CopyTo(_actions.AsSpan(at));
    }

    /// <summary>The first actions of a row's episode, [steps, A], or null where they are more than were kept.</summary>
    public float[]? Of(int row, int steps) => steps > _steps ? null : _actions.AsSpan(row * _steps * _size, steps * _size).ToArray();
}
