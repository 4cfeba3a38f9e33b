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

    /// <summary>Registers an environment with everything that is known about it, and its full-state twin where it can have one.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be used.</exception>
    public static void Register(EnvironmentEntry entry)
    {
        if (entry.Name.Length == 0 || entry.Name.Any(letter => char.IsWhiteSpace(letter) || letter == ','))
            throw new ArgumentException($"An environment's name needs letters and neither spaces nor commas; given: '{entry.Name}'.", nameof(entry));
        foreach (EnvironmentEntry added in FullStateTwins.Beside([entry]))
        {
            if (Registered.TryAdd(added.Name, added)) continue;
            if (added.FullStateOf is not null) Registered.TryRemove(entry.Name, out _);
            throw new ArgumentException($"An environment named '{added.Name}' is registered already; choose another name.", nameof(entry));
        }
    }

    /// <summary>What is known about an environment.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <exception cref="UnknownNameException">Nothing has this name; the message suggests the nearest.</exception>
    public static EnvironmentEntry Get(string name) =>
        Registered.TryGetValue(name, out EnvironmentEntry? entry) ? entry : throw UnknownNameException.For("environment", name, Names, "rlseq envs");

    /// <summary>Makes an environment.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <exception cref="UnknownNameException">Nothing has this name; the message suggests the nearest.</exception>
    public static IEnvironment Create(string name) => Get(name).Create();
}
