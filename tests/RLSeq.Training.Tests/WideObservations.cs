using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>
/// Every kind of observation at once, and an action of two components. The continuous elements jump now and then, so far that even their
/// normalised values lie beyond the clamp; episodes end for both reasons.
/// </summary>
internal sealed class WideObservations() : EnvironmentBase(Space.Tuple(Space.Box(-5000, 5000, 2), Space.Bytes(2, 2), Space.Discrete(3), Space.MultiDiscrete(2, 4)), Space.MultiDiscrete(3, 2), "WideObservations")
{
    protected override void OnReset(Span<float> observation) => Observe(observation);

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        // What is rewarded was seen before the step, so it reads the observation that is about to be overwritten.
        float reward = (Discrete(action) == observation[6] ? 1 : 0) + (Discrete(action, 1) == observation[7] ? 1 : 0);
        Observe(observation);
        return new StepResult(reward, Terminated: Random.NextInt(15) == 0, Truncated: Steps == 11);
    }

    private void Observe(Span<float> observation)
    {
        ObservationSpace.Sample(ref Random, observation);
        // One jump in 200 steps lies about √200 deviations from the mean.
        for (int i = 0; i < 2; i++)
        {
            observation[i] = (float)Random.NextGaussian() * 3;
            if (Random.NextInt(200) == 0) observation[i] = Random.NextInt(2) == 0 ? 3000 : -3000;
        }
    }
}
