namespace RLSeq.Environments;

/// <summary>Checks that a seed and the actions determine an episode, whatever else happens.</summary>
internal static class DeterminismChecks
{
    public const string Deterministic = "deterministic", Interference = "interleaved";
    private const ulong OtherSeed = 0x5EED;

    /// <summary>The same seed and actions give the same episodes.</summary>
    public static void SameSeed(CheckSubject subject)
    {
        if (subject.Run(subject.Seed).DifferenceTo(subject.Run(subject.Seed)) is not string difference) return;
        subject.Error(
            Deterministic,
            $"Two new instances with the same seed and actions differ: {difference}.",
            "Draw everything random from a generator that Reset seeds (EnvironmentBase.Random); use no System.Random without a seed, no time, no hash codes, no static state.");
    }

    /// <summary>An instance does not notice another one.</summary>
    public static void Interleaved(CheckSubject subject)
    {
        ScriptedRun alone = subject.Run(subject.Seed);
        using IEnvironment first = subject.Create(), second = subject.Create();
        ScriptedRun disturbed = new(first, subject.Seed), other = new(second, subject.Seed ^ OtherSeed);
        for (int call = 0; call < subject.Calls; call++)
        {
            disturbed.Advance();
            other.Advance();
        }
        if (alone.DifferenceTo(disturbed) is not string difference) return;
        subject.Error(
            Interference,
            $"An instance plays differently while another one is stepped in turn with it: {difference}.",
            "Instances must share nothing that changes: look for static fields, a shared generator, a cache or a singleton.");
    }

    /// <summary>A reset forgets the episode before it, whether that one ended or not.</summary>
    public static void ResetForgets(CheckSubject subject)
    {
        ScriptedRun fresh = subject.Run(subject.Seed);
        foreach (int calls in (ReadOnlySpan<int>)[1, 2, 7, subject.Calls])
        {
            using IEnvironment environment = subject.Create();
            new ScriptedRun(environment, subject.Seed ^ OtherSeed).Advance(calls);
            if (fresh.DifferenceTo(new ScriptedRun(environment, subject.Seed).Advance(subject.Calls)) is not string difference) continue;
            subject.Error(
                "reset",
                $"After {calls} calls a reset does not give the episode that a new instance plays from the same seed: {difference}.",
                "Set every field in OnReset; counters, lists and flags are forgotten most often.");
            return;
        }
    }

    /// <summary>Different seeds give different episodes.</summary>
    public static void SeedMatters(CheckSubject subject)
    {
        // Many, because all that varies may be one bit; mostly the second one differs and is the last.
        const int Seeds = 16;
        ScriptedRun first = RunWithSameActions(subject, shift: 0);
        for (int seed = 1; seed < Seeds; seed++)
            if (RunWithSameActions(subject, (ulong)seed).DifferenceTo(first) is not null) return;
        subject.Warn(
            "seed",
            $"{Seeds} seeds gave the same episode for the same actions.",
            "Where the task is meant to vary, use the seed that Reset receives (EnvironmentBase.Random); otherwise ignore this.");
    }

    private static ScriptedRun RunWithSameActions(CheckSubject subject, ulong shift)
    {
        using IEnvironment environment = subject.Create();
        using var shifted = new ShiftedSeeds(environment, shift);
        return new ScriptedRun(shifted, subject.Seed).Advance(subject.Calls);
    }

    /// <summary>Passes everything on, the seeds changed.</summary>
    private sealed class ShiftedSeeds(IEnvironment inner, ulong shift) : IEnvironment, IAbilities
    {
        public Space ObservationSpace => inner.ObservationSpace;

        public Space ActionSpace => inner.ActionSpace;

        public void Reset(ulong seed, Span<float> observation) => inner.Reset(seed + shift, observation);

        public StepResult Step(ReadOnlySpan<float> action, Span<float> observation) => inner.Step(action, observation);

        public T? Ability<T>()
            where T : class => inner.Ability<T>();

        public void Dispose()
        {
        }
    }
}
