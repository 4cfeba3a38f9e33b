using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>The environments of a class library, registered by the names of their classes.</summary>
internal static class EnvironmentPlugins
{
    /// <summary>A world of one agent or of several. Wrappers are environments too, but what they go around is not for them to choose.</summary>
    public static bool IsOne(Type type) =>
        typeof(IMultiAgentEnvironment).IsAssignableFrom(type) || (typeof(IEnvironment).IsAssignableFrom(type) && !typeof(Wrapper).IsAssignableFrom(type));

    /// <summary>What they will be called, without registering any.</summary>
    /// <param name="path">The library.</param>
    /// <param name="types">Its environments.</param>
    /// <returns>A name for each: that of the class, with its namespace where another one has that.</returns>
    /// <exception cref="UserInputException">A name is taken.</exception>
    public static IReadOnlyList<string> Names(string path, Type[] types)
    {
        var taken = EnvironmentRegistry.Names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var shared = Shared(types).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] names = [.. types.Select(type => shared.Contains(type.Name) || taken.Contains(type.Name) ? type.FullName! : type.Name)];
        if (Array.Find(names, name => !taken.Add(name)) is { } second)
            throw new UserInputException($"The library {path} has the environment {second}, but another one of that name is registered already; rename the class, or load one library only.");
        return names;
    }

    /// <summary>Registers them.</summary>
    /// <param name="path">The library.</param>
    /// <param name="types">Its environments.</param>
    /// <param name="names">Their <see cref="Names"/>.</param>
    [RequiresUnreferencedCode(PluginLibrary.Trimmed)]
    public static void Register(string path, Type[] types, IReadOnlyList<string> names)
    {
        for (int i = 0; i < types.Length; i++) EnvironmentRegistry.Register(Entry(types[i], names[i], $"From {Path.GetFileName(path)}.", types));
        foreach (IGrouping<string, Type> group in Shared(types))
        {
            string fullNames = string.Join(", ", group.Select(type => type.FullName));
            EnvironmentRegistry.RegisterAmbiguous(group.Key, $"{Path.GetFileName(path)} has several environments named {group.Key}; give one with its namespace: {fullNames}.");
        }
    }

    /// <summary>The classes that have one name in several namespaces.</summary>
    private static IEnumerable<IGrouping<string, Type>> Shared(Type[] types) => types.GroupBy(type => type.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1);

    [RequiresUnreferencedCode(PluginLibrary.Trimmed)]
    private static EnvironmentEntry Entry(Type type, string name, string description, Type[] types) => typeof(IEnvironment).IsAssignableFrom(type)
        ? new EnvironmentEntry(name, description, () => (IEnvironment)PluginConstructor.Invoke(type, "environment")) { HasFullState = HasTwin(type, name, types) }
        : EnvironmentEntry.OfWorld(name, description, () => (IMultiAgentEnvironment)PluginConstructor.Invoke(type, "environment"));

    /// <summary>Whether an environment tells its full state, and no other one has the name of the twin that it gets by this.</summary>
    private static bool HasTwin(Type type, string name, Type[] types)
    {
        string twin = name + FullStateEnvironment.Suffix;
        bool isTaken = EnvironmentRegistry.Names.Contains(twin, StringComparer.OrdinalIgnoreCase)
            || Array.Exists(types, other => twin.Equals(other.Name, StringComparison.OrdinalIgnoreCase) || twin.Equals(other.FullName, StringComparison.OrdinalIgnoreCase));
        return typeof(IFullState).IsAssignableFrom(type) && !isTaken;
    }
}
