using System.Globalization;
using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's MultiarmedBandit (Morad et al. 2023): every episode has K arms with win probabilities drawn uniformly from [0, 1). Pulling an
/// arm wins 1/T or loses 1/T; truncated after T pulls. The return lies in [-1, 1].
/// </summary>
/// <remarks>Observes only whether the pull won: which arm was pulled, the agent must know from its previous action.</remarks>
public sealed class MultiarmedBandit : SaveableEnvironment, ITextRenderable, IFullState
{
    private readonly double[] _chances;
    private readonly int[] _pulls, _wins;
    private readonly int _length;
    private readonly float _scale;

    /// <summary>Makes the task with K = 10, 20 or 30 arms and T = 200, 400 or 600 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public MultiarmedBandit(Difficulty difficulty)
        : base(Space.Discrete(2), Space.Discrete(Arms(difficulty)), nameof(MultiarmedBandit) + difficulty)
    {
        int arms = Arms(difficulty);
        (_chances, _pulls, _wins) = (new double[arms], new int[arms], new int[arms]);
        _length = 20 * arms;
        _scale = 1f / _length;
        FullStateSpace = Space.Box(0, 1, (2 * arms) + 1);
    }

    /// <summary>
    /// Two numbers for every arm: the expected win probability (wins + 1)/(pulls + 2), and how well it is known, pulls/(pulls + 2); last
    /// the fraction of the episode that is over. It is what a perfect memory would hold; the probabilities stay hidden.
    /// </summary>
    public Space FullStateSpace { get; }

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: pull {Steps} of {_length}");
        for (int arm = 0; arm < _chances.Length; arm++)
            output.WriteLine(string.Format(CultureInfo.InvariantCulture, "arm {0,2}: {1:0.00}, won {2} of {3}", arm, _chances[arm], _wins[arm], _pulls[arm]));
    }

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        for (int arm = 0; arm < _chances.Length; arm++)
        {
            float pulls = _pulls[arm];
            state[(2 * arm) + 1] = pulls / (pulls + 2);
            state[2 * arm] = (_wins[arm] + 1) / (pulls + 2);
        }
        state[2 * _chances.Length] = (float)Steps / _length;
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        for (int arm = 0; arm < _chances.Length; arm++) _chances[arm] = Random.NextDouble();
        Array.Clear(_pulls, 0, _pulls.Length);
        Array.Clear(_wins, 0, _wins.Length);
        observation[0] = 0;
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        int arm = Discrete(action);
        bool won = Random.NextDouble() < _chances[arm];
        _pulls[arm]++;
        if (won) _wins[arm]++;
        observation[0] = won ? 1 : 0;
        return new(won ? _scale : -_scale, Terminated: false, Truncated: Steps == _length);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3 * _chances.Length);
        for (int arm = 0; arm < _chances.Length; arm++)
        {
            writer.Write(_chances[arm]);
            writer.Write(_pulls[arm]);
            writer.Write(_wins[arm]);
        }
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 3 * _chances.Length, Name);
        SavedData.ExpectSteps(Steps, IsRunning ? _length - 1 : _length, Name);
        for (int arm = 0; arm < _chances.Length; arm++)
        {
            _chances[arm] = SavedData.ReadFinite(ref reader, Name);
            _pulls[arm] = SavedData.ReadInt(ref reader, 0, Steps, Name);
            _wins[arm] = SavedData.ReadInt(ref reader, 0, _pulls[arm], Name);
        }
    }

    private static int Arms(Difficulty difficulty) => difficulty switch { Difficulty.Easy => 10, Difficulty.Medium => 20, _ => 30 };
}
