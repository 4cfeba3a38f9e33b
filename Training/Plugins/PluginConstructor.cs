using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>Makes instances of a class library's classes, and says in words what stands in the way.</summary>
internal static class PluginConstructor
{
    /// <summary>By the constructor without arguments, or the one whose arguments all have default values.</summary>
    /// <param name="type">The class.</param>
    /// <param name="what">What it is, for messages: environment, or class.</param>
    /// <exception cref="UserInputException">There is no such constructor, it failed, or something that it needs is not there.</exception>
    [RequiresUnreferencedCode(PluginLibrary.Trimmed)]
    public static object Invoke(Type type, string what)
    {
        ConstructorInfo? constructor = type.GetConstructors().Where(candidate => candidate.GetParameters().All(parameter => parameter.IsOptional)).OrderBy(candidate => candidate.GetParameters().Length).FirstOrDefault();
        if (constructor is null)
            throw new UserInputException($"The {what} {type.FullName} cannot be made by name: it has no public constructor without arguments. Add one, or give all arguments default values; a script can pass a factory instead.");
        try
        {
            return constructor.Invoke(BindingFlags.OptionalParamBinding, null, [.. constructor.GetParameters().Select(_ => Type.Missing)], null);
        }
        catch (TargetInvocationException exception)
        {
            Exception cause = exception.InnerException ?? exception;
            if (cause is TypeLoadException or MissingMemberException or IOException)
                throw new UserInputException($"The {what} {type.FullName} needs something that is not there: {cause.Message} Build it against {LibraryFile.Ours}, and copy what it needs beside it.", cause);
            throw new UserInputException($"The constructor of {type.FullName} failed with {cause.GetType().Name}: {cause.Message}", cause);
        }
    }
}
