using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// Environments of a class library that is not part of this program: its public classes that implement <see cref="IEnvironment"/> are
/// registered by their names.
/// </summary>
/// <remarks>
/// The library is loaded with its own dependencies, apart from those of this program, but for RLSeq's own assemblies, which both share.
/// It stays loaded. It is code: load what you trust.
/// </remarks>
public static class EnvironmentLibrary
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Loaded = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();
    private const string Trimmed = "What a class library needs may have been trimmed.";

    /// <summary>Loads a library and registers its environments; a second call with the same file does nothing.</summary>
    /// <param name="path">The file.</param>
    /// <returns>
    /// The names: that of the class, or with its namespace where another environment has that name already or two classes of the library
    /// share it.
    /// </returns>
    /// <exception cref="UserInputException">
    /// The file is no library of .NET, was built against another RLSeq.Environments, or holds no environment; or this program was published trimmed.
    /// </exception>
    public static IReadOnlyList<string> Load(string path)
    {
        string full = Path.GetFullPath(path);
        lock (Gate)
        {
            if (Loaded.TryGetValue(full, out IReadOnlyList<string>? names)) return names;
            LibraryFile.Check(full);
            if (!ClassLibraries.AreSupported) throw ClassLibraries.Refusal(path);
            names = Register(full, Types(full));
            return Loaded[full] = names;
        }
    }

    [RequiresUnreferencedCode(Trimmed)]
    private static Type[] Types(string path)
    {
        try
        {
            Assembly assembly = new LibraryContext(path).LoadFromAssemblyPath(path);
            return [.. assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && IsEnvironment(type))];
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or TypeLoadException or ReflectionTypeLoadException or MissingMemberException)
        {
            throw new UserInputException($"The library {path} cannot be loaded: {exception.Message} Build it against {LibraryFile.Ours}, and copy what it needs beside it (EnableDynamicLoading in its project).", exception);
        }
    }

    /// <summary>A world of one agent or of several. Wrappers are environments too, but what they go around is not for them to choose.</summary>
    private static bool IsEnvironment(Type type) =>
        typeof(IMultiAgentEnvironment).IsAssignableFrom(type) || (typeof(IEnvironment).IsAssignableFrom(type) && !typeof(Wrapper).IsAssignableFrom(type));

    [RequiresUnreferencedCode(Trimmed)]
    private static List<string> Register(string path, Type[] types)
    {
        if (types.Length == 0)
            throw new UserInputException($"The library {path} holds no environment: no public class that is not abstract implements {nameof(IEnvironment)} or {nameof(IMultiAgentEnvironment)}.");
        var shared = types.GroupBy(type => type.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).ToDictionary(group => group.Key, StringComparer.OrdinalIgnoreCase);
        List<string> names = [];
        foreach (Type type in types)
        {
            bool own = !shared.ContainsKey(type.Name) && !EnvironmentRegistry.Names.Contains(type.Name, StringComparer.OrdinalIgnoreCase);
            names.Add(own ? type.Name : type.FullName!);
            if (EnvironmentRegistry.Names.Contains(names[^1], StringComparer.OrdinalIgnoreCase))
                throw new UserInputException($"The library {path} has the environment {names[^1]}, but another one of that name is registered already; rename the class, or load one library only.");
            EnvironmentRegistry.Register(Entry(type, names[^1], $"From {Path.GetFileName(path)}.", types));
        }
        foreach ((string name, IGrouping<string, Type> group) in shared)
        {
            string fullNames = string.Join(", ", group.Select(type => type.FullName));
            EnvironmentRegistry.RegisterAmbiguous(name, $"{Path.GetFileName(path)} has several environments named {name}; give one with its namespace: {fullNames}.");
        }
        return names;
    }

    [RequiresUnreferencedCode(Trimmed)]
    private static EnvironmentEntry Entry(Type type, string name, string description, Type[] types) => typeof(IEnvironment).IsAssignableFrom(type)
        ? new EnvironmentEntry(name, description, () => (IEnvironment)Create(type)) { HasFullState = HasTwin(type, name, types) }
        : EnvironmentEntry.OfWorld(name, description, () => (IMultiAgentEnvironment)Create(type));

    /// <summary>Whether an environment tells its full state, and no other one has the name of the twin that it gets by this.</summary>
    private static bool HasTwin(Type type, string name, Type[] types)
    {
        string twin = name + FullStateEnvironment.Suffix;
        bool isTaken = EnvironmentRegistry.Names.Contains(twin, StringComparer.OrdinalIgnoreCase)
            || Array.Exists(types, other => twin.Equals(other.Name, StringComparison.OrdinalIgnoreCase) || twin.Equals(other.FullName, StringComparison.OrdinalIgnoreCase));
        return typeof(IFullState).IsAssignableFrom(type) && !isTaken;
    }

    /// <summary>By the constructor without arguments, or the one whose arguments all have default values.</summary>
    [RequiresUnreferencedCode(Trimmed)]
    private static object Create(Type type)
    {
        ConstructorInfo? constructor = type.GetConstructors().Where(candidate => candidate.GetParameters().All(parameter => parameter.IsOptional)).OrderBy(candidate => candidate.GetParameters().Length).FirstOrDefault();
        if (constructor is null)
            throw new UserInputException($"The environment {type.FullName} cannot be made by name: it has no public constructor without arguments. Add one, or give all arguments default values; a script can pass a factory instead.");
        try
        {
            return constructor.Invoke(BindingFlags.OptionalParamBinding, null, [.. constructor.GetParameters().Select(_ => Type.Missing)], null);
        }
        catch (TargetInvocationException exception)
        {
            Exception cause = exception.InnerException ?? exception;
            if (cause is TypeLoadException or MissingMemberException or IOException)
                throw new UserInputException($"The environment {type.FullName} needs something that is not there: {cause.Message} Build it against {LibraryFile.Ours}, and copy what it needs beside it.", cause);
            throw new UserInputException($"The constructor of {type.FullName} failed with {cause.GetType().Name}: {cause.Message}", cause);
        }
    }
}
