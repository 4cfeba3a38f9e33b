using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Proof-of-Memory (Pleines et al., the example of "episodic-transformer-memory-ppo"): on a line from -1 to 1 one end earns 1.6, the
/// other costs 1.6; which is which is shown at the beginning only. Every step on the way costs 0.1. Actions: left (0), right (1).
/// </summary>
/// <remarks>
/// The settings are those of the published training runs: a step moves 0.2, the start is one of -0.4, -0.2, ..., 0.4, the agent cannot
/// move during the first two steps (which cost nothing), and an episode is cut after 32 steps. Observes [left goal, position, right
/// goal] with goals as 1 or -1 until the agent can move, 0 later. The best return is 1.2 on average; without memory it is -0.28, by
/// walking to the nearer end.
/// </remarks>
public sealed class ProofOfMemory : SaveableEnvironment, ITextRenderable, IFullState
{
    private const int End = 5, FarthestStart = 2, ShownSteps = 2, LongestEpisode = 32;
    private const float Prize = 1.6f, StepCost = 0.1f, Unit = 0.2f;
    private int _place, _rightGoal;

    /// <summary>Makes the task.</summary>
    public ProofOfMemory()
        : base(Space.Box(-1, 1, 3), Space.Discrete(2))
    {
    }

    /// <summary>The same three numbers with the goals always shown.</summary>
    public Space FullStateSpace { get; } = Space.Box(-1, 1, 3);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => Observe(state, showsGoals: true);

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: step {Steps}, the goals are {(Steps <= ShownSteps ? "shown" : "hidden")}");
        for (int place = -End; place <= End; place++)
            output.Write(place == _place ? '@' : Math.Abs(place) < End ? '.' : Math.Sign(place) == _rightGoal ? '+' : '-');
        output.WriteLine();
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _place = Random.NextInt((2 * FarthestStart) + 1) - FarthestStart;
        _rightGoal = (2 * Random.NextInt(2)) - 1;
        Observe(observation, showsGoals: true);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        bool frozen = Steps <= ShownSteps;
        if (!frozen) _place = Math.Clamp(_place + (Discrete(action) == 1 ? 1 : -1), -End, End);
        Observe(observation, frozen);
        bool arrived = Math.Abs(_place) == End;
        float reward = frozen ? 0 : !arrived ? -StepCost : Math.Sign(_place) == _rightGoal ? Prize : -Prize;
        return new(reward, Terminated: arrived, Truncated: !arrived && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(_place);
        writer.Write(_rightGoal);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 2, Name);
        _place = SavedNumbers.Read(ref reader, -End, End, Name);
        _rightGoal = SavedNumbers.Read(ref reader, -1, 1, Name);
    }

    private void Observe(Span<float> observation, bool showsGoals)
    {
        observation[2] = showsGoals ? _rightGoal : 0;
        observation[1] = _place * Unit;
        observation[0] = showsGoals ? -_rightGoal : 0;
    }
}
