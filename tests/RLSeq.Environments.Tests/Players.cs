namespace RLSeq.Environments.Tests;

/// <summary>Plays whole episodes.</summary>
internal static class Players
{
    public readonly record struct Episode(double Return, int Length, bool Terminated, bool Truncated);

    /// <summary>Chooses the action that answers the latest of the observations so far.</summary>
    public delegate float Policy(List<float[]> observations);

    public static Episode Play(IEnvironment environment, ulong seed, Policy policy)
    {
        float[] observation = new float[environment.ObservationSpace.Size];
        environment.Reset(seed, observation);
        List<float[]> seen = [[.. observation]];
        double sum = 0;
        while (true)
        {
            StepResult result = environment.Step([policy(seen)], observation);
            seen.Add([.. observation]);
            sum += result.Reward;
            if (result.Done) return new(sum, seen.Count - 1, result.Terminated, result.Truncated);
        }
    }

    /// <summary>Plays uniformly random actions.</summary>
    public static List<Episode> PlayRandomly(IEnvironment environment, int episodes, ulong seed)
    {
        List<Episode> played = [];
        float[] observation = new float[environment.ObservationSpace.Size], action = new float[environment.ActionSpace.Size];
        var random = new RandomSource(seed);
        for (int i = 0; i < episodes; i++)
        {
            environment.Reset(random.NextUInt64(), observation);
            double sum = 0;
            for (int steps = 1; ; steps++)
            {
                environment.ActionSpace.Sample(ref random, action);
                StepResult result = environment.Step(action, observation);
                sum += result.Reward;
                if (!result.Done) continue;
                played.Add(new(sum, steps, result.Terminated, result.Truncated));
                break;
            }
        }
        return played;
    }

    /// <summary>The mean of some numbers and its standard error.</summary>
    public static (double Mean, double Error) Mean(IReadOnlyCollection<double> values)
    {
        double mean = values.Average(), variance = values.Sum(x => (x - mean) * (x - mean)) / (values.Count - 1);
        return (mean, Math.Sqrt(variance / values.Count));
    }
}
