namespace RLSeq.Environments;

/// <summary>
/// An environment that knows only when it is made which optional abilities it has, as a wrapper does, whose abilities are mostly those of
/// what it wraps. A type either implements an interface or not, so such an environment is asked instead:
/// <see cref="EnvironmentAbilities.Ability{T}"/> does, for every environment alike.
/// </summary>
public interface IAbilities
{
    /// <summary>The ability, or null where the environment does not have it. The answer is the same for the life of the environment.</summary>
    /// <typeparam name="T">The interface of the ability, such as <see cref="IActionMasking"/>.</typeparam>
    T? Ability<T>()
        where T : class;
}
