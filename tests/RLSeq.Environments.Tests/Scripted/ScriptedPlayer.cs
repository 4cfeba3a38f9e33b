namespace RLSeq.Environments.Tests;

/// <summary>A player with rules of its own and a memory, which sees only what the environment shows and what it did.</summary>
internal abstract class ScriptedPlayer
{
    /// <summary>An episode begins.</summary>
    public virtual void Begin(ReadOnlySpan<float> observation)
    {
    }

    /// <summary>Chooses an action.</summary>
    public abstract void Act(ref RandomSource random, Span<float> action);

    /// <summary>Sees what the action led to.</summary>
    public virtual void See(ReadOnlySpan<float> observation)
    {
    }

    /// <summary>Plays some episodes and gives their returns.</summary>
    public double[] Play(IEnvironment environment, int episodes, ulong seed)
    {
        float[] observation = new float[environment.ObservationSpace.Size], action = new float[environment.ActionSpace.Size];
        var random = new RandomSource(seed);
        double[] returns = new double[episodes];
        for (int i = 0; i < episodes; i++)
        {
            environment.Reset(random.NextUInt64(), observation);
            Begin(observation);
            StepResult result = default;
            while (!result.Done)
            {
                Act(ref random, action);
                result = environment.Step(action, observation);
                returns[i] += result.Reward;
                See(observation);
            }
        }
        return returns;
    }

    /// <summary>A uniformly random index of those for which a condition holds; -1 where it holds for none.</summary>
    protected static int Choose(ref RandomSource random, int count, Predicate<int> condition)
    {
        int chosen = -1, found = 0;
        for (int i = 0; i < count; i++)
            if (condition(i) && random.NextInt(++found) == 0) chosen = i;
        return chosen;
    }
}
