using System.Globalization;

namespace RLSeq.Environments;

/// <summary>Checks of action masks, for environments that have them.</summary>
internal static class MaskChecks
{
    public const string Refused = "mask-refused", ReadingName = "mask-reading";

    /// <summary>Explains an exception where the mask is to blame: reading it failed, or it allowed an action that the environment refuses.</summary>
    /// <returns>Whether it was explained.</returns>
    public static bool Failure(CheckSubject subject, IEnvironment environment, ScriptedRun run, Exception exception)
    {
        if (run.Call == ScriptedCall.Mask)
        {
            subject.Error(
                ContractChecks.Exception,
                $"{exception.GetType().Name} when the action mask was read after {run.Place}: {exception.Message}",
                $"Write exactly ActionSpace.MaskSize = {environment.ActionSpace.MaskSize} entries, one for every discrete choice of {environment.ActionSpace}.");
            return true;
        }
        if (run.Call != ScriptedCall.Step || run.Mask.Length == 0) return false;
        string action = string.Join(", ", run.Action.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)));
        subject.Error(
            Refused,
            $"The mask allowed the action ({action}), and {run.Place} refused it with {exception.GetType().Name}: {exception.Message}",
            "Forbid the choice in the mask, or accept the action; the mask must follow from the state that the step meets.");
        return true;
    }

    /// <summary>Every component keeps a choice, and there is something to choose.</summary>
    public static void Choices(CheckSubject subject, ScriptedRun run, Space actions)
    {
        if (run.Mask.Length == 0 || run.IsOver) return;
        int component = new MaskedSpace(actions).FirstWithoutChoice(run.Mask);
        if (component < 0) return;
        subject.Error(
            "mask-choice",
            $"The action mask leaves component {component} of the action no choice after {run.Place}.",
            "Allow at least one choice of every component, such as one that does nothing, or end the episode.");
    }

    /// <summary>Reading the mask changes nothing, gives the same each time, and writes every entry.</summary>
    public static void Reading(CheckSubject subject)
    {
        using IEnvironment once = subject.Create(), twice = subject.Create();
        if (once.Ability<IActionMasking>() is null) return;
        if (once.ActionSpace.MaskSize == 0)
        {
            subject.Error(
                "mask-space",
                $"The environment has action masks, but its actions {once.ActionSpace} have no discrete choice to mask.",
                $"Do not implement {nameof(IActionMasking)}; bounds of continuous actions are those of their box.");
            return;
        }
        ScriptedRun expected = new ScriptedRun(once, subject.Seed).Advance(subject.Calls);
        ScriptedRun actual = new ScriptedRun(twice, subject.Seed) { ReadsMasksTwice = true };
        for (int call = 0; call < subject.Calls && actual.MaskDifference is null; call++) actual.Advance();
        if (actual.MaskDifference is string read)
        {
            subject.Error(
                ReadingName,
                $"Two readings of the same action mask differ: {read}.",
                "Write every entry in every call, and change nothing in it: the mask follows from the state alone, without random numbers.");
        }
        else if (expected.DifferenceTo(actual) is string difference)
        {
            subject.Error(
                ReadingName,
                $"Reading the action mask twice changes the episode: {difference}.",
                "WriteActionMask must change no field and draw no random numbers.");
        }
    }
}
