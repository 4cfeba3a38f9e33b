using System.Globalization;

namespace RLSeq.Environments;

/// <summary>Checks of what an environment does where it is used wrongly: it should say so, or the mistake is found nowhere.</summary>
internal static class MisuseChecks
{
    public const string Dispose = "dispose";
    private const int LongestSearch = 10_000, WatchedSteps = 50;

    /// <summary>An action outside the space is refused.</summary>
    public static void OutsideActions(CheckSubject subject)
    {
        foreach ((int element, float value) in Outside(subject))
        {
            using IEnvironment environment = subject.Create();
            float[] action = FirstAction(environment, subject.Seed, out float[] observation);
            action[element] = value;
            if (Refuses(() => environment.Step(action, observation))) continue;
            subject.Warn(
                "action-outside",
                $"Step accepted the action ({Text(action)}), which is not in {environment.ActionSpace}.",
                "Refuse such actions (EnvironmentBase does it for you); one that is accepted hides a mistake of whoever made it.");
            return;
        }
    }

    /// <summary>There are no steps before the first reset and after the end of an episode.</summary>
    public static void StepsOutsideEpisodes(CheckSubject subject)
    {
        const string Remedy = "Refuse it (EnvironmentBase does it for you); whoever forgets a reset would otherwise train on an episode that goes on after its end.";
        using IEnvironment environment = subject.Create();
        float[] action = new float[environment.ActionSpace.Size], observation = new float[environment.ObservationSpace.Size];
        environment.ActionSpace.Clip(action);
        if (!Refuses(() => environment.Step(action, observation)))
        {
            subject.Warn("phase", "Step was accepted before the first Reset.", Remedy);
            return;
        }
        using IEnvironment ending = subject.Create();
        var run = new ScriptedRun(ending, subject.Seed);
        run.Advance();
        for (int step = 0; step < LongestSearch && !run.IsOver; step++) run.Advance();
        action = run.Action.ToArray();
        if (run.IsOver && !Refuses(() => ending.Step(action, observation))) subject.Warn("phase", $"Step was accepted after the end of an episode, in {run.Place}.", Remedy);
    }

    /// <summary>A step leaves the action as it is.</summary>
    public static void ActionKept(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        var run = new ScriptedRun(environment, subject.Seed) { ComparesActions = true };
        for (int call = 0; call < WatchedSteps && run.ActionDifference is null; call++) run.Advance();
        if (run.ActionDifference is not { } difference) return;
        subject.Error(
            "action-changed",
            $"Step changed the action that it was given: {difference}.",
            "Copy the action before you change it; the caller learns from what it gave.");
    }

    /// <summary>Disposing is possible at any time, and a second time.</summary>
    public static void Disposing(CheckSubject subject)
    {
        foreach (bool resets in (ReadOnlySpan<bool>)[false, true])
        {
            IEnvironment environment = subject.Create();
            if (resets) environment.Reset(subject.Seed, new float[environment.ObservationSpace.Size]);
            try
            {
                environment.Dispose();
                environment.Dispose();
            }
            catch (Exception exception)
            {
                subject.Error(
                    Dispose,
                    $"Disposing {(resets ? "after a reset" : "before the first reset")} failed, at the latest the second time, with {exception.GetType().Name}: {exception.Message.TrimEnd('.')}.",
                    "Dispose frees what there is, and nothing where there is nothing or it was freed before.");
                return;
            }
        }
    }

    /// <summary>Values of single elements that lie outside; none where every number is allowed.</summary>
    private static List<(int Element, float Value)> Outside(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        var outside = new List<(int, float)>();
        int element = 0;
        foreach (Space part in environment.ActionSpace.Parts)
        {
            float beyond = part switch
            {
                DiscreteSpace discrete => discrete.Count,
                MultiDiscreteSpace multi => multi.Counts[0],
                BoxSpace box when float.IsFinite(box.High) => box.High + Math.Max(1, Math.Abs(box.High)),
                _ => float.NaN,
            };
            outside.Add((element, beyond));
            outside.Add((element, float.NaN));
            element += part.Size;
        }
        return outside;
    }

    private static float[] FirstAction(IEnvironment environment, ulong seed, out float[] observation)
    {
        observation = new float[environment.ObservationSpace.Size];
        environment.Reset(seed, observation);
        var mask = new bool[environment.MaskSize()];
        environment.Ability<IActionMasking>()?.WriteActionMask(mask);
        var action = new float[environment.ActionSpace.Size];
        var random = new RandomSource(seed);
        new MaskedSpace(environment.ActionSpace).Sample(mask, ref random, action);
        return action;
    }

    private static bool Refuses(Action call)
    {
        try
        {
            call();
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }

    private static string Text(float[] action) => string.Join(", ", action.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
