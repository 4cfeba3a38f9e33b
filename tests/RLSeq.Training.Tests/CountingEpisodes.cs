using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>
/// Episodes that are known in advance: an episode draws a mark, and mark and step alone decide every observation, the length and how the
/// episode ends. So a test can rebuild all of an episode, its final observation included, from its first observation.
/// </summary>
internal sealed class CountingEpisodes(CountingEpisodes.Ending ending) : EnvironmentBase(Space.Box(-10, 10, 2), Space.Discrete(3), "CountingEpisodes")
{
    private float _mark;

    public enum Ending
    {
        Truncated,
        Terminated,
        Mixed,
    }

    /// <summary>What is observed after some steps of the episode with a mark.</summary>
    public static float[] Observation(float mark, int step) => [mark, (0.5f * step) - 1 + mark];

    /// <summary>The steps of the episode with a mark: 2 to 9.</summary>
    public static int Length(float mark) => 2 + ((int)(Math.Abs(mark) * 1000) % 8);

    /// <summary>Whether the value of what follows the last step is zero; a third of the mixed episodes end for both reasons at once.</summary>
    public static bool Terminates(Ending ending, float mark) => ending == Ending.Terminated || (ending == Ending.Mixed && mark > -0.33f);

    protected override void OnReset(Span<float> observation)
    {
        _mark = Random.NextFloat(-1, 1);
        Observation(_mark, 0).CopyTo(observation);
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        Observation(_mark, Steps).CopyTo(observation);
        bool last = Steps == Length(_mark), terminates = Terminates(ending, _mark);
        return new StepResult(_mark, Terminated: last && terminates, Truncated: last && (!terminates || (ending == Ending.Mixed && _mark > 0.33f)));
    }
}
