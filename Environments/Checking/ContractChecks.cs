using System.Globalization;

namespace RLSeq.Environments;

/// <summary>Checks of what a single call may return.</summary>
internal static class ContractChecks
{
    public const string Exception = "exception";

    // Two numbers that hardly any observation consists of.
    private const float Fill = -7919.5f, OtherFill = 104729.5f;

    /// <summary>Instances are separate and agree about their spaces.</summary>
    public static void Instances(CheckSubject subject)
    {
        using IEnvironment first = subject.Create(), second = subject.Create();
        if (ReferenceEquals(CallWatch.Inside(first), CallWatch.Inside(second)))
            subject.Error("instances", "The factory returned the same instance twice.", "Return a new instance at every call; rows of a vectorised environment are stepped apart.");
        (Space observations, Space actions) = (first.ObservationSpace, first.ActionSpace);
        first.Reset(subject.Seed, new float[observations.Size]);
        if (!second.ObservationSpace.Equals(observations) || !second.ActionSpace.Equals(actions)
            || !first.ObservationSpace.Equals(observations) || !first.ActionSpace.Equals(actions))
        {
            subject.Error(
                "spaces",
                $"The spaces change from instance to instance or with a reset: once {observations} and {actions}.",
                "Make both spaces in the constructor, from its arguments alone, and keep them.");
        }
    }

    /// <summary>Observations lie in their space, rewards are finite, and an episode ends in one way.</summary>
    public static void Values(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        (Space observations, Space actions) = (environment.ObservationSpace, environment.ActionSpace);
        var run = new ScriptedRun(environment, subject.Seed);
        for (int call = 0; call < subject.Calls; call++)
        {
            try
            {
                run.Advance();
            }
            catch (Exception exception)
            {
                if (MaskChecks.Failure(subject, environment, run, exception)) return;
                subject.Error(
                    Exception,
                    $"{exception.GetType().Name} in {run.Place}: {exception.Message}",
                    exception is IndexOutOfRangeException or ArgumentException
                        ? $"Write exactly ObservationSpace.Size = {environment.ObservationSpace.Size} floats, and accept every action of {environment.ActionSpace}."
                        : $"Accept every action of {environment.ActionSpace} while an episode runs, and a reset at any time.");
                return;
            }
            if (!environment.ObservationSpace.Equals(observations) || !environment.ActionSpace.Equals(actions))
            {
                subject.Error(
                    "spaces",
                    $"The spaces changed by {run.Place}, from {observations} and {actions} to {environment.ObservationSpace} and {environment.ActionSpace}.",
                    "Make both spaces in the constructor, from its arguments alone, and keep them.");
                return;
            }
            Observation(subject, run, environment.ObservationSpace);
            Result(subject, run);
            MaskChecks.Choices(subject, run, environment.ActionSpace);
        }
    }

    /// <summary>Every element of the observation is written, and none is read.</summary>
    public static void Unwritten(CheckSubject subject)
    {
        if (subject.Run(subject.Seed, Fill).DifferenceTo(subject.Run(subject.Seed, OtherFill)) is not string difference) return;
        subject.Error(
            "unwritten",
            $"The result depends on what the observation held before the call: {difference}.",
            "Write every element at every reset and step, zeros included (observation.Clear() first), and keep state in fields, not in the observation.");
    }

    private static void Observation(CheckSubject subject, ScriptedRun run, Space space)
    {
        int bad = 0;
        while (bad < space.Size && float.IsFinite(run.Observation[bad])) bad++;
        if (bad < space.Size)
        {
            subject.Error(
                "observation-finite",
                $"Element {bad} of the observation is {Text(run.Observation[bad])} in {run.Place}.",
                "Look for a division by zero, a logarithm or square root of a negative number, or a state that grows without bound.");
        }
        else if (!space.Contains(run.Observation))
        {
            (int element, Space part) = FirstOutside(space, run.Observation);
            subject.Error(
                "observation-space",
                $"Element {element} of the observation is {Text(run.Observation[element])} in {run.Place}, which is not in {part}.",
                "Widen the space or clip the observation; discrete parts are whole numbers from 0 to count - 1, bytes whole numbers from 0 to 255.");
        }
    }

    private static void Result(CheckSubject subject, ScriptedRun run)
    {
        if (!float.IsFinite(run.Result.Reward))
            subject.Error("reward-finite", $"The reward is {Text(run.Result.Reward)} in {run.Place}.", "Rewards must be finite; look for a division by zero.");
        if (run.Result is { Terminated: true, Truncated: true })
        {
            subject.Warn(
                "both-ends",
                $"{Sentence(run.Place)} is both terminated and truncated.",
                "Truncate only what has not terminated: Truncated: !terminated && Steps >= limit. Nothing is bootstrapped from a terminated step.");
        }
    }

    /// <summary>The first element whose part of the space does not hold it.</summary>
    private static (int Element, Space Part) FirstOutside(Space space, ReadOnlySpan<float> observation)
    {
        int offset = 0;
        foreach (Space part in space.Parts)
        {
            ReadOnlySpan<float> values = observation.Slice(offset, part.Size);
            if (!part.Contains(values)) return (offset + Element(part, values), part);
            offset += part.Size;
        }
        return (0, space);
    }

    private static int Element(Space part, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Space one = part switch
            {
                MultiDiscreteSpace discrete => Space.Discrete(discrete.Counts[i]),
                BoxSpace box => new BoxSpace(box.Low, box.High, box.Element, 1),
                _ => part,
            };
            if (!one.Contains(values.Slice(i, 1))) return i;
        }
        return 0;
    }

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
