namespace RLSeq.Environments;

/// <summary>
/// Examines an environment for the mistakes that make training fail quietly, and says how to mend each. It plays the environment with
/// random actions, in several instances and orders, and compares.
/// </summary>
public static class EnvironmentChecker
{
    /// <summary>Examines an environment.</summary>
    /// <param name="create">Makes a new instance; called several times.</param>
    /// <param name="seed">Chooses the episodes and actions that are tried.</param>
    /// <param name="stepTimeout">How long a reset or a step may take before it is taken to hang: <see cref="CallWatch.DefaultTimeout"/> where none is given, zero for ever.</param>
    /// <returns>What was found; empty where all is well. The same every time for the same environment and seed, but for how long a step took.</returns>
    public static IReadOnlyList<Finding> Check(Func<IEnvironment> create, ulong seed = 1, TimeSpan? stepTimeout = null)
    {
        var watch = new CallWatch(stepTimeout ?? CallWatch.DefaultTimeout);
        var subject = new CheckSubject(create, seed, watch);
        try
        {
            return watch.Run(() => Examine(subject));
        }
        catch (EnvironmentException exception) when (exception.InnerException is TimeoutException)
        {
            Finding hanging = new(
                "hanging",
                FindingSeverity.Error,
                exception.Message,
                "Look for endless loops and locks, and for waiting for another process, a network or a key; let such waits end after a time. Nothing more was checked.");
            return [.. subject.Findings, hanging];
        }
    }

    private static IReadOnlyList<Finding> Examine(CheckSubject subject)
    {
        Guard(subject, ContractChecks.Instances);
        if (subject.Findings.Any(finding => finding.Check != MisuseChecks.Dispose)) return subject.Findings;

        _ = Completes(subject, CostChecks.Speed);
        Guard(subject, ContractChecks.Values);
        if (subject.Has(ContractChecks.Exception) || subject.Has(MaskChecks.Refused)) return subject.Findings;

        Guard(subject, MisuseChecks.OutsideActions);
        Guard(subject, MisuseChecks.StepsOutsideEpisodes);
        Guard(subject, MisuseChecks.ActionKept);
        Guard(subject, MisuseChecks.Disposing);
        Guard(subject, DeterminismChecks.SameSeed);
        if (!subject.Has(DeterminismChecks.Deterministic))
        {
            // The rest compares runs, which says nothing where two equal runs differ.
            Guard(subject, ContractChecks.Unwritten);
            Guard(subject, MaskChecks.Reading, "WriteActionMask", MaskChecks.ReadingName, "It must work after every reset, and after every step that does not end the episode.");
            Guard(subject, DeterminismChecks.Interleaved);
            Guard(subject, DeterminismChecks.ResetForgets);
            Guard(subject, DeterminismChecks.SeedMatters);
            if (!subject.Has(DeterminismChecks.Interference)) Views(subject);
            if (!subject.Has(DeterminismChecks.Interference) && !subject.Has(MaskChecks.ReadingName)) Guard(subject, SavingChecks.RestoredContinues, "Save or Restore", SavingChecks.Name, SavingChecks.Remedy);
        }
        Guard(subject, ActionChecks.Matter);
        if (subject.IsSlow) return subject.Findings;
        Guard(subject, CostChecks.Allocations);
        Guard(subject, CostChecks.EpisodesEnd);
        return subject.Findings;
    }

    private static void Views(CheckSubject subject)
    {
        const string Remedy = "It must work after every reset and every step, also after the last one of an episode, and write no more than there is room for.";
        Guard(subject, ViewChecks.Text, "ITextRenderable.Render", "text", Remedy);
        Guard(subject, ViewChecks.Image, "IImageRenderable.RenderImage", "image", Remedy);
        Guard(subject, ViewChecks.FullState, "IFullState.WriteFullState", "full-state", Remedy);
    }

    /// <summary>Makes a check whose exceptions the next one meets again and explains better, and says whether there were none.</summary>
    private static bool Completes(CheckSubject subject, Action<CheckSubject> check)
    {
        try
        {
            check(subject);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Makes a check, and explains what is thrown in it.</summary>
    /// <param name="subject">What is checked.</param>
    /// <param name="check">The check.</param>
    /// <param name="member">What the check calls besides resets and steps.</param>
    /// <param name="name">What a failure of the member is called.</param>
    /// <param name="remedy">What mends it.</param>
    private static void Guard(
        CheckSubject subject,
        Action<CheckSubject> check,
        string member = "the constructor, the factory or the spaces",
        string name = ContractChecks.Exception,
        string remedy = "Making an environment and asking for its spaces must work at any time, any number of times.")
    {
        try
        {
            check(subject);
        }
        catch (Exception exception)
        {
            string kind = exception.GetType().Name;
            if (subject.PlaceOf(exception) is { } place)
            {
                subject.Error(
                    ContractChecks.Exception,
                    $"{kind} in {place}: {exception.Message}",
                    "Resets and steps must accept every action of the action space, at any time between a reset and the end of an episode.");
                return;
            }

            // Every check disposes of what it played: where that fails, it is the disposing and not the check that failed.
            if (!subject.Has(MisuseChecks.Dispose)) _ = Completes(subject, MisuseChecks.Disposing);
            if (!subject.Has(MisuseChecks.Dispose)) subject.Error(name, $"{kind} in {member}: {exception.Message}", remedy);
        }
    }
}
