using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The T-Maze of Ni et al. (2023, "When Do Transformers Shine in RL?"), after Bakker (2001): a corridor ends in a junction, and a cue
/// says whether the goal is the cell above or the one below. The last step earns 1 in the goal; every other step that lags behind the
/// shortest plan costs 1/L. The best return is 1, without memory 0.5: all that is seen at the junction is the junction.
/// </summary>
/// <remarks>
/// <para>The observation is [0, goal] the first time at the cue, [0, 0] later and in the corridor, [1, y] at the junction and its ends,
/// with goal and y in {-1, 0, 1}. Actions: right (0), up (1), left (2), down (3); a move into a wall does nothing. The episode
/// terminates after L + 1 steps, in the active maze after L + 3, wherever the agent is.</para>
/// <para>In the passive maze the cue is shown where the agent starts, and must be remembered for L steps. In the active maze it is one
/// cell to the left of the start: fetching it costs nothing, but pays only L steps later.</para>
/// </remarks>
public sealed class TMaze : SaveableEnvironment, ITextRenderable, IFullState, ISuccess
{
    private const int Right = 0, Up = 1, Left = 2;
    private readonly int _start, _junction, _lastStep;
    private readonly float _penalty;
    private int _x, _y, _goal;
    private bool _isCueSeen;

    /// <summary>Makes the task.</summary>
    /// <param name="length">L, the cells between start and junction, at least 1.</param>
    /// <param name="active">Whether the cue must be fetched.</param>
    public TMaze(int length, bool active = false)
        : base(Space.Box(-1, 1, 2), Space.Discrete(4), $"{(active ? "Active" : "Passive")}TMaze{length}")
    {
        if (length < 1) throw new ArgumentOutOfRangeException(nameof(length), length, "A T-Maze needs a corridor of at least one cell.");
        _start = active ? 1 : 0;
        _junction = _start + length;
        _lastStep = length + (2 * _start) + 1;
        _penalty = -1f / length;
    }

    /// <summary>Place along the corridor from 0 to 1, y, and the goal as -1 or 1: walking there needs no memory.</summary>
    public Space FullStateSpace { get; } = Space.Box(-1, 1, 3);

    /// <inheritdoc/>
    public bool Succeeded => _y == _goal; // y is 0 but at the junction's ends

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        state[2] = _goal;
        state[1] = _y;
        state[0] = (float)_x / _junction;
    }

    /// <inheritdoc/>
    public void Render(TextWriter output) => TMazeText.Render(output, $"{Name}: step {Steps} of {_lastStep}", _junction, _x, _y, _goal);

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        (_x, _y, _isCueSeen) = (_start, 0, false);
        _goal = (2 * Random.NextInt(2)) - 1;
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        Move(Discrete(action));
        Observe(observation);
        if (Steps >= _lastStep) return new(_y == _goal ? 1 : 0, Terminated: true, Truncated: false);
        return new(_x < Steps - _start ? _penalty : 0, Terminated: false, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        writer.Write(_x);
        writer.Write(_y);
        writer.Write(_goal);
        writer.Write(_isCueSeen);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 4, Name);
        _x = SavedNumbers.Read(ref reader, 0, _junction, Name);
        _y = SavedNumbers.Read(ref reader, -1, 1, Name);
        _goal = SavedNumbers.Read(ref reader, -1, 1, Name);
        _isCueSeen = reader.ReadBoolean();
    }

    private void Move(int action)
    {
        if (action is Right or Left)
        {
            if (_y == 0) _x = Math.Clamp(_x + (action == Right ? 1 : -1), 0, _junction);
        }
        else if (_x == _junction)
        {
            _y = Math.Clamp(_y + (action == Up ? 1 : -1), -1, 1);
        }
    }

    private void Observe(Span<float> observation)
    {
        bool atCue = _x == 0, atJunction = _x == _junction;
        observation[1] = atCue && !_isCueSeen ? _goal : atJunction ? _y : 0;
        observation[0] = atJunction ? 1 : 0;
        _isCueSeen |= atCue;
    }
}
