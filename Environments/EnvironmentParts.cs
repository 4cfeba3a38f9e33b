namespace RLSeq.Environments;

/// <summary>What an environment of somebody else's may lack although its type says that it has it.</summary>
public static class EnvironmentParts
{
    /// <summary>What is missing, as a sentence; null if nothing is.</summary>
    /// <param name="made">What a factory gave.</param>
    public static string? Missing(IEnvironment? made) => made switch
    {
        null => "The factory returned null.",
        { ObservationSpace: null } => $"{nameof(IEnvironment.ObservationSpace)} is null.",
        { ActionSpace: null } => $"{nameof(IEnvironment.ActionSpace)} is null.",
        _ => null,
    };

    /// <summary>Refuses an environment that lacks something, and disposes of it.</summary>
    /// <param name="made">What a factory gave.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="UserInputException">There is none, or it has no spaces.</exception>
    public static IEnvironment Complete(IEnvironment? made)
    {
        if (Missing(made) is not { } missing) return made!;
        string name = made is null ? "" : $" {EnvironmentAbilities.NameOf(made)}";
        made?.Dispose();
        throw new UserInputException($"The environment{name} cannot be used: {missing} Give the spaces in its constructor; `rlseq check-env` tells more.");
    }
}
