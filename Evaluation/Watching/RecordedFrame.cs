namespace RLSeq.Evaluation;

/// <summary>
/// One step of an episode: the state, what the agent saw of it, what it chose, and the reward of that choice. The last frame of an episode
/// shows the state in which it ended, and no choice; that of one that failed, the choice which had no result.
/// </summary>
public sealed record RecordedFrame
{
    /// <summary>The observation that the agent saw, wrappers applied; without the parts that are pictures.</summary>
    public required float[] Observation { get; init; }

    /// <summary>The parts of the observation that are pictures: places in <see cref="Recording.Pictures"/>.</summary>
    public int[] ObservationPictures { get; init; } = [];

    /// <summary>The true state drawn as text: a place in <see cref="Recording.Texts"/>, or -1 where the environment draws none.</summary>
    public int Text { get; init; } = -1;

    /// <summary>The true state drawn as a picture: a place in <see cref="Recording.Pictures"/>, or -1 where the environment draws none.</summary>
    public int Picture { get; init; } = -1;

    /// <summary>The full state; without the parts that are pictures. Empty where the environment does not tell it.</summary>
    public float[] FullState { get; init; } = [];

    /// <summary>The parts of the full state that are pictures.</summary>
    public int[] FullStatePictures { get; init; } = [];

    /// <summary>The action as the environment received it; empty in a last frame.</summary>
    public float[] Action { get; init; } = [];

    /// <summary>Probabilities of the choices, means and deviations: see <see cref="Agents.IActionDistribution.Describe"/>; empty without a policy.</summary>
    public float[] Meaning { get; init; } = [];

    /// <summary>The discounted return that the policy expected; NaN without one.</summary>
    public float Value { get; init; } = float.NaN;

    /// <summary>The reward of the action; 0 in a last frame, NaN where the environment failed instead of giving one.</summary>
    public float Reward { get; init; }

    /// <summary>The time that choosing the action took; NaN without a policy.</summary>
    public double LatencyMicroseconds { get; init; } = double.NaN;

    /// <summary>Whether that time is warm-up.</summary>
    public bool IsWarmup { get; init; }
}
