using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RLSeq.Environments;

/// <summary>Throws the errors of wrong use; apart from the callers, so that these stay small.</summary>
internal static class EnvironmentMisuse
{
    [DoesNotReturn]
    public static void ThrowNotRunning(IEnvironment environment, EpisodePhase phase) => throw new InvalidOperationException(
        $"{EnvironmentAbilities.NameOf(environment)}: Step was called {(phase == EpisodePhase.New ? "before the first Reset" : "after the episode had ended")}; call Reset first.");

    [DoesNotReturn]
    public static void ThrowObservationLength(IEnvironment environment, ReadOnlySpan<float> observation) => throw new ArgumentException(
        $"{EnvironmentAbilities.NameOf(environment)}: the observation needs {environment.ObservationSpace.Size} floats, as {environment.ObservationSpace} says; given: {observation.Length}.", nameof(observation));

    [DoesNotReturn]
    public static void ThrowActionLength(IEnvironment environment, ReadOnlySpan<float> action) => throw new ArgumentException(
        $"{EnvironmentAbilities.NameOf(environment)}: the action needs {environment.ActionSpace.Size} floats, as {environment.ActionSpace} says; given: {action.Length}.", nameof(action));

    [DoesNotReturn]
    public static void ThrowActionOutside(IEnvironment environment, ReadOnlySpan<float> action)
    {
        const int Shown = 8;
        IEnumerable<string> values = action[..Math.Min(action.Length, Shown)].ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture));
        string text = string.Join(", ", values) + (action.Length > Shown ? ", …" : "");
        throw new ArgumentOutOfRangeException(nameof(action), $"{EnvironmentAbilities.NameOf(environment)}: the action ({text}) lies outside {environment.ActionSpace}.");
    }
}
