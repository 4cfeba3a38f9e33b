using System.Collections.Concurrent;

namespace RLSeq.Environments;

/// <summary>Environments by name: the built-in ones, and those that a program adds. Safe to use from several threads.</summary>
public static class EnvironmentRegistry
{
    private static readonly ConcurrentDictionary<string, EnvironmentEntry> Registered =
        new(BuiltInEnvironments.Entries.Select(entry => KeyValuePair.Create(entry.Name, entry)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything registered, ordered by name.</summary>
    public static IReadOnlyList<EnvironmentEntry> Entries => [.. Registered.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>The names of everything registered, ordered.</summary>
    public static IReadOnlyList<string> Names => [.. Entries.Select(entry => entry.Name)];

    /// <summary>Registers an environment under a new name.</summary>
    /// <param name="name">The name, without spaces and commas.</param>
    /// <param name="description">One line.</param>
    /// <param name="create">Makes a new instance; instances must share nothing.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be used.</exception>
    public static void Register(string name, string description, Func<IEnvironment> create) =>
        Register(new EnvironmentEntry(name, description, create));

    /// <summary>Registers an environment with everything that is known about it.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be used.</exception>
    public static void Register(EnvironmentEntry entry)
    {
        if (entry.Name.Length == 0 || entry.Name.Any(letter => char.IsWhiteSpace(letter) || letter == ','))
            throw new ArgumentException($"An environment's name needs letters and neither spaces nor commas; given: '{entry.Name}'.", nameof(entry));
        if (!Registered.TryAdd(entry.Name, entry))
            throw new ArgumentException($"An environment named '{Registered[entry.Name].Name}' is registered already; choose another name.", nameof(entry));
    }

    /// <summary>What is known about an environment.</summary>
    /// <param name="name">The name; upper and lower case are the same. Tasks with a number take any: <c>PassiveTMaze123</c>.</param>
    /// <exception cref="UnknownNameException">Nothing has this name; the message suggests the nearest.</exception>
    /// <exception cref="UserInputException">The name ends with a number that the task does not take.</exception>
    public static EnvironmentEntry Get(string name) =>
        Registered.TryGetValue(name, out EnvironmentEntry? entry) ? entry
        : EnvironmentFamily.Find(BuiltInEnvironments.Families, name) ?? throw UnknownNameException.For("environment", name, Names, "rlseq envs");

    /// <summary>Makes an environment.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <exception cref="UnknownNameException">Nothing has this name; the message suggests the nearest.</exception>
    public static IEnvironment Create(string name) => Get(name).Create();
}
