namespace RLSeq.Environments;

/// <summary>Checks that what an agent does matters.</summary>
internal static class ActionChecks
{
    private const int MostCalls = 20_000;

    /// <summary>Two players of the same episodes who act differently see, sooner or later, different things.</summary>
    public static void Matter(CheckSubject subject)
    {
        using IEnvironment first = subject.Create(), second = subject.Create();
        int size = first.ObservationSpace.Size, choices = first.MaskSize();
        float[] observation = new float[size], other = new float[size], action = new float[first.ActionSpace.Size], otherAction = new float[action.Length];
        bool[] mask = new bool[choices];
        var space = new MaskedSpace(first.ActionSpace);
        RandomSource random = new(subject.Seed), otherRandom = new(subject.Seed + 1);
        bool acted = false, ended = false, over = true;
        ulong episode = 0;
        for (int call = 0; call < MostCalls / (subject.IsSlow ? 1000 : 1); call++)
        {
            if (over)
            {
                first.Reset(RandomSource.Derive(subject.Seed, episode), observation);
                second.Reset(RandomSource.Derive(subject.Seed, episode++), other);
                over = false;
                continue;
            }
            Choose(first, ref random, action);
            Choose(second, ref otherRandom, otherAction);
            acted |= !action.AsSpan().SequenceEqual(otherAction);
            StepResult result = first.Step(action, observation), otherResult = second.Step(otherAction, other);
            if (result != otherResult || !observation.AsSpan().SequenceEqual(other)) return;
            ended |= over = result.Done;
        }
        if (!acted || !ended) return; // there was one choice only, or what it leads to may come later
        subject.Warn(
            "action-ignored",
            $"Whatever was done in {episode} episodes, observations, rewards and ends were the same.",
            "Read the action: Discrete(action), or action[i] of a box; an agent can learn nothing here.");

        void Choose(IEnvironment environment, ref RandomSource source, float[] chosen)
        {
            environment.Ability<IActionMasking>()?.WriteActionMask(mask);
            space.Sample(mask, ref source, chosen);
        }
    }
}
