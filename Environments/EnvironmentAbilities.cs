namespace RLSeq.Environments;

/// <summary>Asks environments for their optional abilities. What uses an ability asks here, never with <c>is</c>: that would miss those of wrappers.</summary>
public static class EnvironmentAbilities
{
    /// <summary>The ability, or null where the environment does not have it. Look it up once and keep it.</summary>
    /// <typeparam name="T">
    /// The interface of the ability: <see cref="IActionMasking"/>, <see cref="ISaveable"/>, <see cref="ITextRenderable"/>,
    /// <see cref="IImageRenderable"/>, <see cref="IFullState"/>, <see cref="IRealTime"/>, <see cref="IIdleAction"/>,
    /// <see cref="INamedEnvironment"/>, <see cref="ISuccess"/>, or one of your own.
    /// </typeparam>
    /// <param name="environment">The environment.</param>
    public static T? Ability<T>(this IEnvironment environment)
        where T : class =>
        environment is IAbilities asked ? asked.Ability<T>() : environment as T;

    /// <summary>The name for messages: the one that the environment says, or that of its class, seen through wrappers.</summary>
    /// <param name="environment">The environment.</param>
    public static string NameOf(IEnvironment environment) => environment.Ability<INamedEnvironment>()?.Name ?? environment.Unwrapped().GetType().Name;

    /// <summary>The environment inside all wrappers.</summary>
    /// <param name="environment">The environment, wrapped or not.</param>
    public static IEnvironment Unwrapped(this IEnvironment environment)
    {
        while (environment is Wrapper wrapper) environment = wrapper.Inner;
        return environment;
    }

    /// <summary>The action that does nothing: what the environment says, or else zero in every element or what in its box is nearest to zero.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>A new array of <c>ActionSpace.Size</c> floats.</returns>
    public static float[] IdleAction(this IEnvironment environment)
    {
        float[] action = NullAction.Of(environment.ActionSpace);
        environment.Ability<IIdleAction>()?.WriteIdleAction(action);
        return action;
    }

    /// <summary>The entries of the environment's action mask; 0 where it has none, so that all actions are allowed.</summary>
    /// <param name="environment">The environment.</param>
    public static int MaskSize(this IEnvironment environment) => environment.Ability<IActionMasking>() is null ? 0 : environment.ActionSpace.MaskSize;
}
