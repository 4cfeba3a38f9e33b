using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>The environments of a class library, registered by the names of their classes.</summary>
internal static class EnvironmentPlugins
{
    /// <summary>A world of one agent or of several. Wrappers are environments too, but what they go around is not for them to choose.</summary>
    public static bool IsOne(Type type) =>
        typeof(IMultiAgentEnvironment).IsAssignableFrom(type) || (typeof(IEnvironment).IsAssignableFrom(type) && !typeof(Wrapper).IsAssignableFrom(type));

    /// <summary>Registers them.</summary>
    /// <param name="path">The library.</param>
    /// <param name="types">Its environments.</param>
    /// <returns>The names that they got.</returns>
    /// <exception cref="UserInputException">A name is taken.</exception>
    [RequiresUnreferencedCode(PluginLibrary.Trimmed)]
    public static IReadOnlyList<string> Register(string path, Type[] types)
    {
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
